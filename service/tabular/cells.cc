#include "service/tabular/cells.h"

#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include "service/text/era.h"
#include "service/text/fold.h"

namespace kirikae::tabular {
namespace {

constexpr std::string_view kFullWidthSpace = "\u3000";
constexpr std::string_view kNoBreakSpace = "\u00A0";
constexpr std::string_view kAsciiSpaces = " \t\r\n\v\f";

size_t TakeDigits(std::string_view& text) {
  size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  text.remove_prefix(digits);
  return digits;
}

bool Take(std::string_view& text, std::string_view what) {
  if (!text.starts_with(what)) return false;
  text.remove_prefix(what.size());
  return true;
}

bool TakeMonthName(std::string_view& text) {
  constexpr std::array<std::string_view, 12> kMonths = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                        "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
  for (std::string_view month : kMonths) {
    if (Take(text, month)) return true;
  }
  return false;
}

std::vector<std::string> SplitAt(std::string_view cell,
                                 std::span<const std::string_view> separators) {
  std::vector<std::string> out;
  size_t start = 0;
  const auto add = [&](size_t end) {
    const std::string_view entry = Trimmed(cell.substr(start, end - start));
    if (!entry.empty()) out.emplace_back(entry);
  };
  for (size_t i = 0; i < cell.size();) {
    size_t length = 0;
    for (std::string_view separator : separators) {
      const bool here = cell[i] == separator.front() && cell.substr(i).starts_with(separator);
      if (here) length = separator.size();
    }
    if (length > 0) {
      add(i);
      start = i + length;
    }
    i += length > 0 ? length : 1;
  }
  add(cell.size());
  return out;
}

}  // namespace

std::string_view Trimmed(std::string_view cell) {
  while (!cell.empty()) {
    if (kAsciiSpaces.find(cell.front()) != std::string_view::npos) {
      cell.remove_prefix(1);
    } else if (!Take(cell, kFullWidthSpace) && !Take(cell, kNoBreakSpace)) {
      break;
    }
  }
  while (!cell.empty()) {
    if (kAsciiSpaces.find(cell.back()) != std::string_view::npos) {
      cell.remove_suffix(1);
    } else if (cell.ends_with(kFullWidthSpace)) {
      cell.remove_suffix(kFullWidthSpace.size());
    } else if (cell.ends_with(kNoBreakSpace)) {
      cell.remove_suffix(kNoBreakSpace.size());
    } else {
      break;
    }
  }
  return cell;
}

std::vector<std::string> SplitList(std::string_view cell) {
  constexpr std::array<std::string_view, 7> kSeparators = {";", ",", "\n", "\r", "；", "，", "、"};
  return SplitAt(cell, kSeparators);
}

std::vector<std::string> SplitIdentifiers(std::string_view cell) {
  constexpr std::array<std::string_view, 14> kSeparators = {
      " ",  "\t", kFullWidthSpace, kNoBreakSpace, "/", "／", "・", "･", "|", "｜", "&", "＆",
      "\v", "\f"};
  std::vector<std::string> out;
  for (std::string& entry : SplitList(cell)) {
    if (IsDateForIdentifier(text::FoldIdentifier(entry))) {
      out.push_back(std::move(entry));
      continue;
    }
    for (std::string& part : SplitAt(entry, kSeparators)) out.push_back(std::move(part));
  }
  return out;
}

std::vector<std::string> SplitNames(std::string_view cell, size_t count) {
  constexpr std::array<std::string_view, 8> kSeparators = {"/", "／", "・", "･",
                                                           "|", "｜", "&",  "＆"};
  std::vector<std::string> names = SplitList(cell);
  if (names.size() != 1 || count < 2) return names;
  std::vector<std::string> split = SplitAt(names.front(), kSeparators);
  return split.size() == count ? split : names;
}

bool IsScientificNotation(std::string_view identifier) {
  std::string_view rest = identifier;
  if (TakeDigits(rest) == 0) return false;
  if (Take(rest, ".")) TakeDigits(rest);
  // A serial number may be 12E5; a spreadsheet always writes the exponent's sign.
  if (!Take(rest, "E+") && !Take(rest, "E-")) return false;
  return TakeDigits(rest) > 0 && rest.empty();
}

bool IsDecimalNumber(std::string_view identifier) {
  std::string_view rest = identifier;
  return TakeDigits(rest) > 0 && Take(rest, ".") && TakeDigits(rest) > 0 && rest.empty();
}

bool IsDateForIdentifier(std::string_view identifier) {
  if (identifier.find_first_not_of("0123456789") == std::string_view::npos) return false;
  if (text::IsDay(identifier)) return true;
  std::string_view rest = identifier;
  const size_t digits = TakeDigits(rest);
  if (digits == 1 || digits == 2) {
    if (Take(rest, "月")) {
      const size_t days = TakeDigits(rest);
      return (days == 1 || days == 2) && rest == "日";
    }
    return Take(rest, "-") && TakeMonthName(rest) && (rest.empty() || rest.starts_with('-'));
  }
  if (digits > 0 || !TakeMonthName(rest) || !Take(rest, "-")) return false;
  const size_t days = TakeDigits(rest);
  return (days == 1 || days == 2) && rest.empty();
}

bool IsFormula(std::string_view cell) {
  if (cell.size() < 2) return false;
  if (cell.front() == '=' || cell.front() == '@') return true;
  const char next = cell[1];
  const bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
  return (cell.front() == '+' || cell.front() == '-') && (letter || next == '(');
}

bool IsSpreadsheetError(std::string_view cell) {
  for (std::string_view error :
       {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"}) {
    if (cell == error) return true;
  }
  return false;
}

}  // namespace kirikae::tabular

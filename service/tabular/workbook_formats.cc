#include "service/tabular/workbook_formats.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "service/tabular/workbook.h"
#include "service/text/era.h"

namespace kirikae::tabular {
namespace {

// Spreadsheets take format codes of up to so many characters.
constexpr size_t kLongestFormat = 255;

// ECMA-376 part 1, 18.8.30: the built-in formats, and those of Japanese workbooks.
bool IsBuiltInDate(int id) {
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
         (id >= 50 && id <= 54) || id == 57 || id == 58;
}

// Removes what a format shows literally: "quoted", \x, _x, *x and [colour or condition].
std::string WithoutLiterals(std::string_view code) {
  std::string out;
  for (size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"' || c == '[') {
      i = code.find(c == '"' ? '"' : ']', i + 1);
      if (i == std::string_view::npos) break;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace

NumberFormat ParseNumberFormat(std::string_view code) {
  NumberFormat format;
  const std::string shown = WithoutLiterals(code.substr(0, code.find(';')));
  if (shown == "General" || shown.empty()) return format;
  format.date = shown.find_first_of("yYdDeg") != std::string::npos;
  const bool is_zeros = shown.find_first_not_of('0') == std::string::npos;
  if (is_zeros && shown.size() <= kLongestFormat) format.zero_digits = shown.size();
  return format;
}

std::vector<NumberFormat> CellFormats(const pugi::xml_document& styles) {
  std::map<int, NumberFormat> custom;
  const pugi::xml_node root = styles.document_element();
  for (const pugi::xml_node& format : ChildNamed(root, "numFmts").children()) {
    custom[format.attribute("numFmtId").as_int()] =
        ParseNumberFormat(format.attribute("formatCode").value());
  }
  std::vector<NumberFormat> out;
  for (const pugi::xml_node& cell : ChildNamed(root, "cellXfs").children()) {
    const int id = cell.attribute("numFmtId").as_int();
    const auto found = custom.find(id);
    out.push_back(found != custom.end() ? found->second : NumberFormat{.date = IsBuiltInDate(id)});
  }
  return out;
}

std::string FormatNumber(const std::string& value, const NumberFormat& format,
                         bool counts_from_1904) {
  const bool digits = value.find_first_not_of("0123456789") == std::string::npos;
  if (format.zero_digits > value.size() && digits) {
    return std::string(format.zero_digits - value.size(), '0') + value;
  }
  double number = 0;
  if (!format.date || !absl::SimpleAtod(value, &number)) return value;
  // 2,958,465 is the last day of the year 9999. Excel takes 1900 for a leap year, so the first 60
  // day numbers would be wrong by one.
  if (!(number >= 61 && number < 2958466)) return value;
  const absl::CivilDay origin =
      counts_from_1904 ? absl::CivilDay(1904, 1, 1) : absl::CivilDay(1899, 12, 30);
  const auto minutes = static_cast<int64_t>(std::llround(number * 24 * 60));
  const std::string day = text::IsoDate(origin + minutes / (24 * 60));
  const int64_t rest = minutes % (24 * 60);
  if (rest == 0) return day;
  return day + absl::StrFormat(" %02d:%02d", rest / 60, rest % 60);
}

}  // namespace kirikae::tabular

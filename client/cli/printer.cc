#include "client/cli/printer.h"

#include <google/protobuf/util/json_util.h>
#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <numeric>
#include <utility>

namespace kirikae::cli {
namespace {

constexpr int kGap = 2;
constexpr int kNarrowest = 8;

// Columns per line: the terminal's, or COLUMNS; 0 = no limit.
int LineWidth() {
  const char* const columns = std::getenv("COLUMNS");
  if (columns != nullptr && std::atoi(columns) > 0) return std::atoi(columns);
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// The part of a text that fits, with "…" for the rest.
std::string Cut(const std::string& text, int width) {
  if (DisplayWidth(text) <= width) return text;
  std::string cut;
  int32_t at = 0;
  const auto size = static_cast<int32_t>(text.size());
  while (at < size) {
    const int32_t start = at;
    U8_FWD_1(text.data(), at, size);
    const std::string next =
        cut + text.substr(static_cast<size_t>(start), static_cast<size_t>(at - start));
    if (DisplayWidth(next) > width - 1) break;
    cut = next;
  }
  return cut + "…";
}

// Removes empty columns: programs need them, but a narrow line has no space for them.
void DropEmpty(Table& table) {
  for (size_t c = table.headers.size(); c-- > 0;) {
    const auto is_empty = [c](const auto& row) { return row.at(c).empty(); };
    if (!std::all_of(table.rows.begin(), table.rows.end(), is_empty)) continue;
    table.headers.erase(table.headers.begin() + static_cast<std::ptrdiff_t>(c));
    for (auto& row : table.rows) row.erase(row.begin() + static_cast<std::ptrdiff_t>(c));
  }
}

// Narrows the widest columns until a line fits.
void Fit(std::vector<int>& widths, int line) {
  const int gaps = kGap * (static_cast<int>(widths.size()) - 1);
  int total = std::accumulate(widths.begin(), widths.end(), gaps);
  while (total > line) {
    // Takes the last of the widest columns: the first columns say what the line is about.
    const auto widest = std::max_element(widths.rbegin(), widths.rend());
    if (*widest <= kNarrowest) return;
    --*widest;
    --total;
  }
}

}  // namespace

std::string Printable(const std::string& text) {
  std::string printable;
  int32_t at = 0;
  const auto size = static_cast<int32_t>(text.size());
  while (at < size) {
    const int32_t start = at;
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    const int8_t type = c < 0 ? static_cast<int8_t>(U_CONTROL_CHAR) : u_charType(c);
    if (type == U_CONTROL_CHAR || type == U_LINE_SEPARATOR || type == U_PARAGRAPH_SEPARATOR) {
      printable += ' ';
    } else if (type != U_FORMAT_CHAR) {
      printable.append(text, static_cast<size_t>(start), static_cast<size_t>(at - start));
    }
  }
  return printable;
}

namespace {

void PrintTable(bool headers, Table table, int line_width) {
  if (line_width > 0 && !table.rows.empty()) DropEmpty(table);
  std::vector<std::vector<std::string>> lines = table.rows;
  for (auto& line : lines) {
    for (std::string& cell : line) {
      cell = Printable(cell);
    }
  }
  if (headers) lines.insert(lines.begin(), table.headers);
  std::vector<int> widths(table.headers.size(), 0);
  for (const auto& line : lines) {
    for (size_t i = 0; i < line.size(); ++i) {
      widths[i] = std::max(widths[i], DisplayWidth(line[i]));
    }
  }
  if (line_width > 0) Fit(widths, line_width);
  for (const auto& line : lines) {
    std::string text;
    int pad = 0;
    for (size_t i = 0; i < line.size(); ++i) {
      const std::string cell = Cut(line[i], widths[i]);
      // Padding waits for the next text, so that no line ends in spaces.
      if (!cell.empty()) text.append(static_cast<size_t>(std::exchange(pad, 0)), ' ');
      text += cell;
      pad += widths[i] - DisplayWidth(cell) + kGap;
    }
    std::cout << text << "\n";
  }
}

void PrintCsv(bool headers, const Table& table) {
  const auto print = [](const std::vector<std::string>& cells) {
    for (size_t i = 0; i < cells.size(); ++i) std::cout << (i == 0 ? "" : ",") << CsvCell(cells[i]);
    std::cout << "\n";
  };
  if (headers) print(table.headers);
  for (const auto& row : table.rows) print(row);
}

void PrintJsonLines(const google::protobuf::Message& list, const std::string& field) {
  const auto* const rows = list.GetDescriptor()->FindFieldByName(field);
  if (rows == nullptr || !rows->is_repeated()) {
    std::cout << ToJson(list, false) << "\n";
    return;
  }
  const auto* const reflection = list.GetReflection();
  for (int i = 0; i < reflection->FieldSize(list, rows); ++i) {
    std::cout << ToJson(reflection->GetRepeatedMessage(list, rows, i), false) << "\n";
  }
}

}  // namespace

int DisplayWidth(const std::string& text) {
  int width = 0;
  int32_t at = 0;
  const auto size = static_cast<int32_t>(text.size());
  while (at < size) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(text.data(), at, size, c);
    const int category = u_charType(c);
    if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK) continue;
    const int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

std::string CsvCell(const std::string& value) {
  std::string cell;
  if (!value.empty() && std::string("=+-@").find(value.front()) != std::string::npos) cell = '\'';
  cell += value;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

namespace {

std::string JsonWith(const google::protobuf::Message& message,
                     const google::protobuf::util::JsonPrintOptions& options) {
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) std::cerr << status.ToString() << "\n";
  return json;
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message, bool pretty) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = pretty;
  return JsonWith(message, options);
}

std::string ToWholeJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  return JsonWith(message, options);
}

Table Upright(const Table& table) {
  Table upright{{"", ""}, {}, table.names};
  for (size_t i = 0; i < table.headers.size(); ++i) {
    upright.rows.push_back({table.headers[i], table.rows.at(0).at(i)});
  }
  return upright;
}

void Print(Form form, bool headers, const Table& table, const google::protobuf::Message& list,
           const std::string& field) {
  switch (form) {
    case Form::kTable:
      PrintTable(headers, table, LineWidth());
      break;
    case Form::kWide:
      PrintTable(headers, table, 0);
      break;
    case Form::kCsv:
      PrintCsv(headers, table);
      break;
    case Form::kJson:
      std::cout << ToJson(list, true);
      break;
    case Form::kJsonLines:
      PrintJsonLines(list, field);
      break;
    case Form::kName:
      for (const std::string& name : table.names) std::cout << name << "\n";
      break;
  }
}

}  // namespace kirikae::cli

#include "client/cli/printer.h"

#include <google/protobuf/util/json_util.h>
#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/paint.h"

namespace kirikae::cli {
namespace {

// Columns per line: the terminal's, or COLUMNS; 0 = no limit.
int LineWidth() {
  const char* const columns = std::getenv("COLUMNS");
  if (columns != nullptr && std::atoi(columns) > 0) return std::atoi(columns);
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
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

void PrintTable(bool headers, const Table& table, int line_width) {
  std::vector<std::string> hidden;
  bool is_header = headers;
  for (const std::string& line : LayOut(table, headers, line_width, hidden)) {
    std::cout << (std::exchange(is_header, false) ? Paint(Tone::kTitle, line) : line) << "\n";
  }
  if (hidden.empty()) return;
  std::string names;
  for (const std::string& header : hidden) names += (names.empty() ? "" : ", ") + header;
  // A command that prints several tables says it once.
  static std::string said;
  if (std::exchange(said, names) == names) return;
  std::cerr << Tr("Not shown for want of space: $0. All columns: -o wide", {names}) << "\n";
}

void PrintCsv(bool headers, const Table& table) {
  if (headers) {
    for (size_t i = 0; i < table.columns.size(); ++i) {
      std::cout << (i == 0 ? "" : ",") << CsvCell(table.columns[i].id);
    }
    std::cout << "\n";
  }
  for (const auto& row : table.rows) {
    for (size_t i = 0; i < row.size(); ++i)
      std::cout << (i == 0 ? "" : ",") << CsvCell(row[i].code);
    std::cout << "\n";
  }
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

void PrintOnScreen(const Table& table, int used) {
  winsize size{};
  const int height =
      ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : 24;
  std::vector<std::string> hidden;
  Table part = table;
  // A row may take several lines.
  std::vector<std::string> lines = LayOut(part, true, LineWidth(), hidden);
  while (!part.rows.empty() && static_cast<int>(lines.size()) + used > height) {
    part.rows.pop_back();
    lines = LayOut(part, true, LineWidth(), hidden);
  }
  for (const std::string& line : lines) std::cout << line << "\n";
  const size_t more = table.rows.size() - part.rows.size();
  if (more > 0) std::cout << Trn("and $0 more", "and $0 more", static_cast<int64_t>(more)) << "\n";
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

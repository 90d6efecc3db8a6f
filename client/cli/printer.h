// Rows and messages to standard output, in the form asked for.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <vector>

namespace kirikae::cli {

enum class Form { kTable, kWide, kJson, kJsonLines, kCsv, kName };

/// Whether programs read it: json and jsonl.
inline bool IsJson(Form form) { return form == Form::kJson || form == Form::kJsonLines; }

/// What a command found: the same things as rows for people and as messages for programs.
struct Table {
  std::vector<std::string> headers;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> names;  ///< of each row
};

/// Columns a terminal shows a UTF-8 text in: East Asian wide characters take two.
int DisplayWidth(const std::string& text);

/// A CSV cell; one that a spreadsheet would run gets a leading apostrophe.
std::string CsvCell(const std::string& value);

/// A table of one row as a line for each column: header and value.
Table Upright(const Table& table);

/// Prints a list; a table is cut to the terminal's width, or to COLUMNS, but not in the wide form.
/// `list` is the API's response for JSON, with its rows in the field `field`.
void Print(Form form, bool headers, const Table& table, const google::protobuf::Message& list,
           const std::string& field);

/// The proto3 JSON of a message, with the fields that hold nothing: empty lists, empty texts,
/// zeros.
std::string ToWholeJson(const google::protobuf::Message& message);

/// The proto3 JSON of a message.
std::string ToJson(const google::protobuf::Message& message, bool pretty);

}  // namespace kirikae::cli

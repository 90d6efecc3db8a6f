// Prints rows and messages to standard output in the chosen form.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <vector>

namespace kirikae::cli {

enum class Form { kTable, kWide, kJson, kJsonLines, kCsv, kName };

/// Whether the form is for programs: json or jsonl.
inline bool IsJson(Form form) { return form == Form::kJson || form == Form::kJsonLines; }

/// A command's result as rows for people; the messages for programs have the same content.
struct Table {
  std::vector<std::string> headers;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> names;  ///< of each row
};

/// The text for a terminal: stored texts may hold characters that would move its cursor, change its
/// colours or turn the direction of what follows. Control characters become spaces, invisible
/// format characters go.
std::string Printable(const std::string& text);

/// Number of terminal columns of a UTF-8 text; East Asian wide characters take two.
int DisplayWidth(const std::string& text);

/// A CSV cell; a cell that a spreadsheet would run as a formula gets a leading apostrophe.
std::string CsvCell(const std::string& value);

/// Turns a table of one row into a line per column: header and value.
Table Upright(const Table& table);

/// Prints a list. A table is cut to the terminal's width or to COLUMNS, except in the wide form.
/// `list` is the API's response for JSON; its rows are in the field `field`.
void Print(Form form, bool headers, const Table& table, const google::protobuf::Message& list,
           const std::string& field);

/// The proto3 JSON of a message, including empty fields: empty lists, empty texts, zeros.
std::string ToWholeJson(const google::protobuf::Message& message);

/// The proto3 JSON of a message.
std::string ToJson(const google::protobuf::Message& message, bool pretty);

}  // namespace kirikae::cli

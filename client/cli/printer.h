// Prints rows and messages to standard output in the chosen form.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "client/cli/table.h"

namespace kirikae::cli {

enum class Form { kTable, kWide, kJson, kJsonLines, kCsv, kName };

/// Whether the form is for programs: json or jsonl.
inline bool IsJson(Form form) { return form == Form::kJson || form == Form::kJsonLines; }

/// The text for a terminal: stored texts may hold characters that would move its cursor, change its
/// colours or turn the direction of what follows. Control characters become spaces, invisible
/// format characters go.
std::string Printable(const std::string& text);

/// A CSV cell; a cell that a spreadsheet would run as a formula gets a leading apostrophe.
std::string CsvCell(const std::string& value);

/// Prints a list. A table fits the terminal's width or COLUMNS, except in the wide form; which
/// columns went for that is said on standard error. CSV has the columns' ids as headers and codes
/// for words. `list` is the API's response for JSON; its rows are in the field `field`.
void Print(Form form, bool headers, const Table& table, const google::protobuf::Message& list,
           const std::string& field);

/// Prints as many rows of a table as a terminal has lines for, after `used` lines of other text,
/// and how many there are more.
void PrintOnScreen(const Table& table, int used);

/// The proto3 JSON of a message, including empty fields: empty lists, empty texts, zeros.
std::string ToWholeJson(const google::protobuf::Message& message);

/// The proto3 JSON of a message.
std::string ToJson(const google::protobuf::Message& message, bool pretty);

}  // namespace kirikae::cli

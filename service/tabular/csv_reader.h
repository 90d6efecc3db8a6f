// Splits delimited text into records with their line numbers.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace kirikae::tabular {

struct CsvRecord {
  size_t line = 0;  ///< 1-based line where the record starts
  std::vector<std::string> cells;
  size_t cell_count = 0;                  ///< in the file; may be more than were kept
  std::optional<size_t> open_quote_line;  ///< set where a quote never closed
};

/// Passes each record of `text` (UTF-8) to `take` until `take` returns an error, which is returned.
/// Blank lines are no records. Inside quotes, a doubled quote is a quote; in an unquoted cell, a
/// quote is itself. Only the first `max_cells` cells of a record are kept.
absl::Status ReadCsv(std::string_view text, char delimiter, size_t max_cells,
                     const std::function<absl::Status(CsvRecord)>& take);

/// The delimiter (comma, tab or semicolon) that occurs most often outside quotes in the first line
/// of `text` that isn't blank; comma when there is none.
char FindDelimiter(std::string_view text);

/// The delimiter that a first line `sep=;` names, as spreadsheets write it; the line becomes blank.
/// nullopt when there is no such line.
std::optional<char> TakeDelimiterLine(std::string& text);

}  // namespace kirikae::tabular

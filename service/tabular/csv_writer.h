// Writes tables that spreadsheets open without changing values.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kirikae::tabular {

enum class CsvEncoding { kUtf8WithMark, kCp932 };

/// A character that a file has in another form or not at all, or a cell that was cut.
struct LostCharacter {
  size_t row = 0;           ///< 0-based; 0 is the first row written, usually the header
  size_t column = 0;        ///< 0-based
  std::string cell;         ///< as it was given
  char32_t code_point = 0;  ///< 0: the cell was cut
  std::string written;      ///< what the file has in its place

  bool operator==(const LostCharacter&) const = default;
};

/// Builds a CSV file in memory: RFC 4180 quoting, CRLF line ends. A cell that a spreadsheet would
/// run as a formula gets a leading apostrophe, which FromNeutral removes again.
class CsvWriter {
 public:
  explicit CsvWriter(CsvEncoding encoding) : encoding_(encoding) {}

  void AddRow(const std::vector<std::string>& cells);

  /// Characters written as `?` or in another form so far; empty for UTF-8.
  const std::vector<LostCharacter>& lost() const { return lost_; }

  /// The file's bytes.
  std::string Finish() &&;

 private:
  CsvEncoding encoding_;
  size_t rows_ = 0;
  std::string out_;
  std::vector<LostCharacter> lost_;
};

/// `cell` with a leading apostrophe if it begins (after white space) with `=`, `+`, `-`, `@` or
/// their full-width forms, with a tab or a line break, or with apostrophes before one of these.
std::string Neutral(std::string_view cell);

/// `cell` without the apostrophe that Neutral added; a view of `cell`.
std::string_view FromNeutral(std::string_view cell);

}  // namespace kirikae::tabular

// A table from a file: text cells with their lines.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "service/tabular/problem.h"
#include "service/text/encoding.h"

namespace kirikae::tabular {

struct ReadOptions {
  std::optional<text::Encoding> encoding = std::nullopt;  ///< found from the bytes where not given
  std::optional<char> delimiter = std::nullopt;  ///< found from the header line where not given
  std::string sheet{};  ///< of a workbook; the first that is not hidden where empty
  /// Of the file, of what a workbook unpacks to, and of all cells of its sheet.
  size_t max_bytes = 256u << 20;
  size_t max_columns = 256;
  size_t max_rows = 1'000'000;  ///< data rows
};

/// What a workbook says about single cells, by column from 0.
struct CellNotes {
  std::vector<std::pair<size_t, Problem>> problems;
  /// Numbers without the commas between thousands that their cells show.
  std::vector<std::pair<size_t, std::string>> plain;
};

/// One record. Unless `problems` has an error, `cells` has as many entries as the header.
struct TableRow {
  size_t line = 0;  ///< 1-based line, or sheet row, where the record starts
  std::vector<std::string> cells;
  std::vector<Problem> problems;
  CellNotes notes{};
};

/// A table without its rows.
struct Table {
  std::string encoding;   ///< that of EncodingName, or `XLSX`
  char delimiter = '\0';  ///< `,`, tab or `;`; NUL for a workbook
  std::string sheet{};    ///< of a workbook
  std::vector<std::string> other_sheets{};
  std::vector<std::string> header;  ///< as given, without surrounding white space
};

/// How well a row fits as the header.
struct HeaderFit {
  size_t known = 0;       ///< headers that are known
  bool complete = false;  ///< all that are required are there

  bool operator==(const HeaderFit&) const = default;
};

/// Receives a table while it is read. An error ends the reading.
struct TableSink {
  std::function<absl::Status(const Table&)> header;  ///< once, before the rows
  std::function<absl::Status(TableRow)> row;
  /// Tells headers from the lines above them; where it is null, the first row is the header.
  std::function<HeaderFit(const std::vector<std::string>& cells)> fit = nullptr;
};

/// Reads a CSV, TSV or semicolon table (RFC 4180 quoting; CRLF, LF or CR line ends; blank lines
/// skipped; a first line `sep=;` names the delimiter) or an XLSX workbook. The header is the first
/// of the first 50 rows that is complete, together with the row below it where both make one
/// header; lines above it are named in a warning of the first row. Passes the header and then row
/// after row to `sink`, so only the file itself is held in memory. Cells keep their text and white
/// space. Empty trailing columns without a header are dropped. A row whose number of cells differs
/// from the header's is passed with an error; so is a quote that never closes. InvalidArgument,
/// with the problem (see ProblemOf), when the whole file can't be read: undecodable bytes, NUL, no
/// header, over a limit, a broken workbook, an unknown sheet, a file that is no table. Rows before
/// that fault have been passed. An error of the sink is returned unchanged.
absl::StatusOr<Table> StreamTable(std::string_view bytes, const ReadOptions& options,
                                  const TableSink& sink);

}  // namespace kirikae::tabular

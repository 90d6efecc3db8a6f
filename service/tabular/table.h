// A table from a file: text cells with their lines.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "service/tabular/problem.h"
#include "service/text/encoding.h"

namespace kirikae::tabular {

struct ReadOptions {
  std::optional<text::Encoding> encoding = std::nullopt;  ///< found from the bytes where not given
  std::optional<char> delimiter = std::nullopt;  ///< found from the header line where not given
  std::string sheet{};                           ///< of a workbook; the first where empty
  /// Of the file, of what a workbook unpacks to, and of all cells of its sheet.
  size_t max_bytes = 256u << 20;
  size_t max_columns = 256;
  size_t max_rows = 1'000'000;  ///< data rows
};

/// One record. Unless `problems` has an error, `cells` has as many entries as the header.
struct TableRow {
  size_t line = 0;  ///< 1-based line, or sheet row, where the record starts
  std::vector<std::string> cells;
  std::vector<Problem> problems;
};

/// A table without its rows.
struct Table {
  std::string encoding;             ///< `UTF-8`, `UTF-16LE`, `UTF-16BE`, `CP932` or `XLSX`
  char delimiter = '\0';            ///< `,`, tab or `;`; NUL for a workbook
  std::string sheet{};              ///< of a workbook
  std::vector<std::string> header;  ///< as given, without surrounding white space
};

/// Receives a table while it is read. An error ends the reading.
struct TableSink {
  std::function<absl::Status(const Table&)> header;  ///< once, before the rows
  std::function<absl::Status(TableRow)> row;
};

/// Reads a CSV, TSV or semicolon table (RFC 4180 quoting; CRLF, LF or CR line ends; blank lines
/// skipped) or an XLSX workbook. Passes the header and then row after row to `sink`, so only the
/// file itself is held in memory. Cells keep their text and white space. Empty trailing columns
/// without a header are dropped. A row whose number of cells differs from the header's is passed
/// with an error; so is a quote that never closes.
/// InvalidArgument, with the problem (see ProblemOf), when the whole file can't be read:
/// undecodable bytes, NUL, no header, over a limit, a broken workbook, an unknown sheet. Rows
/// before that fault have been passed. An error of the sink is returned unchanged.
absl::StatusOr<Table> StreamTable(std::string_view bytes, const ReadOptions& options,
                                  const TableSink& sink);

}  // namespace kirikae::tabular

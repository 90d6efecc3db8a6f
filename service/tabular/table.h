// A table out of a file: text cells, with the lines they came from.
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
  size_t max_bytes = 256u << 20;                 ///< of the file, and of what a workbook unpacks to
  size_t max_columns = 256;
  size_t max_rows = 1'000'000;  ///< data rows
};

/// One record. `cells` has as many entries as the header, unless `problems` holds an error.
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

/// Whether `bytes` begin as a ZIP archive, which an XLSX workbook is.
bool LooksLikeWorkbook(std::string_view bytes);

/// Takes a table while it is read. An error ends the reading.
struct TableSink {
  std::function<absl::Status(const Table&)> header;  ///< once, before the rows
  std::function<absl::Status(TableRow)> row;
};

/// Reads a CSV, TSV or semicolon table (RFC 4180 quoting; CRLF, LF or CR line ends; blank lines
/// skipped) or an XLSX workbook, and gives `sink` the header and then row after row, so that no
/// more than the file need be held. Cells keep their text; surrounding white space stays. Trailing
/// columns without a header are dropped where they are empty. A row with another number of cells
/// than the header is given with an error, as is a quote that never closes.
///
/// InvalidArgument, with the problem (see ProblemOf), where the file as a whole can't be read:
/// undecodable bytes, NUL, no header, over a limit, a broken workbook, an unknown sheet. Rows
/// before that fault have been given. An error of the sink is returned as it is.
absl::StatusOr<Table> StreamTable(std::string_view bytes, const ReadOptions& options,
                                  const TableSink& sink);

}  // namespace kirikae::tabular

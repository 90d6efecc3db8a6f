#include "service/tabular/table.h"

#include <utility>

#include "service/status_macros.h"
#include "service/tabular/cells.h"
#include "service/tabular/csv_reader.h"
#include "service/tabular/xlsx_reader.h"

namespace kirikae::tabular {
namespace {

bool AllEmpty(const std::vector<std::string>& cells, size_t from) {
  for (size_t i = from; i < cells.size(); ++i) {
    if (!Trimmed(cells[i]).empty()) return false;
  }
  return true;
}

void TakeHeader(size_t line, const std::vector<std::string>& cells, Table& table) {
  table.header_line = line;
  for (const std::string& cell : cells) table.header.emplace_back(Trimmed(cell));
  while (!table.header.empty() && table.header.back().empty()) table.header.pop_back();
}

absl::Status TakeRecord(CsvRecord record, const ReadOptions& options, Table& table) {
  if (record.cell_count > options.max_columns && !record.open_quote_line) {
    return ToStatus(TooManyColumns(record.line, options.max_columns));
  }
  if (table.header.empty()) {
    if (record.open_quote_line) return ToStatus(QuoteNeverClosed(*record.open_quote_line));
    TakeHeader(record.line, std::move(record.cells), table);
    return absl::OkStatus();
  }
  if (AllEmpty(record.cells, 0) && !record.open_quote_line) return absl::OkStatus();
  if (table.rows.size() == options.max_rows) return ToStatus(TooManyRows(options.max_rows));
  TableRow row{.line = record.line, .cells = std::move(record.cells), .problems = {}};
  const size_t width = table.header.size();
  if (row.cells.size() > width && AllEmpty(row.cells, width)) row.cells.resize(width);
  if (record.open_quote_line) {
    table.complete = false;
    row.cells.clear();  // what the quote swallowed is no cell of anything
    row.problems.push_back(QuoteNeverClosed(*record.open_quote_line));
  } else if (row.cells.size() != width) {
    row.problems.push_back(WrongCellCount(row.cells.size(), width));
  }
  table.rows.push_back(std::move(row));
  return absl::OkStatus();
}

absl::StatusOr<Table> ReadDelimited(std::string_view bytes, const ReadOptions& options) {
  text::DecodeFault fault;
  absl::StatusOr<text::DecodedText> decoded = text::Decode(bytes, options.encoding, &fault);
  if (!decoded.ok()) {
    return ToStatus(fault.kind == text::DecodeFaultKind::kNul ? NulCharacter(fault)
                                                              : UndecodableBytes(fault));
  }
  Table table;
  table.encoding = std::string(text::EncodingName(decoded->encoding));
  table.delimiter = options.delimiter ? *options.delimiter : FindDelimiter(decoded->text);
  RETURN_IF_ERROR(
      ReadCsv(decoded->text, table.delimiter, options.max_columns + 1,
              [&](CsvRecord record) { return TakeRecord(std::move(record), options, table); }));
  return table;
}

absl::StatusOr<Table> ReadWorkbook(std::string_view bytes, const ReadOptions& options) {
  ASSIGN_OR_RETURN(Sheet sheet, ReadSheet(bytes, options));
  Table table;
  table.encoding = "XLSX";
  table.sheet = std::move(sheet.name);
  for (SheetRow& row : sheet.rows) {
    if (table.header.empty()) {
      TakeHeader(row.number, std::move(row.cells), table);
      continue;
    }
    // A sheet stores no empty cells at a row's end; that is no fault of the row.
    if (row.cells.size() < table.header.size()) row.cells.resize(table.header.size());
    CsvRecord record;
    record.line = row.number;
    record.cells = std::move(row.cells);
    RETURN_IF_ERROR(TakeRecord(std::move(record), options, table));
  }
  return table;
}

}  // namespace

bool LooksLikeWorkbook(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

absl::StatusOr<Table> ReadTable(std::string_view bytes, const ReadOptions& options) {
  if (bytes.size() > options.max_bytes) {
    return ToStatus(FileTooLarge(bytes.size(), options.max_bytes));
  }
  ASSIGN_OR_RETURN(Table table, LooksLikeWorkbook(bytes) ? ReadWorkbook(bytes, options)
                                                         : ReadDelimited(bytes, options));
  if (table.header.empty()) return ToStatus(NoHeader());
  return table;
}

}  // namespace kirikae::tabular

#include "service/tabular/table.h"

#include <utility>

#include "service/status_macros.h"
#include "service/tabular/cells.h"
#include "service/tabular/csv_reader.h"
#include "service/tabular/xlsx_reader.h"

namespace kirikae::tabular {
namespace {

// Whether `bytes` begin like a ZIP archive; an XLSX workbook is one.
bool LooksLikeWorkbook(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

// Bytes.
constexpr size_t kHeaderLimit = 1'000;

bool AllEmpty(const std::vector<std::string>& cells, size_t from) {
  for (size_t i = from; i < cells.size(); ++i) {
    if (!Trimmed(cells[i]).empty()) return false;
  }
  return true;
}

// Turns records into rows and passes them on.
class TableReader {
 public:
  TableReader(const ReadOptions& options, const TableSink& sink) : options_(options), sink_(sink) {}

  absl::Status ReadDelimited(std::string_view bytes) {
    text::DecodeFault fault;
    absl::StatusOr<text::DecodedText> decoded = text::Decode(bytes, options_.encoding, &fault);
    if (!decoded.ok()) {
      return ToStatus(fault.kind == text::DecodeFaultKind::kNul ? NulCharacter(fault)
                                                                : UndecodableBytes(fault));
    }
    table_.encoding = std::string(text::EncodingName(decoded->encoding));
    table_.delimiter = options_.delimiter ? *options_.delimiter : FindDelimiter(decoded->text);
    return ReadCsv(decoded->text, table_.delimiter, options_.max_columns + 1,
                   [this](CsvRecord record) { return Take(std::move(record)); });
  }

  absl::Status ReadWorkbook(std::string_view bytes) {
    table_.encoding = "XLSX";
    return ReadSheet(bytes, options_, table_.sheet, [this](SheetRow row) {
      if (table_.header.empty()) return TakeHeader(row.cells);
      // A sheet does not store empty cells at a row's end, so a short row is no fault.
      if (row.cells.size() < table_.header.size()) row.cells.resize(table_.header.size());
      CsvRecord record;
      record.line = row.number;
      record.cells = std::move(row.cells);
      return Take(std::move(record));
    });
  }

  Table Finish() { return std::move(table_); }

 private:
  absl::Status TakeHeader(const std::vector<std::string>& cells) {
    for (const std::string& cell : cells) {
      const std::string_view header = Trimmed(cell);
      // Headers are compared with those of every profile, which takes the square of their length.
      if (header.size() > kHeaderLimit) {
        return ToStatus(HeaderTooLong(table_.header.size() + 1, kHeaderLimit));
      }
      table_.header.emplace_back(header);
    }
    while (!table_.header.empty() && table_.header.back().empty()) table_.header.pop_back();
    return table_.header.empty() ? absl::OkStatus() : sink_.header(table_);
  }

  absl::Status Take(CsvRecord record) {
    if (record.cell_count > options_.max_columns && !record.open_quote_line) {
      return ToStatus(TooManyColumns(record.line, options_.max_columns));
    }
    if (table_.header.empty()) {
      if (record.open_quote_line) return ToStatus(QuoteNeverClosed(*record.open_quote_line));
      return TakeHeader(record.cells);
    }
    if (AllEmpty(record.cells, 0) && !record.open_quote_line) return absl::OkStatus();
    if (rows_++ == options_.max_rows) return ToStatus(TooManyRows(options_.max_rows));
    TableRow row{.line = record.line, .cells = std::move(record.cells), .problems = {}};
    const size_t width = table_.header.size();
    if (row.cells.size() > width && AllEmpty(row.cells, width)) row.cells.resize(width);
    if (record.open_quote_line) {
      row.cells.clear();  // what the quote swallowed is no cell of anything
      row.problems.push_back(QuoteNeverClosed(*record.open_quote_line));
    } else if (row.cells.size() != width) {
      row.problems.push_back(WrongCellCount(row.cells.size(), width));
    }
    return sink_.row(std::move(row));
  }

  const ReadOptions& options_;
  const TableSink& sink_;
  Table table_;
  size_t rows_ = 0;
};

}  // namespace

absl::StatusOr<Table> StreamTable(std::string_view bytes, const ReadOptions& options,
                                  const TableSink& sink) {
  if (bytes.size() > options.max_bytes) {
    return ToStatus(FileTooLarge(bytes.size(), options.max_bytes));
  }
  TableReader reader(options, sink);
  RETURN_IF_ERROR(LooksLikeWorkbook(bytes) ? reader.ReadWorkbook(bytes)
                                           : reader.ReadDelimited(bytes));
  Table table = reader.Finish();
  if (table.header.empty()) return ToStatus(NoHeader());
  return table;
}

}  // namespace kirikae::tabular

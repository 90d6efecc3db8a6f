#include "service/tabular/table.h"

#include <algorithm>
#include <utility>

#include "service/status_macros.h"
#include "service/tabular/cells.h"
#include "service/tabular/csv_reader.h"
#include "service/tabular/file_kind.h"
#include "service/tabular/xlsx_reader.h"

namespace kirikae::tabular {
namespace {

// Whether `bytes` begin like a ZIP archive; an XLSX workbook is one.
bool LooksLikeWorkbook(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
}

// Bytes.
constexpr size_t kHeaderLimit = 1'000;
// Rows among which the header is looked for.
constexpr size_t kSearched = 50;

bool AllEmpty(const std::vector<std::string>& cells, size_t from) {
  for (size_t i = from; i < cells.size(); ++i) {
    if (!Trimmed(cells[i]).empty()) return false;
  }
  return true;
}

// A row before it is known whether it belongs to the header.
struct SourceRow {
  size_t line = 0;
  std::vector<std::string> cells;
  std::optional<size_t> open_quote_line;
  CellNotes notes;
  bool hidden = false;
};

// Two rows as one header: a cell of the lower row stands for itself, or continues the group above.
std::vector<std::string> Joined(const std::vector<std::string>& upper,
                                const std::vector<std::string>& lower, const TableSink& sink) {
  std::vector<std::string> joined = upper;
  joined.resize(std::max(upper.size(), lower.size()));
  std::string group;
  for (size_t i = 0; i < joined.size(); ++i) {
    const std::string_view above = Trimmed(joined[i]);
    if (!above.empty()) group = std::string(above);
    const std::string below(i < lower.size() ? Trimmed(lower[i]) : std::string_view());
    if (below.empty() || below == above) continue;
    const bool known = sink.fit({below}).known > 0;
    joined[i] = !known && sink.fit({group + below}).known > 0 ? group + below : below;
  }
  return joined;
}

// Finds the header, turns records into rows and passes them on.
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
    const std::optional<char> named = TakeDelimiterLine(decoded->text);
    table_.delimiter = options_.delimiter.value_or(named ? *named : Delimiter(decoded->text));
    RETURN_IF_ERROR(ReadCsv(decoded->text, table_.delimiter, options_.max_columns + 1,
                            [this](CsvRecord record) { return Take(std::move(record)); }));
    return End();
  }

  absl::Status ReadWorkbook(std::string_view bytes) {
    table_.encoding = "XLSX";
    RETURN_IF_ERROR(ReadSheet(bytes, options_, table_, [this](SheetRow row) {
      return TakeRow(
          {row.number, std::move(row.cells), std::nullopt, std::move(row.notes), row.hidden});
    }));
    return End();
  }

  Table Finish() { return std::move(table_); }

 private:
  // That of the header, which may stand below a title.
  char Delimiter(std::string_view text) const {
    if (sink_.fit == nullptr) return FindDelimiter(text);
    std::string_view rest = text;
    for (size_t number = 0; number < kSearched && !rest.empty(); ++number) {
      const std::string_view line = rest.substr(0, rest.find_first_of("\r\n"));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      if (line.empty() || line.size() > kHeaderLimit * options_.max_columns) continue;
      const char delimiter = FindDelimiter(line);
      HeaderFit fit;
      const absl::Status read =
          ReadCsv(line, delimiter, options_.max_columns, [&](const CsvRecord& record) {
            fit = Fit(record.cells);
            return absl::OkStatus();
          });
      if (read.ok() && fit.complete) return delimiter;
    }
    return FindDelimiter(text);
  }

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
    return TakeRow({record.line, std::move(record.cells), record.open_quote_line, {}, false});
  }

  absl::Status TakeRow(SourceRow row) {
    if (!table_.header.empty()) return TakeData(std::move(row));
    if (row.open_quote_line) {
      RETURN_IF_ERROR(Settle());
      if (table_.header.empty()) return ToStatus(QuoteNeverClosed(*row.open_quote_line));
      return TakeData(std::move(row));
    }
    if (AllEmpty(row.cells, 0)) return absl::OkStatus();
    if (sink_.fit == nullptr) return TakeHeader(row.cells);
    waiting_.push_back(std::move(row));
    if (header_.has_value()) {
      // The row below the header may be its second line.
      const std::vector<std::string> both =
          Joined(waiting_[*header_].cells, waiting_.back().cells, sink_);
      const bool one_header = Fit(both).known > Fit(waiting_[*header_].cells).known;
      if (one_header) {
        header_ = waiting_.size() - 1;
        waiting_.back().cells = both;
        lines_of_header_ = 2;
      }
      return Settle();
    }
    const HeaderFit fit = Fit(waiting_.back().cells);
    if (fit.complete) header_ = waiting_.size() - 1;
    return waiting_.size() == kSearched ? Settle() : absl::OkStatus();
  }

  HeaderFit Fit(const std::vector<std::string>& cells) const {
    const bool long_cell = std::any_of(cells.begin(), cells.end(), [](const std::string& cell) {
      return cell.size() > kHeaderLimit;
    });
    return long_cell ? HeaderFit() : sink_.fit(cells);
  }

  // Without a complete header, the row that knows most is the one to name faults of.
  size_t LikeliestHeader() const {
    size_t likeliest = 0;
    size_t known = 0;
    for (size_t i = 0; i < waiting_.size(); ++i) {
      const size_t here = Fit(waiting_[i].cells).known;
      if (here > known) likeliest = i;
      known = std::max(known, here);
    }
    return known > 1 ? likeliest : 0;
  }

  // Decides which waiting row is the header, and passes on the rows below it.
  absl::Status Settle() {
    if (waiting_.empty()) return absl::OkStatus();
    const size_t header = header_.value_or(LikeliestHeader());
    std::vector<SourceRow> rows = std::exchange(waiting_, {});
    const size_t first_line_of_header = header + 1 - lines_of_header_;
    if (first_line_of_header > 0) {
      above_ = LinesAboveHeader(rows.front().line, rows[first_line_of_header - 1].line,
                                rows[header].line);
    }
    RETURN_IF_ERROR(TakeHeader(rows[header].cells));
    for (size_t i = header + 1; i < rows.size(); ++i) RETURN_IF_ERROR(TakeData(std::move(rows[i])));
    return absl::OkStatus();
  }

  absl::Status End() { return table_.header.empty() ? Settle() : absl::OkStatus(); }

  absl::Status TakeData(SourceRow source) {
    if (AllEmpty(source.cells, 0) && source.notes.problems.empty() && !source.open_quote_line) {
      return absl::OkStatus();
    }
    if (rows_++ == options_.max_rows) return ToStatus(TooManyRows(options_.max_rows));
    TableRow row{.line = source.line,
                 .cells = std::move(source.cells),
                 .problems = {},
                 .notes = std::move(source.notes)};
    if (above_.has_value()) row.problems.push_back(*std::exchange(above_, std::nullopt));
    if (source.hidden) row.problems.push_back(HiddenRow());
    const size_t width = table_.header.size();
    if (row.cells.size() > width && AllEmpty(row.cells, width)) row.cells.resize(width);
    // A sheet does not store empty cells at a row's end, so a short row is no fault.
    if (table_.delimiter == '\0' && row.cells.size() < width) row.cells.resize(width);
    if (source.open_quote_line) {
      row.cells.clear();  // what the quote swallowed is no cell of anything
      row.problems.push_back(QuoteNeverClosed(*source.open_quote_line));
    } else if (row.cells.size() != width) {
      row.problems.push_back(WrongCellCount(row.cells.size(), width));
    }
    return sink_.row(std::move(row));
  }

  const ReadOptions& options_;
  const TableSink& sink_;
  Table table_;
  std::vector<SourceRow> waiting_;
  std::optional<size_t> header_;  // among the waiting rows
  size_t lines_of_header_ = 1;
  std::optional<Problem> above_;  // to be named in the first row
  size_t rows_ = 0;
};

}  // namespace

absl::StatusOr<Table> StreamTable(std::string_view bytes, const ReadOptions& options,
                                  const TableSink& sink) {
  if (bytes.size() > options.max_bytes) {
    return ToStatus(FileTooLarge(bytes.size(), options.max_bytes));
  }
  if (const std::optional<Problem> kind = KindThatIsNoTable(bytes)) return ToStatus(*kind);
  TableReader reader(options, sink);
  RETURN_IF_ERROR(LooksLikeWorkbook(bytes) ? reader.ReadWorkbook(bytes)
                                           : reader.ReadDelimited(bytes));
  Table table = reader.Finish();
  if (table.header.empty()) return ToStatus(NoHeader());
  return table;
}

}  // namespace kirikae::tabular

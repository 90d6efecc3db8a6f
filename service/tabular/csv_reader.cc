#include "service/tabular/csv_reader.h"

#include <csv.h>

#include <array>
#include <utility>

namespace kirikae::tabular {
namespace {

// The next line of `text` with its terminator: CRLF, LF or a lone CR.
std::string_view NextLine(std::string_view text) {
  size_t end = 0;
  while (end < text.size() && text[end] != '\r' && text[end] != '\n') ++end;
  if (end == text.size()) return text;
  const bool crlf = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
  return text.substr(0, end + (crlf ? 2 : 1));
}

// libcsv reports no positions, so this feeds it one line at a time and tracks them.
class Feeder {
 public:
  Feeder(char delimiter, size_t max_cells, const std::function<absl::Status(CsvRecord)>& take)
      : take_(take), max_cells_(max_cells) {
    csv_init(&parser_, 0);
    csv_set_blk_size(&parser_, kGrowth);
    csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
    csv_set_space_func(&parser_, [](unsigned char) { return 0; });
  }
  ~Feeder() { csv_free(&parser_); }
  Feeder(const Feeder&) = delete;
  Feeder& operator=(const Feeder&) = delete;

  absl::Status Feed(std::string_view line) {
    ++line_;
    if (!in_record_) record_.line = line_;
    const bool was_in_record = in_record_;
    const bool was_quoted = quote_line_.has_value();
    const size_t cells = cells_seen_;
    const size_t records = records_seen_;
    if (csv_parse(&parser_, line.data(), line.size(), &OnCell, &OnRecord, this) != line.size()) {
      return absl::ResourceExhaustedError(csv_strerror(csv_error(&parser_)));
    }
    const bool blank = line.find_first_not_of("\r\n") == std::string_view::npos;
    in_record_ = records == records_seen_ && (was_in_record || !blank);
    if (!in_record_ || parser_.quoted == 0) {
      quote_line_.reset();
    } else if (!was_quoted || cells != cells_seen_) {
      quote_line_ = line_;
    }
    return status_;
  }

  absl::Status Finish() {
    // When the closing quote is the last byte, libcsv still waits for the next one.
    if (parser_.pstate == kMightHaveEnded) quote_line_.reset();
    record_.open_quote_line = quote_line_;
    if (csv_fini(&parser_, &OnCell, &OnRecord, this) != 0) {
      return absl::ResourceExhaustedError(csv_strerror(csv_error(&parser_)));
    }
    return status_;
  }

 private:
  static void OnCell(void* bytes, size_t length, void* self) {
    auto* feeder = static_cast<Feeder*>(self);
    ++feeder->cells_seen_;
    if (++feeder->record_.cell_count > feeder->max_cells_) return;
    feeder->record_.cells.emplace_back(static_cast<const char*>(bytes), length);
  }

  static void OnRecord(int, void* self) {
    auto* feeder = static_cast<Feeder*>(self);
    ++feeder->records_seen_;
    if (!feeder->status_.ok()) return;
    const size_t cells = feeder->record_.cells.size();
    feeder->status_ = feeder->take_(std::move(feeder->record_));
    feeder->record_ = CsvRecord{};
    feeder->record_.line = feeder->line_;
    feeder->record_.cells.reserve(cells);
  }

  // A cell's buffer grows by this much. By libcsv's own 128 bytes, a cell of 60 MB would be moved
  // half a million times.
  static constexpr size_t kGrowth = size_t{1} << 20U;
  static constexpr int kMightHaveEnded = 3;  // libcsv 3.0's state after a quote in a quoted cell

  const std::function<absl::Status(CsvRecord)>& take_;
  const size_t max_cells_;
  csv_parser parser_{};
  CsvRecord record_;
  absl::Status status_;
  size_t line_ = 0;
  size_t cells_seen_ = 0;
  size_t records_seen_ = 0;
  bool in_record_ = false;
  std::optional<size_t> quote_line_;
};

}  // namespace

absl::Status ReadCsv(std::string_view text, char delimiter, size_t max_cells,
                     const std::function<absl::Status(CsvRecord)>& take) {
  Feeder feeder(delimiter, max_cells, take);
  while (!text.empty()) {
    const std::string_view line = NextLine(text);
    text.remove_prefix(line.size());
    if (absl::Status fed = feeder.Feed(line); !fed.ok()) return fed;
  }
  return feeder.Finish();
}

char FindDelimiter(std::string_view text) {
  std::string_view line;
  while (!text.empty()) {
    line = NextLine(text);
    text.remove_prefix(line.size());
    if (line.find_first_not_of("\r\n") != std::string_view::npos) break;
  }
  constexpr std::array kDelimiters = {',', '\t', ';'};
  std::array<size_t, kDelimiters.size()> counts{};
  bool quoted = false;
  for (char c : line) {
    if (c == '"') quoted = !quoted;
    for (size_t i = 0; i < kDelimiters.size() && !quoted; ++i) counts[i] += c == kDelimiters[i];
  }
  size_t best = 0;
  for (size_t i = 1; i < counts.size(); ++i) {
    if (counts[i] > counts[best]) best = i;
  }
  return kDelimiters[best];
}

std::optional<char> TakeDelimiterLine(std::string& text) {
  std::string_view line = NextLine(text);
  line = line.substr(0, line.find_first_of("\r\n"));
  const size_t whole = line.size();
  if (line.size() > 1 && line.starts_with('"') && line.ends_with('"')) {
    line = line.substr(1, line.size() - 2);
  }
  constexpr std::string_view kName = "sep=";
  if (line.size() != kName.size() + 1) return std::nullopt;
  for (size_t i = 0; i < kName.size(); ++i) {
    if ((line[i] | ('a' ^ 'A')) != kName[i] && line[i] != kName[i]) return std::nullopt;
  }
  const char delimiter = line.back();
  text.erase(0, whole);
  return delimiter;
}

}  // namespace kirikae::tabular

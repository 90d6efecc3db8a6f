#include "service/tabular/xlsx_reader.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "service/status_macros.h"
#include "service/tabular/workbook.h"
#include "service/tabular/workbook_formats.h"
#include "service/tabular/xml_stream.h"
#include "service/text/fold.h"
#include "service/text/utf8.h"

namespace kirikae::tabular {
namespace {

constexpr size_t kMostStringBytes = size_t{64} << 20U;  // of all shared strings
constexpr size_t kStringCost = 48;                      // of each, in addition to its text
constexpr size_t kLongestCell = size_t{32767} * 4;      // a cell's 32,767 characters

size_t NumberOr(std::string_view text, size_t otherwise) {
  size_t number = 0;
  return absl::SimpleAtoi(absl::string_view(text.data(), text.size()), &number) ? number
                                                                                : otherwise;
}

struct Reference {
  size_t column = 0;  // 0-based
  size_t row = 0;     // 1-based; 0 = not given
};

// A reference such as `AB12`; nullopt when it has no column.
std::optional<Reference> ReadReference(std::string_view text) {
  constexpr size_t kMostLetters = 4;
  size_t column = 0;
  size_t letters = 0;
  while (letters < text.size() && letters < kMostLetters && absl::ascii_isalpha(text[letters])) {
    column = column * 26 + static_cast<size_t>(absl::ascii_toupper(text[letters++]) - 'A' + 1);
  }
  if (letters == 0) return std::nullopt;
  return Reference{column - 1, NumberOr(text.substr(letters), 0)};
}

// `AB12`.
std::string ReferenceText(const Reference& reference) {
  std::string letters;
  for (size_t rest = reference.column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(reference.row);
}

// Collects the texts of elements `t`, or of another element, without furigana (rPh).
class TextGatherer {
 public:
  void Start(std::string_view element, std::string_view wanted) {
    if (element == "rPh") ++furigana_;
    taking_ = element == wanted && furigana_ == 0;
  }
  absl::Status Text(std::string_view piece) {
    if (!taking_) return absl::OkStatus();
    if (text_.size() + piece.size() > kLongestCell) {
      return absl::InvalidArgumentError("a cell has more than 32,767 characters");
    }
    text_ += piece;
    return absl::OkStatus();
  }
  void End(std::string_view element) {
    if (element == "rPh") --furigana_;
    taking_ = false;
  }
  std::string Take() { return std::exchange(text_, {}); }
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  std::string text_;
  int furigana_ = 0;
  bool taking_ = false;
};

// Reads the shared strings: each `si` has a text of its own, or that of its runs.
class StringsHandler final : public XmlHandler {
 public:
  StringsHandler(const std::string& path, std::vector<std::string>& strings)
      : path_(path), strings_(strings) {}

  absl::Status Start(std::string_view element, const XmlAttributes&) override {
    text_.Start(element, "t");
    return absl::OkStatus();
  }
  absl::Status Text(std::string_view piece) override { return text_.Text(piece); }
  absl::Status End(std::string_view element) override {
    text_.End(element);
    if (element != "si") return absl::OkStatus();
    strings_.push_back(FromEscaped(text_.Take()));
    bytes_ += strings_.back().size() + kStringCost;
    if (bytes_ <= kMostStringBytes) return absl::OkStatus();
    return ToStatus(WorkbookTooLarge(path_, kMostStringBytes));
  }

 private:
  const std::string& path_;
  std::vector<std::string>& strings_;
  TextGatherer text_;
  size_t bytes_ = 0;
};

// A merged range of cells.
struct Merge {
  Reference first;
  Reference last;
};

// Collects the merged ranges of a sheet, which stand behind its rows.
class MergeHandler final : public XmlHandler {
 public:
  explicit MergeHandler(std::vector<Merge>& merges) : merges_(merges) {}

  absl::Status Start(std::string_view element, const XmlAttributes& attributes) override {
    if (element != "mergeCell" || merges_.size() == kMost) return absl::OkStatus();
    const std::string_view range = attributes["ref"];
    const size_t colon = std::min(range.find(':'), range.size());
    const auto first = ReadReference(range.substr(0, colon));
    const auto last = ReadReference(range.substr(std::min(colon + 1, range.size())));
    if (first.has_value() && last.has_value()) merges_.push_back({*first, *last});
    return absl::OkStatus();
  }
  absl::Status Text(std::string_view) override { return absl::OkStatus(); }
  absl::Status End(std::string_view) override { return absl::OkStatus(); }

 private:
  static constexpr size_t kMost = 200'000;
  std::vector<Merge>& merges_;
};

// Gives the cells below the first row of a merged range its value, as the sheet shows them.
class MergeFiller {
 public:
  explicit MergeFiller(std::vector<Merge> merges) : merges_(std::move(merges)) {
    std::stable_sort(merges_.begin(), merges_.end(),
                     [](const Merge& a, const Merge& b) { return a.first.row < b.first.row; });
  }

  // Rows come in their order.
  void Fill(SheetRow& row, size_t max_columns) {
    for (auto& [column, run] : runs_) {
      if (run.last_row < row.number) continue;
      if (row.cells.size() <= column) row.cells.resize(column + 1);
      if (row.cells[column].empty()) row.cells[column] = run.text;
      if (!run.across.empty()) row.notes.problems.emplace_back(column, MergedAcross(run.across));
    }
    std::erase_if(runs_, [&](const auto& entry) { return entry.second.last_row <= row.number; });
    for (; next_ < merges_.size() && merges_[next_].first.row <= row.number; ++next_) {
      const Merge& merge = merges_[next_];
      const size_t column = merge.first.column;
      if (merge.first.row != row.number || column >= row.cells.size() || column >= max_columns ||
          row.cells[column].empty()) {
        continue;
      }
      Run run{merge.last.row, row.cells[column], {}};
      if (merge.last.column > column) {
        run.across = ReferenceText(merge.first) + ":" + ReferenceText(merge.last);
        row.notes.problems.emplace_back(column, MergedAcross(run.across));
      }
      if (merge.last.row > row.number) runs_.insert_or_assign(column, std::move(run));
    }
  }

 private:
  struct Run {
    size_t last_row = 0;
    std::string text;
    std::string across;  // the range, where it has several columns
  };

  std::vector<Merge> merges_;
  size_t next_ = 0;
  std::map<size_t, Run> runs_;  // by column
};

struct CellSource {
  std::vector<std::string> strings;
  std::vector<NumberFormat> formats;
  bool counts_from_1904 = false;
  bool uncalculated = false;
};

// Reads the rows of a sheet. Cells may name a shared string again and again, so their texts are
// counted.
class SheetHandler final : public XmlHandler {
 public:
  SheetHandler(const std::string& path, const CellSource& source, std::vector<Merge> merges,
               const ReadOptions& options, const std::function<absl::Status(SheetRow)>& take)
      : path_(path),
        source_(source),
        merges_(std::move(merges)),
        max_columns_(options.max_columns),
        max_bytes_(options.max_bytes),
        take_(take) {}

  absl::Status Start(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "sheetData") in_data_ = true;
    if (!in_data_) return absl::OkStatus();
    if (element == "row") {
      const size_t number = NumberOr(attributes["r"], row_.number + 1);
      row_ = SheetRow();
      row_.number = number;
      row_.hidden = attributes["hidden"] == "1" || attributes["hidden"] == "true";
      column_ = 0;
    } else if (element == "c") {
      const auto reference = ReadReference(attributes["r"]);
      if (reference.has_value()) column_ = reference->column;
      type_ = std::string(attributes["t"]);
      style_ = NumberOr(attributes["s"], 0);
      formula_ = false;
      has_value_ = false;
      value_.Take();
      inline_.Take();
    }
    formula_ = formula_ || element == "f";
    has_value_ = has_value_ || element == "v";
    value_.Start(element, "v");
    inline_.Start(element, "t");
    return absl::OkStatus();
  }

  absl::Status Text(std::string_view piece) override {
    RETURN_IF_ERROR(value_.Text(piece));
    return inline_.Text(piece);
  }

  absl::Status End(std::string_view element) override {
    value_.End(element);
    inline_.End(element);
    if (element == "sheetData") in_data_ = false;
    if (!in_data_) return absl::OkStatus();
    if (element == "c") return EndCell();
    if (element != "row" || (row_.cells.empty() && row_.notes.problems.empty())) {
      return absl::OkStatus();
    }
    merges_.Fill(row_, max_columns_);
    const size_t number = row_.number;
    RETURN_IF_ERROR(take_(std::move(row_)));
    row_ = SheetRow();
    row_.number = number;
    return absl::OkStatus();
  }

 private:
  absl::Status EndCell() {
    const bool uncalculated = IsUncalculated();
    std::string text = uncalculated ? "" : CellText();
    if (!text.empty() || uncalculated) {
      bytes_ += text.size();
      if (bytes_ > max_bytes_) return ToStatus(WorkbookTooLarge(path_, max_bytes_));
      if (column_ >= max_columns_) return ToStatus(TooManyColumns(row_.number, max_columns_));
      if (row_.cells.size() <= column_) row_.cells.resize(column_ + 1);
      row_.cells[column_] = std::move(text);
    }
    if (uncalculated) row_.notes.problems.emplace_back(column_, FormulaWithoutValue(Place()));
    ++column_;
    return absl::OkStatus();
  }

  // Programs that can't calculate write a formula without a result, or with 0 in a workbook that is
  // to be calculated when it is opened. An empty text is a result.
  bool IsUncalculated() {
    if (!formula_) return false;
    if (value_.empty()) return type_ != "str" || !has_value_;
    return source_.uncalculated && type_.empty() && value_.text() == "0";
  }

  std::string Place() const { return ReferenceText({column_, row_.number}); }

  const NumberFormat& Format() const {
    static const NumberFormat& general = *new NumberFormat();
    return style_ < source_.formats.size() ? source_.formats[style_] : general;
  }

  std::string CellText() {
    if (type_ == "inlineStr") return Format().ShowText(FromEscaped(inline_.Take()));
    std::string value = value_.Take();
    if (type_ == "s") {
      const size_t index = NumberOr(value, source_.strings.size());
      return index < source_.strings.size() ? Format().ShowText(source_.strings[index]) : "";
    }
    if (type_ == "b") return value == "1" ? "TRUE" : "FALSE";
    if (type_ == "str") return Format().ShowText(FromEscaped(std::move(value)));
    if (type_ == "e" || type_ == "d" || value.empty()) return value;
    std::optional<ShownNumber> shown = Format().Show(value, source_.counts_from_1904);
    if (!shown.has_value()) {
      row_.notes.problems.emplace_back(column_, FormatNotRead(Place(), Format().code()));
      return value;
    }
    if (!shown->plain.empty()) row_.notes.plain.emplace_back(column_, std::move(shown->plain));
    return std::move(shown->text);
  }

  const std::string& path_;
  const CellSource& source_;
  MergeFiller merges_;
  const size_t max_columns_;
  const size_t max_bytes_;
  const std::function<absl::Status(SheetRow)>& take_;
  bool in_data_ = false;
  size_t bytes_ = 0;
  SheetRow row_;
  size_t column_ = 0;
  std::string type_;
  size_t style_ = 0;
  bool formula_ = false;
  bool has_value_ = false;
  TextGatherer value_;
  TextGatherer inline_;
};

absl::Status LoadSource(Workbook& workbook, CellSource& source) {
  source.counts_from_1904 = workbook.counts_from_1904();
  source.uncalculated = workbook.uncalculated();
  if (!workbook.shared_strings_path().empty()) {
    StringsHandler handler(workbook.shared_strings_path(), source.strings);
    RETURN_IF_ERROR(workbook.Stream(workbook.shared_strings_path(), handler));
  }
  if (!workbook.styles_path().empty()) {
    pugi::xml_document styles;
    RETURN_IF_ERROR(workbook.Load(workbook.styles_path(), styles));
    source.formats = CellFormats(styles);
  }
  return absl::OkStatus();
}

const Workbook::SheetPart* FindSheet(const Workbook& workbook, std::string_view name) {
  const std::vector<Workbook::SheetPart>& sheets = workbook.sheets();
  if (name.empty()) {
    const auto shown =
        std::find_if(sheets.begin(), sheets.end(), [](const auto& sheet) { return !sheet.hidden; });
    return shown == sheets.end() ? &sheets.front() : &*shown;
  }
  const std::string key = text::FoldSearch(name);
  for (const Workbook::SheetPart& sheet : sheets) {
    if (text::FoldSearch(sheet.name) == key) return &sheet;
  }
  return nullptr;
}

absl::Status NoSheet(const Workbook& workbook, std::string_view name) {
  std::vector<std::string> names;
  for (const Workbook::SheetPart& sheet : workbook.sheets()) names.push_back(sheet.name);
  return ToStatus(NoSuchSheet(name, names));
}

absl::StatusOr<std::vector<Merge>> MergesOf(Workbook& workbook, const std::string& path) {
  std::vector<Merge> merges;
  ASSIGN_OR_RETURN(const bool any, workbook.Contains(path, "mergeCell "));
  if (!any) return merges;
  MergeHandler handler(merges);
  RETURN_IF_ERROR(workbook.Stream(path, handler));
  return merges;
}

absl::Status WithoutPart(const absl::Status& status) {
  if (!absl::IsNotFound(status)) return status;
  return ToStatus(NotAWorkbook("it has no part " + std::string(status.message())));
}

}  // namespace

std::string FromEscaped(std::string text) {
  constexpr size_t kLength = 7;  // _xHHHH_
  std::string out;
  char32_t high = 0;  // a surrogate that waits for its other half
  const auto end_high = [&] {
    if (high != 0) text::AppendUtf8(U'\uFFFD', out);
    high = 0;
  };
  for (size_t i = 0; i < text.size();) {
    const std::string_view at = std::string_view(text).substr(i, kLength);
    uint32_t code = 0;
    const bool escape = at.size() == kLength && at.starts_with("_x") && at.back() == '_' &&
                        std::all_of(at.begin() + 2, at.end() - 1, absl::ascii_isxdigit) &&
                        absl::SimpleHexAtoi(absl::string_view(at.data() + 2, 4), &code);
    if (!escape) {
      end_high();
      out.push_back(text[i++]);
      continue;
    }
    i += kLength;
    if (code >= 0xDC00 && code < 0xE000 && high != 0) {
      text::AppendUtf8(0x10000 + ((high - 0xD800) << 10U) + (code - 0xDC00), out);
      high = 0;
      continue;
    }
    end_high();
    if (code >= 0xD800 && code < 0xDC00) {
      high = code;
    } else {
      text::AppendUtf8(code >= 0xDC00 && code < 0xE000 ? U'\uFFFD' : char32_t{code}, out);
    }
  }
  end_high();
  return out;
}

absl::Status ReadSheet(std::string_view bytes, const ReadOptions& options, Table& table,
                       const std::function<absl::Status(SheetRow)>& take) {
  ASSIGN_OR_RETURN(Workbook workbook, Workbook::Open(bytes, options.max_bytes));
  const Workbook::SheetPart* part = FindSheet(workbook, options.sheet);
  if (part == nullptr) return NoSheet(workbook, options.sheet);
  CellSource source;
  RETURN_IF_ERROR(WithoutPart(LoadSource(workbook, source)));
  table.sheet = part->name;
  for (const Workbook::SheetPart& sheet : workbook.sheets()) {
    if (&sheet != part) table.other_sheets.push_back(sheet.name);
  }
  auto merges = MergesOf(workbook, part->path);
  RETURN_IF_ERROR(WithoutPart(merges.status()));
  // An error of `take` is returned unchanged.
  absl::Status taken;
  const std::function<absl::Status(SheetRow)> pass_on = [&](SheetRow row) {
    taken = take(std::move(row));
    return taken;
  };
  SheetHandler handler(part->path, source, *std::move(merges), options, pass_on);
  const absl::Status read = workbook.Stream(part->path, handler);
  return taken.ok() ? WithoutPart(read) : taken;
}

}  // namespace kirikae::tabular

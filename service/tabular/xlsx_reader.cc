#include "service/tabular/xlsx_reader.h"

#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "service/status_macros.h"
#include "service/tabular/workbook.h"
#include "service/tabular/workbook_formats.h"
#include "service/tabular/xml_stream.h"
#include "service/text/fold.h"

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

// The 0-based column of a reference such as `AB12`; `fallback` when it has none.
size_t ColumnOf(std::string_view reference, size_t fallback) {
  size_t column = 0;
  size_t letters = 0;
  while (letters < reference.size() && letters < 4 && reference[letters] >= 'A' &&
         reference[letters] <= 'Z') {
    column = column * 26 + static_cast<size_t>(reference[letters++] - 'A' + 1);
  }
  return letters == 0 ? fallback : column - 1;
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
    strings_.push_back(text_.Take());
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

struct CellSource {
  std::vector<std::string> strings;
  std::vector<NumberFormat> formats;
  bool counts_from_1904 = false;
};

// Reads the rows of a sheet. Cells may name a shared string again and again, so their texts are
// counted.
class SheetHandler final : public XmlHandler {
 public:
  SheetHandler(const std::string& path, const CellSource& source, const ReadOptions& options,
               const std::function<absl::Status(SheetRow)>& take)
      : path_(path),
        source_(source),
        max_columns_(options.max_columns),
        max_bytes_(options.max_bytes),
        take_(take) {}

  absl::Status Start(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "sheetData") in_data_ = true;
    if (!in_data_) return absl::OkStatus();
    if (element == "row") {
      row_ = {.number = NumberOr(attributes["r"], row_.number + 1), .cells = {}};
      column_ = 0;
    } else if (element == "c") {
      column_ = ColumnOf(attributes["r"], column_);
      type_ = std::string(attributes["t"]);
      style_ = NumberOr(attributes["s"], 0);
      value_.Take();
      inline_.Take();
    }
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
    if (element != "row" || row_.cells.empty()) return absl::OkStatus();
    const size_t number = row_.number;
    RETURN_IF_ERROR(take_(std::move(row_)));
    row_ = {.number = number, .cells = {}};
    return absl::OkStatus();
  }

 private:
  absl::Status EndCell() {
    std::string text = CellText();
    if (!text.empty()) {
      bytes_ += text.size();
      if (bytes_ > max_bytes_) return ToStatus(WorkbookTooLarge(path_, max_bytes_));
      if (column_ >= max_columns_) return ToStatus(TooManyColumns(row_.number, max_columns_));
      if (row_.cells.size() <= column_) row_.cells.resize(column_ + 1);
      row_.cells[column_] = std::move(text);
    }
    ++column_;
    return absl::OkStatus();
  }

  std::string CellText() {
    if (type_ == "inlineStr") return inline_.Take();
    std::string value = value_.Take();
    if (type_ == "s") {
      const size_t index = NumberOr(value, source_.strings.size());
      return index < source_.strings.size() ? source_.strings[index] : "";
    }
    if (type_ == "b") return value == "1" ? "TRUE" : "FALSE";
    if (type_ == "str" || type_ == "e" || type_ == "d" || value.empty()) return value;
    if (style_ >= source_.formats.size()) return value;
    return FormatNumber(value, source_.formats[style_], source_.counts_from_1904);
  }

  const std::string& path_;
  const CellSource& source_;
  const size_t max_columns_;
  const size_t max_bytes_;
  const std::function<absl::Status(SheetRow)>& take_;
  bool in_data_ = false;
  size_t bytes_ = 0;
  SheetRow row_;
  size_t column_ = 0;
  std::string type_;
  size_t style_ = 0;
  TextGatherer value_;
  TextGatherer inline_;
};

absl::Status LoadSource(Workbook& workbook, CellSource& source) {
  source.counts_from_1904 = workbook.counts_from_1904();
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
  if (name.empty()) return &workbook.sheets().front();
  const std::string key = text::FoldSearch(name);
  for (const Workbook::SheetPart& sheet : workbook.sheets()) {
    if (text::FoldSearch(sheet.name) == key) return &sheet;
  }
  return nullptr;
}

absl::Status NoSheet(const Workbook& workbook, std::string_view name) {
  std::vector<std::string> names;
  for (const Workbook::SheetPart& sheet : workbook.sheets()) names.push_back(sheet.name);
  return ToStatus(NoSuchSheet(name, names));
}

absl::Status WithoutPart(const absl::Status& status) {
  if (!absl::IsNotFound(status)) return status;
  return ToStatus(NotAWorkbook("it has no part " + std::string(status.message())));
}

}  // namespace

absl::Status ReadSheet(std::string_view bytes, const ReadOptions& options, std::string& name,
                       const std::function<absl::Status(SheetRow)>& take) {
  ASSIGN_OR_RETURN(Workbook workbook, Workbook::Open(bytes, options.max_bytes));
  const Workbook::SheetPart* part = FindSheet(workbook, options.sheet);
  if (part == nullptr) return NoSheet(workbook, options.sheet);
  CellSource source;
  RETURN_IF_ERROR(WithoutPart(LoadSource(workbook, source)));
  name = part->name;
  // An error of `take` is returned unchanged.
  absl::Status taken;
  const std::function<absl::Status(SheetRow)> pass_on = [&](SheetRow row) {
    taken = take(std::move(row));
    return taken;
  };
  SheetHandler handler(part->path, source, options, pass_on);
  const absl::Status read = workbook.Stream(part->path, handler);
  return taken.ok() ? WithoutPart(read) : taken;
}

}  // namespace kirikae::tabular

#include "service/tabular/xlsx_reader.h"

#include <algorithm>
#include <utility>

#include "service/status_macros.h"
#include "service/tabular/workbook.h"
#include "service/tabular/workbook_formats.h"
#include "service/text/fold.h"

namespace kirikae::tabular {
namespace {

// The text of a string item: its own, or that of its runs; not its furigana (rPh).
std::string StringItem(const pugi::xml_node& item) {
  std::string out;
  for (const pugi::xml_node& part : item.children()) {
    const std::string_view name = LocalName(part.name());
    if (name == "t") out += part.text().get();
    if (name == "r") out += ChildNamed(part, "t").text().get();
  }
  return out;
}

// The 0-based column of a reference such as `AB12`, or `fallback` where there is none.
size_t ColumnOf(std::string_view reference, size_t fallback) {
  size_t column = 0;
  size_t letters = 0;
  while (letters < reference.size() && letters < 4 && reference[letters] >= 'A' &&
         reference[letters] <= 'Z') {
    column = column * 26 + static_cast<size_t>(reference[letters++] - 'A' + 1);
  }
  return letters == 0 ? fallback : column - 1;
}

struct CellSource {
  std::vector<std::string> strings;
  std::vector<NumberFormat> formats;
  bool counts_from_1904 = false;
};

std::string CellText(const pugi::xml_node& cell, const CellSource& source) {
  const std::string_view type = cell.attribute("t").value();
  if (type == "inlineStr") return StringItem(ChildNamed(cell, "is"));
  const std::string value = ChildNamed(cell, "v").text().get();
  if (type == "s") {
    const size_t index = ChildNamed(cell, "v").text().as_ullong(source.strings.size());
    return index < source.strings.size() ? source.strings[index] : "";
  }
  if (type == "b") return value == "1" ? "TRUE" : "FALSE";
  if (type == "str" || type == "e" || value.empty()) return value;
  if (type == "d") return value;
  const size_t style = cell.attribute("s").as_ullong();
  if (style >= source.formats.size()) return value;
  return FormatNumber(value, source.formats[style], source.counts_from_1904);
}

absl::Status LoadSource(Workbook& workbook, CellSource& source) {
  source.counts_from_1904 = workbook.counts_from_1904();
  if (!workbook.shared_strings_path().empty()) {
    pugi::xml_document strings;
    RETURN_IF_ERROR(workbook.Load(workbook.shared_strings_path(), strings));
    for (const pugi::xml_node& item : strings.document_element().children()) {
      source.strings.push_back(StringItem(item));
    }
  }
  if (!workbook.styles_path().empty()) {
    pugi::xml_document styles;
    RETURN_IF_ERROR(workbook.Load(workbook.styles_path(), styles));
    source.formats = CellFormats(styles);
  }
  return absl::OkStatus();
}

absl::StatusOr<SheetRow> ReadRow(const pugi::xml_node& row, size_t number, size_t max_columns,
                                 const CellSource& source) {
  SheetRow out{.number = number, .cells = {}};
  size_t column = 0;
  for (const pugi::xml_node& cell : row.children()) {
    if (LocalName(cell.name()) != "c") continue;
    column = ColumnOf(cell.attribute("r").value(), column);
    std::string text = CellText(cell, source);
    if (!text.empty()) {
      if (column >= max_columns) return ToStatus(TooManyColumns(number, max_columns));
      if (out.cells.size() <= column) out.cells.resize(column + 1);
      out.cells[column] = std::move(text);
    }
    ++column;
  }
  return out;
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

}  // namespace

absl::StatusOr<Sheet> ReadSheet(std::string_view bytes, const ReadOptions& options) {
  ASSIGN_OR_RETURN(Workbook workbook, Workbook::Open(bytes, options.max_bytes));
  const Workbook::SheetPart* part = FindSheet(workbook, options.sheet);
  if (part == nullptr) return NoSheet(workbook, options.sheet);
  CellSource source;
  pugi::xml_document document;
  absl::Status loaded = LoadSource(workbook, source);
  if (loaded.ok()) loaded = workbook.Load(part->path, document);
  if (absl::IsNotFound(loaded)) {
    return ToStatus(NotAWorkbook("it has no part " + std::string(loaded.message())));
  }
  RETURN_IF_ERROR(loaded);
  Sheet sheet{.name = part->name, .rows = {}};
  size_t number = 0;
  for (const pugi::xml_node& row :
       ChildNamed(document.document_element(), "sheetData").children()) {
    number = row.attribute("r").as_ullong(number + 1);
    ASSIGN_OR_RETURN(SheetRow read, ReadRow(row, number, options.max_columns, source));
    if (read.cells.empty()) continue;
    if (sheet.rows.size() > options.max_rows) return ToStatus(TooManyRows(options.max_rows));
    sheet.rows.push_back(std::move(read));
  }
  return sheet;
}

}  // namespace kirikae::tabular

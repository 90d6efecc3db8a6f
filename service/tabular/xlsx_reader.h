// Reads a sheet of an XLSX workbook as rows of text.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "service/tabular/table.h"

namespace kirikae::tabular {

struct SheetRow {
  size_t number = 0;               ///< 1-based, as the sheet numbers it
  std::vector<std::string> cells;  ///< from column A, without empty ones at the end
  CellNotes notes;
  bool hidden = false;
};

/// Reads the sheet `options.sheet`, or the first one that is not hidden. Cells give what the sheet
/// shows (see NumberFormat), with the day in ISO form. Formulas give their stored result, and a
/// problem of the cell where none is stored. The cells that a merged one covers below its first row
/// have its value. Furigana is left out; `_xHHHH_` is the character (ECMA-376 part 1, 22.9.2.19).
/// Sets `table.sheet` and `table.other_sheets`, then passes each row that isn't empty to `take`
/// until it returns an error. InvalidArgument with the problem (see ProblemOf) for a file that is
/// not a complete workbook, an unknown sheet, or a workbook that unpacks beyond the limits.
absl::Status ReadSheet(std::string_view bytes, const ReadOptions& options, Table& table,
                       const std::function<absl::Status(SheetRow)>& take);

/// A text of a workbook without its escapes: `_x000D_` is a carriage return.
std::string FromEscaped(std::string text);

}  // namespace kirikae::tabular

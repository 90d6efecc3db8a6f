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
};

/// Reads the sheet `options.sheet`, or the first. Numbers keep the stored text, padded with zeros
/// when their format is only zeros (`0000000`). Cells with a date format give `2025-05-01`, or
/// `2025-05-01 13:30` if they hold a time. Formulas give their stored result. Furigana is left out.
/// Sets `name` to the sheet's, then passes each row that isn't empty to `take` until it returns an
/// error. InvalidArgument with the problem (see ProblemOf) for a file that is not a complete
/// workbook, an unknown sheet, or a workbook that unpacks beyond the limits.
absl::Status ReadSheet(std::string_view bytes, const ReadOptions& options, std::string& name,
                       const std::function<absl::Status(SheetRow)>& take);

}  // namespace kirikae::tabular

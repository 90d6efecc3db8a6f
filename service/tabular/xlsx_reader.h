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

/// Reads the sheet `options.sheet`, or the first. Numbers keep the text the file stores, padded
/// where their format is only zeros (`0000000`); cells with a date format give `2025-05-01`, or
/// `2025-05-01 13:30` where they hold a time; formulas give their stored result; furigana is
/// left out. `name` becomes the sheet's, then `take` is given each row that isn't empty, until it
/// gives an error. InvalidArgument with the problem (see ProblemOf) for a file that is not a whole
/// workbook, an unknown sheet, or one that unpacks beyond the limits.
absl::Status ReadSheet(std::string_view bytes, const ReadOptions& options, std::string& name,
                       const std::function<absl::Status(SheetRow)>& take);

}  // namespace kirikae::tabular

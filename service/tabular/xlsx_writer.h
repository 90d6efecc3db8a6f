// Writes a workbook of one sheet whose cells are all text.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace kirikae::tabular {

/// The bytes of an XLSX file with these rows, the first of them as a header. Every cell is typed as
/// text, so that no spreadsheet takes one for a number or a formula. UNAVAILABLE when the temporary
/// file can't be written.
absl::StatusOr<std::string> WriteWorkbook(const std::string& sheet,
                                          const std::vector<std::vector<std::string>>& rows);

}  // namespace kirikae::tabular

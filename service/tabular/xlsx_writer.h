// Writes workbooks.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "service/tabular/csv_writer.h"

namespace kirikae::tabular {

/// A text, stored as text so that no spreadsheet takes it for a number or a formula; or a number.
using Cell = std::variant<std::string, double>;

/// A sheet: its name (at most 31 characters) and its rows; the first row is the header.
struct Sheet {
  std::string name;
  std::vector<std::vector<Cell>> rows;
};

/// The bytes of an XLSX file with these sheets. A text that is too long for a cell is cut and ends
/// in `…`. UNAVAILABLE when the temporary file can't be written or read back; RESOURCE_EXHAUSTED
/// for more rows than a sheet has.
absl::StatusOr<std::string> WriteSheets(const std::vector<Sheet>& sheets);

/// The bytes of an XLSX file of one sheet whose cells are all text. `lost`, if it isn't null, gets
/// what the file lacks.
absl::StatusOr<std::string> WriteWorkbook(const std::string& sheet,
                                          const std::vector<std::vector<std::string>>& rows,
                                          std::vector<LostCharacter>* lost = nullptr);

}  // namespace kirikae::tabular

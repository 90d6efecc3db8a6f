// The columns of a file of devices: one row of a table for each.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/tabular/device_rows.h"
#include "service/tabular/problem.h"
#include "service/tabular/row_reader.h"

namespace kirikae::tabular {

/// A cell of the row that a reader is at.
struct CellToRead {
  RowReader& reader;
  std::string_view column;         ///< name
  std::vector<Problem>& problems;  ///< of the row
};

/// What becomes of a column's cells. A pointer is null where a column has no such use.
struct ColumnForm {
  /// Reads the cell into its member, with its problems.
  void (*read)(CellToRead cell, DeviceRow& row) = nullptr;
  /// The cell that an export writes, of a column of this name.
  std::string (*write)(std::string_view column, const DeviceRow& row) = nullptr;
  /// The member as a text of a stored preview, and back (see RowMember).
  std::optional<std::string> (*get)(const DeviceRow& row) = nullptr;
  bool (*set)(DeviceRow& row, std::string_view text) = nullptr;
};

/// A column. Constant; thread-safe.
struct DeviceColumn {
  /// In profiles and in stored previews, where it never changes; that of the record's field.
  std::string_view name;
  std::vector<std::string> headers;  ///< that the profile `ward` knows; exports write the first
  ColumnForm form;
};

/// All columns, in the order in which exports write them and faults are found.
std::span<const DeviceColumn> DeviceColumns();

}  // namespace kirikae::tabular

// Rows of a staff list.
#pragma once

#include <optional>
#include <string>

#include "service/tabular/profile.h"
#include "service/tabular/row_reader.h"
#include "service/tabular/table.h"

namespace kirikae::tabular {

/// One person from a file; nullopt and empty as in DeviceRow.
struct StaffRow {
  std::string staff_number;  ///< folded; leading zeros count
  std::optional<std::string> name;
  std::optional<std::string> kana;
  std::optional<std::string> department;  ///< `総務部/総務課`
  std::optional<std::string> title;
  /// What happens to a moving person's devices: FOLLOW STAY, or empty.
  std::optional<std::string> devices;
  std::optional<std::string> role;  ///< MANAGER PROMOTION_OFFICER STAFF, or empty
};

/// Reads a table's rows one by one. All arguments must outlive it, and the binding must have no
/// error. Not thread-safe.
class StaffRowReader {
 public:
  using Row = StaffRow;
  StaffRowReader(const Table& table, const Profile& profile, const Binding& binding)
      : reader_(table, profile, binding) {}
  /// The row with all its problems.
  TypedRow<StaffRow> Read(const TableRow& source);

 private:
  RowReader reader_;
};

}  // namespace kirikae::tabular

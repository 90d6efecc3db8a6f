// Rows of the authentication product's list of registered faces.
#pragma once

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "service/tabular/profile.h"
#include "service/tabular/row_reader.h"
#include "service/tabular/table.h"

namespace kirikae::tabular {

struct EnrolmentRow {
  std::string staff_number;                   ///< folded
  std::optional<absl::CivilDay> enrolled_on;  ///< set for ENROLLED
  std::string state;                          ///< NONE, ENROLLED or FAILED
};

/// Reads a table's rows one by one. All arguments must outlive it, and the binding must have no
/// error. Not thread-safe.
class EnrolmentRowReader {
 public:
  using Row = EnrolmentRow;
  EnrolmentRowReader(const Table& table, const Profile& profile, const Binding& binding)
      : reader_(table, profile, binding) {}
  /// The row with all its problems. Without a state in the file, a day means ENROLLED and no day
  /// NONE.
  TypedRow<EnrolmentRow> Read(const TableRow& source);

 private:
  RowReader reader_;
};

}  // namespace kirikae::tabular

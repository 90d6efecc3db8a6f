// Reads a whole file into memory. The product never does: it streams rows.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "service/status_macros.h"
#include "service/tabular/device_rows.h"
#include "service/tabular/enrolment_rows.h"
#include "service/tabular/profile.h"
#include "service/tabular/row_reader.h"
#include "service/tabular/staff_rows.h"
#include "service/tabular/table.h"

namespace kirikae::tabular {

struct WholeTable : Table {
  std::vector<TableRow> rows;
};

/// StreamTable, with the rows kept.
inline absl::StatusOr<WholeTable> ReadTable(std::string_view bytes,
                                            const ReadOptions& options = {}) {
  WholeTable whole;
  const TableSink sink{[](const Table&) { return absl::OkStatus(); },
                       [&](TableRow row) {
                         whole.rows.push_back(std::move(row));
                         return absl::OkStatus();
                       }};
  ASSIGN_OR_RETURN(Table table, StreamTable(bytes, options, sink));
  static_cast<Table&>(whole) = std::move(table);
  return whole;
}

/// All rows of a table; if the header has problems, these and no rows.
template <typename T>
struct TypedRows {
  std::vector<Problem> header_problems;
  std::vector<TypedRow<T>> rows;
};

template <typename Reader>
TypedRows<typename Reader::Row> ReadAllRows(const WholeTable& table, const Profile& profile) {
  TypedRows<typename Reader::Row> out;
  const Binding binding = Bind(profile, table.header);
  out.header_problems = binding.problems;
  if (HasError(out.header_problems)) return out;
  Reader reader(table, profile, binding);
  for (const TableRow& row : table.rows) out.rows.push_back(reader.Read(row));
  return out;
}

inline TypedRows<DeviceRow> ReadDeviceRows(const WholeTable& table, const Profile& profile) {
  return ReadAllRows<DeviceRowReader>(table, profile);
}
inline TypedRows<StaffRow> ReadStaffRows(const WholeTable& table, const Profile& profile) {
  return ReadAllRows<StaffRowReader>(table, profile);
}
inline TypedRows<EnrolmentRow> ReadEnrolmentRows(const WholeTable& table, const Profile& profile) {
  return ReadAllRows<EnrolmentRowReader>(table, profile);
}

}  // namespace kirikae::tabular

#include "service/tabular/staff_rows.h"

namespace kirikae::tabular {

TypedRows<StaffRow> ReadStaffRows(const Table& table, const Profile& profile) {
  TypedRows<StaffRow> out;
  const Binding binding = Bind(profile, table.header);
  out.header_problems = binding.problems;
  out.complete = table.complete;
  if (HasError(out.header_problems)) return out;
  RowReader reader(table, profile, binding);
  out.rows.reserve(table.rows.size());
  for (const TableRow& source : table.rows) {
    TypedRow<StaffRow>& row = out.rows.emplace_back();
    row.line = source.line;
    reader.Turn(source, &row.problems);
    if (HasError(source.problems)) continue;
    row.value.staff_number = reader.Key("staff_number");
    row.value.name = reader.Text("name");
    if (row.value.name && row.value.name->empty()) {
      row.problems.push_back(EmptyCell(reader.Header("name")));
    }
    row.value.kana = reader.Text("kana");
    row.value.department = reader.Department();
    row.value.title = reader.Text("title");
    row.value.role = reader.Value("role");
    row.value.devices = reader.Value("devices");
  }
  return out;
}

}  // namespace kirikae::tabular

#include "service/tabular/enrolment_rows.h"

namespace kirikae::tabular {

TypedRows<EnrolmentRow> ReadEnrolmentRows(const Table& table, const Profile& profile) {
  TypedRows<EnrolmentRow> out;
  const Binding binding = Bind(profile, table.header);
  out.header_problems = binding.problems;
  out.complete = table.complete;
  if (HasError(out.header_problems)) return out;
  RowReader reader(table, profile, binding);
  out.rows.reserve(table.rows.size());
  for (const TableRow& source : table.rows) {
    TypedRow<EnrolmentRow>& row = out.rows.emplace_back();
    row.line = source.line;
    reader.Turn(source, &row.problems);
    if (HasError(source.problems)) continue;
    row.value.staff_number = reader.Key("staff_number");
    if (const auto day = reader.Day("enrolled_on")) row.value.enrolled_on = *day;
    row.value.state = reader.Value("state").value_or("");
    if (HasError(row.problems)) continue;
    if (row.value.state.empty()) row.value.state = row.value.enrolled_on ? "ENROLLED" : "NONE";
    if (row.value.state == "ENROLLED" && !row.value.enrolled_on) {
      row.problems.push_back(EnrolledWithoutDate(reader.Header("enrolled_on")));
    }
  }
  return out;
}

}  // namespace kirikae::tabular

#include "service/tabular/enrolment_rows.h"

namespace kirikae::tabular {

TypedRow<EnrolmentRow> EnrolmentRowReader::Read(const TableRow& source) {
  TypedRow<EnrolmentRow> row;
  row.line = source.line;
  reader_.Turn(source, &row.problems);
  if (HasError(source.problems)) return row;
  row.value.staff_number = reader_.Key("staff_number");
  if (const auto day = reader_.Day("enrolled_on")) row.value.enrolled_on = *day;
  row.value.state = reader_.Value("state").value_or("");
  if (HasError(row.problems)) return row;
  if (row.value.state.empty()) row.value.state = row.value.enrolled_on ? "ENROLLED" : "NONE";
  if (row.value.state == "ENROLLED" && !row.value.enrolled_on) {
    row.problems.push_back(EnrolledWithoutDate(reader_.Header("enrolled_on")));
  }
  return row;
}

}  // namespace kirikae::tabular

#include "service/tabular/staff_rows.h"

namespace kirikae::tabular {

TypedRow<StaffRow> StaffRowReader::Read(const TableRow& source) {
  TypedRow<StaffRow> row;
  row.line = source.line;
  reader_.Turn(source, &row.problems);
  if (HasError(source.problems)) return row;
  row.value.staff_number = reader_.Key("staff_number");
  row.value.name = reader_.Text("name");
  if (row.value.name && row.value.name->empty()) {
    row.problems.push_back(EmptyCell(reader_.Header("name")));
  }
  row.value.kana = reader_.Text("kana");
  row.value.department = reader_.Department();
  row.value.title = reader_.Text("title");
  row.value.role = reader_.Value("role");
  row.value.devices = reader_.Value("devices");
  return row;
}

}  // namespace kirikae::tabular

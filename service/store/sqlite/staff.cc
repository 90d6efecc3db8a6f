// The table of the staff list.
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/tables.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kFind[] = R"sql(
SELECT staff_number, name, kana, department, title, role, enrolment, enrolled_on, version,
       consent_withheld
FROM staff WHERE staff_number = ?1
)sql";
constexpr char kList[] = R"sql(
SELECT staff_number, name, kana, department, title, role, enrolment, enrolled_on, version,
       consent_withheld
FROM staff WHERE staff_number > ?1 ORDER BY staff_number LIMIT ?2
)sql";
constexpr char kCount[] = "SELECT count(*) FROM staff";
constexpr char kPut[] = R"sql(
INSERT OR REPLACE INTO staff (staff_number, name, kana, department, title, role, enrolment,
                              enrolled_on, consent_withheld, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
)sql";
constexpr char kRemove[] = "DELETE FROM staff WHERE staff_number = ?1 AND version = ?2";

domain::Staff Read(const Query& row) {
  return {.staff_number = row.Text(0),
          .name = row.Text(1),
          .kana = row.Text(2),
          .department = row.Text(3),
          .title = row.Text(4),
          .role = row.As<domain::StaffRole>(5),
          .enrolment = row.As<domain::EnrolmentState>(6),
          .enrolled_on = row.Day(7),
          .consent_withheld = row.Text(9),
          .version = row.Number(8)};
}

bool Write(Connection& connection, const std::optional<domain::Staff>& old,
           const domain::Staff& staff) {
  connection.Use(kPut)
      .BindHere(staff.staff_number)
      .BindHere(staff.name)
      .BindHere(staff.kana)
      .BindHere(staff.department)
      .BindHere(staff.title)
      .Bind(staff.role)
      .Bind(staff.enrolment)
      .Bind(staff.enrolled_on)
      .BindHere(staff.consent_withheld)
      .Bind(NextVersion(old))
      .Run();
  return true;
}

bool Remove(Connection& connection, const domain::Staff& staff) {
  connection.Use(kRemove).BindHere(staff.staff_number).Bind(staff.version).Run();
  return connection.Changes() == 1;
}

}  // namespace

absl::StatusOr<std::optional<domain::Staff>> SqliteView::FindStaff(std::string_view staff_number) {
  return Guarded([&] {
    Query query = connection_.Use(kFind);
    return One(query.Bind(staff_number), Read);
  });
}

absl::StatusOr<std::vector<domain::Staff>> SqliteView::ListStaff(const Page& page) {
  return Guarded([&] {
    Query query = connection_.Use(kList);
    return All(query.Bind(page.after).Bind(page.limit), Read);
  });
}

absl::StatusOr<int64_t> SqliteView::CountStaff() {
  return Guarded([&] { return Number(connection_.Use(kCount)); });
}

const Table<domain::Staff>& TableOf(const domain::Staff*) {
  static constexpr Table<domain::Staff> kTable{
      .kind = domain::RecordKind::kStaff,
      .name = "staff",
      .count = kCount,
      .find = [](ReadView& view,
                 const domain::Staff& staff) { return view.FindStaff(staff.staff_number); },
      .named =
          [](const domain::RecordName& name) {
            domain::Staff staff;
            staff.staff_number = name.id;
            return staff;
          },
      .write = Write,
      .remove = Remove};
  return kTable;
}

}  // namespace kirikae::store

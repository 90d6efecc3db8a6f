// The table of calendar days.
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/tables.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kFind[] =
    "SELECT day, holiday, office, reason, version FROM "
    "calendar_days WHERE day = ?1";
constexpr char kList[] = R"sql(
SELECT day, holiday, office, reason, version FROM calendar_days
WHERE day >= ?1 AND day <= ?2 ORDER BY day
)sql";
constexpr char kCount[] = "SELECT count(*) FROM calendar_days";
constexpr char kPut[] = R"sql(
INSERT OR REPLACE INTO calendar_days (day, holiday, office, reason, version)
VALUES (?1, ?2, ?3, ?4, ?5)
)sql";
constexpr char kRemove[] = "DELETE FROM calendar_days WHERE day = ?1 AND version = ?2";

domain::CalendarDay Read(const Query& row) {
  return {.day = row.Day(0).value_or(absl::CivilDay()),
          .holiday = row.Text(1),
          .office = row.MaybeAs<domain::OfficeDay>(2),
          .reason = row.Text(3),
          .version = row.Number(4)};
}

bool Write(Connection& connection, const std::optional<domain::CalendarDay>& old,
           const domain::CalendarDay& day) {
  connection.Use(kPut)
      .Bind(day.day)
      .BindHere(day.holiday)
      .Bind(day.office)
      .BindHere(day.reason)
      .Bind(NextVersion(old))
      .Run();
  return true;
}

bool Remove(Connection& connection, const domain::CalendarDay& day) {
  connection.Use(kRemove).Bind(day.day).Bind(day.version).Run();
  return connection.Changes() == 1;
}

}  // namespace

absl::StatusOr<std::optional<domain::CalendarDay>> SqliteView::FindCalendarDay(absl::CivilDay day) {
  return Guarded([&] {
    Query query = connection_.Use(kFind);
    return One(query.Bind(day), Read);
  });
}

absl::StatusOr<std::vector<domain::CalendarDay>> SqliteView::ListCalendarDays(absl::CivilDay from,
                                                                              absl::CivilDay to) {
  return Guarded([&] {
    Query query = connection_.Use(kList);
    return All(query.Bind(from).Bind(to), Read);
  });
}

const Table<domain::CalendarDay>& TableOf(const domain::CalendarDay*) {
  static constexpr Table<domain::CalendarDay> kTable{
      .kind = domain::RecordKind::kCalendarDay,
      .name = "calendar_days",
      .count = kCount,
      .find = [](ReadView& view,
                 const domain::CalendarDay& day) { return view.FindCalendarDay(day.day); },
      .named =
          [](const domain::RecordName& name) {
            domain::CalendarDay day;
            if (!absl::ParseCivilTime(name.id, &day.day)) day.day = absl::CivilDay::min();
            return day;
          },
      .write = Write,
      .remove = Remove};
  return kTable;
}

}  // namespace kirikae::store

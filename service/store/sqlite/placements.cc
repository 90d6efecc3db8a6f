// The table of placements.
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/placement_counts.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/tables.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kFind[] = R"sql(
SELECT rollout, asset_tag, wave, phase, day, slot, team, state, cause, method_before,
       off_schedule, version, until, marked_time, failures, absences
FROM placements WHERE rollout = ?1 AND asset_tag = ?2
)sql";
constexpr char kOfDevice[] = R"sql(
SELECT rollout, asset_tag, wave, phase, day, slot, team, state, cause, method_before,
       off_schedule, version, until, marked_time, failures, absences
FROM placements WHERE asset_tag = ?1 ORDER BY rollout
)sql";
// An empty text, a NULL day and 0 match all. States 2 and 3 are PLANNED and DUE. NULL days sort
// first, and a comparison with NULL is never true, so each list has its own condition for where it
// begins.
constexpr char kList[] = R"sql(
SELECT rollout, asset_tag, wave, phase, day, slot, team, state, cause, method_before,
       off_schedule, version, until, marked_time, failures, absences
FROM placements
WHERE rollout = ?1
  AND (?2 = '' OR team = ?2) AND (?3 IS NULL OR day <= ?3)
  AND (?4 = 0 OR state IN (2, 3)) AND (?5 = 0 OR wave = ?5)
ORDER BY day, slot, team, asset_tag LIMIT ?6
)sql";
constexpr char kListAfterNoDay[] = R"sql(
SELECT rollout, asset_tag, wave, phase, day, slot, team, state, cause, method_before,
       off_schedule, version, until, marked_time, failures, absences
FROM placements
WHERE rollout = ?1 AND (day IS NOT NULL OR (slot, team, asset_tag) > (?7, ?8, ?9))
  AND (?2 = '' OR team = ?2) AND (?3 IS NULL OR day <= ?3)
  AND (?4 = 0 OR state IN (2, 3)) AND (?5 = 0 OR wave = ?5)
ORDER BY day, slot, team, asset_tag LIMIT ?6
)sql";
constexpr char kListAfterDay[] = R"sql(
SELECT rollout, asset_tag, wave, phase, day, slot, team, state, cause, method_before,
       off_schedule, version, until, marked_time, failures, absences
FROM placements
WHERE rollout = ?1 AND (day, slot, team, asset_tag) > (?10, ?7, ?8, ?9)
  AND (?2 = '' OR team = ?2) AND (?3 IS NULL OR day <= ?3)
  AND (?4 = 0 OR state IN (2, 3)) AND (?5 = 0 OR wave = ?5)
ORDER BY day, slot, team, asset_tag LIMIT ?6
)sql";
constexpr char kCount[] = "SELECT count(*) FROM placements";
constexpr char kPut[] = R"sql(
INSERT INTO placements (rollout, asset_tag, wave, phase, day, slot, team, state, cause,
                        method_before, off_schedule, version, until, marked_time,
                        failures, absences)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
ON CONFLICT (rollout, asset_tag) DO UPDATE SET
  wave = excluded.wave, phase = excluded.phase, day = excluded.day, slot = excluded.slot,
  team = excluded.team, state = excluded.state, cause = excluded.cause,
  method_before = excluded.method_before, off_schedule = excluded.off_schedule,
  version = excluded.version, until = excluded.until, marked_time = excluded.marked_time,
  failures = excluded.failures, absences = excluded.absences
)sql";
// One that stays where it is in every list: no index is touched.
constexpr char kChangeInPlace[] = R"sql(
UPDATE placements SET wave = ?3, phase = ?4, state = ?5, cause = ?6, method_before = ?7,
  off_schedule = ?8, version = ?9, until = ?10, marked_time = ?11, failures = ?12, absences = ?13
WHERE rollout = ?1 AND asset_tag = ?2
)sql";
constexpr char kRemove[] =
    "DELETE FROM placements WHERE rollout = ?1 AND "
    "asset_tag = ?2 AND version = ?3";

constexpr int kNoLimit = -1;

domain::Placement Read(const Query& row) {
  return {.rollout = row.Text(0),
          .asset_tag = row.Text(1),
          .wave = row.Number(2),
          .phase = row.Text(3),
          .day = row.Day(4),
          .slot = row.Text(5),
          .team = row.Text(6),
          .state = row.As<domain::PlacementState>(7),
          .cause = row.MaybeAs<domain::FailureCause>(8),
          .method_before = row.MaybeAs<domain::AuthMethod>(9),
          .off_schedule = row.Flag(10),
          .until = row.Day(12),
          .marked_time = row.MaybeTime(13),
          .failures = row.Number(14),
          .absences = row.Number(15),
          .version = row.Number(11)};
}

bool Write(Connection& connection, const std::optional<domain::Placement>& old,
           const domain::Placement& placement) {
  const bool stays = old.has_value() && old->day == placement.day && old->slot == placement.slot &&
                     old->team == placement.team;
  {
    Query put = connection.Use(stays ? kChangeInPlace : kPut);
    put.BindHere(placement.rollout)
        .BindHere(placement.asset_tag)
        .Bind(placement.wave)
        .BindHere(placement.phase);
    if (!stays) put.Bind(placement.day).BindHere(placement.slot).BindHere(placement.team);
    put.Bind(placement.state)
        .Bind(placement.cause)
        .Bind(placement.method_before)
        .Bind(placement.off_schedule)
        .Bind(NextVersion(old))
        .Bind(placement.until)
        .Bind(placement.marked_time)
        .Bind(placement.failures)
        .Bind(placement.absences)
        .Run();
  }
  CountPlacement(connection, old.has_value() ? &*old : nullptr, &placement);
  return true;
}

bool Remove(Connection& connection, const domain::Placement& placement) {
  connection.Use(kRemove)
      .BindHere(placement.rollout)
      .BindHere(placement.asset_tag)
      .Bind(placement.version)
      .Run();
  if (connection.Changes() != 1) return false;
  CountPlacement(connection, &placement, nullptr);
  return true;
}

}  // namespace

absl::StatusOr<std::optional<domain::Placement>> SqliteView::FindPlacement(
    std::string_view rollout, std::string_view asset_tag) {
  return Guarded([&] {
    Query query = connection_.Use(kFind);
    return One(query.Bind(rollout).Bind(asset_tag), Read);
  });
}

absl::StatusOr<std::vector<domain::Placement>> SqliteView::PlacementsOf(
    std::string_view asset_tag) {
  return Guarded([&] {
    Query query = connection_.Use(kOfDevice);
    return All(query.Bind(asset_tag), Read);
  });
}

absl::StatusOr<std::vector<domain::Placement>> SqliteView::ListPlacements(
    const PlacementQuery& wanted) {
  return Guarded([&] {
    const std::optional<PlacementKey>& after = wanted.after;
    const char* const sql = !after.has_value()       ? kList
                            : after->day.has_value() ? kListAfterDay
                                                     : kListAfterNoDay;
    Query query = connection_.Use(sql);
    query.Bind(wanted.rollout)
        .Bind(wanted.team)
        .Bind(wanted.until)
        .Bind(wanted.open_only)
        .Bind(wanted.wave)
        .Bind(wanted.limit == 0 ? kNoLimit : wanted.limit);
    if (after.has_value()) query.Bind(after->slot).Bind(after->team).Bind(after->asset_tag);
    if (after.has_value() && after->day.has_value()) query.Bind(after->day);
    return All(query, Read);
  });
}

const Table<domain::Placement>& TableOf(const domain::Placement*) {
  static constexpr Table<domain::Placement> kTable{
      .kind = domain::RecordKind::kPlacement,
      .name = "placements",
      .count = kCount,
      .find =
          [](ReadView& view, const domain::Placement& placement) {
            return view.FindPlacement(placement.rollout, placement.asset_tag);
          },
      .named =
          [](const domain::RecordName& name) {
            domain::Placement placement;
            placement.rollout = name.rollout;
            placement.asset_tag = name.id;
            return placement;
          },
      .write = Write,
      .remove = Remove};
  return kTable;
}

}  // namespace kirikae::store

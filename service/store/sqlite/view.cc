#include "service/store/sqlite/view.h"

#include <utility>

#include "service/store/sqlite/guard.h"

namespace kirikae::store {
namespace {

constexpr char kFindStaff[] = R"sql(
SELECT staff_number, name, kana, department, title, role, enrolment, enrolled_on, version,
       consent_withheld
FROM staff WHERE staff_number = ?1
)sql";
constexpr char kListStaff[] = R"sql(
SELECT staff_number, name, kana, department, title, role, enrolment, enrolled_on, version,
       consent_withheld
FROM staff WHERE staff_number > ?1 ORDER BY staff_number LIMIT ?2
)sql";
constexpr char kCountStaff[] = "SELECT count(*) FROM staff";

constexpr char kFindRollout[] = R"sql(
SELECT id, title, source, from_method, to_method, state, approved_plan, version,
       waves_go_on_until, minimum_os
FROM rollouts WHERE id = ?1
)sql";
constexpr char kListRollouts[] = R"sql(
SELECT id, title, source, from_method, to_method, state, approved_plan, version,
       waves_go_on_until, minimum_os
FROM rollouts WHERE id > ?1 ORDER BY id LIMIT ?2
)sql";

constexpr char kFindPlan[] = R"sql(
SELECT rollout, number, state, solution, creator, create_time, submitter, approver, remark,
       approve_time, planned_count, left_count, blocked_count, version
FROM plans WHERE rollout = ?1 AND number = ?2
)sql";
constexpr char kListPlans[] = R"sql(
SELECT rollout, number, state, x'', creator, create_time, submitter, approver, remark,
       approve_time, planned_count, left_count, blocked_count, version
FROM plans WHERE rollout = ?1 ORDER BY number DESC
)sql";

constexpr char kFindWave[] = R"sql(
SELECT rollout, number, plan, phase, day, slot, team, state, version, make_up
FROM waves WHERE rollout = ?1 AND number = ?2
)sql";
constexpr char kListWaves[] = R"sql(
SELECT rollout, number, plan, phase, day, slot, team, state, version, make_up
FROM waves WHERE rollout = ?1 ORDER BY day, slot, team, number
)sql";

constexpr char kFindPlacement[] = R"sql(
SELECT rollout, asset_tag, wave, phase, day, slot, team, state, cause, method_before,
       off_schedule, version, until, marked_time, failures, absences
FROM placements WHERE rollout = ?1 AND asset_tag = ?2
)sql";
constexpr char kPlacementsOf[] = R"sql(
SELECT rollout, asset_tag, wave, phase, day, slot, team, state, cause, method_before,
       off_schedule, version, until, marked_time, failures, absences
FROM placements WHERE asset_tag = ?1 ORDER BY rollout
)sql";
// An empty text or a NULL day matches all; states 2 and 3 are PLANNED and DUE.
constexpr char kListPlacements[] = R"sql(
SELECT rollout, asset_tag, wave, phase, day, slot, team, state, cause, method_before,
       off_schedule, version, until, marked_time, failures, absences
FROM placements
WHERE (?1 = '' OR rollout = ?1) AND (?2 = '' OR team = ?2) AND (?3 IS NULL OR day <= ?3)
  AND (?4 = 0 OR state IN (2, 3)) AND (?5 = 0 OR wave = ?5)
ORDER BY rollout, day, slot, team, asset_tag
)sql";

// Wave -1 stands for all waves of a phase.
constexpr char kCountPlacements[] = R"sql(
SELECT 0, phase, state, count FROM placement_counts
WHERE rollout = ?1 AND wave = -1 AND count > 0
)sql";
constexpr char kCountWaves[] = R"sql(
SELECT wave, phase, state, count FROM placement_counts
WHERE rollout = ?1 AND wave >= 0 AND count > 0
)sql";
constexpr char kCountWave[] = R"sql(
SELECT wave, phase, state, count FROM placement_counts
WHERE rollout = ?1 AND wave = ?2 AND count > 0
)sql";
// 4 to 7 are MIGRATED, VERIFIED, FAILED and ROLLED_BACK.
constexpr char kLastMark[] = R"sql(
SELECT coalesce(max(marked_time), 0) FROM placements
WHERE rollout = ?1 AND phase = ?2 AND state BETWEEN 4 AND 7
)sql";
constexpr char kFindPhase[] = R"sql(
SELECT rollout, id, state, returns_to, hold_rule, hold_reason, held_by, hold_time,
       held_succeeded, held_attempted, held_incidents, forgiven_failures, forgiven_incidents,
       done_on, released_by, remark, release_time, approved, overridden, opened_on, passed_on,
       version
FROM phases WHERE rollout = ?1 AND id = ?2
)sql";
constexpr char kListPhases[] = R"sql(
SELECT rollout, id, state, returns_to, hold_rule, hold_reason, held_by, hold_time,
       held_succeeded, held_attempted, held_incidents, forgiven_failures, forgiven_incidents,
       done_on, released_by, remark, release_time, approved, overridden, opened_on, passed_on,
       version
FROM phases WHERE rollout = ?1 ORDER BY id
)sql";

constexpr char kListTokens[] =
    "SELECT id, display_name, role, hash, expire_time, revoked, version FROM tokens ORDER BY id";
constexpr char kFindImport[] =
    "SELECT id, kind, payload, change_set, version FROM imports WHERE id = ?1";
constexpr char kFindImportPart[] =
    "SELECT payload FROM import_parts WHERE import = ?1 AND number = ?2";

constexpr char kFindImportProfile[] =
    "SELECT name, kind, source, version FROM import_profiles WHERE name = ?1";
constexpr char kListImportProfiles[] =
    "SELECT name, kind, source, version FROM import_profiles ORDER BY name";

constexpr char kFindCalendarDay[] =
    "SELECT day, holiday, office, reason, version FROM calendar_days WHERE day = ?1";
constexpr char kListCalendarDays[] = R"sql(
SELECT day, holiday, office, reason, version FROM calendar_days
WHERE day >= ?1 AND day <= ?2 ORDER BY day
)sql";

domain::Staff ReadStaff(const Query& row) {
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

domain::Rollout ReadRollout(const Query& row) {
  return {.id = row.Text(0),
          .title = row.Text(1),
          .source = row.Text(2),
          .from_method = row.As<domain::AuthMethod>(3),
          .to_method = row.As<domain::AuthMethod>(4),
          .minimum_os = row.Text(9),
          .state = row.As<domain::RolloutState>(5),
          .approved_plan = row.Number(6),
          .waves_go_on_until = row.Day(8),
          .version = row.Number(7)};
}

domain::Plan ReadPlan(const Query& row) {
  domain::Plan plan{.rollout = row.Text(0),
                    .number = row.Number(1),
                    .state = row.As<domain::PlanState>(2),
                    .solution = row.Text(3),
                    .creator = row.Text(4),
                    .create_time = row.Time(5),
                    .submitter = row.Text(6),
                    .approver = row.Text(7),
                    .remark = row.Text(8),
                    .approve_time = std::nullopt,
                    .planned_count = row.Number(10),
                    .left_count = row.Number(11),
                    .blocked_count = row.Number(12),
                    .version = row.Number(13)};
  if (row.Number(9) != 0) plan.approve_time = row.Time(9);
  return plan;
}

domain::Wave ReadWave(const Query& row) {
  return {.rollout = row.Text(0),
          .number = row.Number(1),
          .plan = row.Number(2),
          .phase = row.Text(3),
          .day = row.Day(4).value_or(absl::CivilDay()),
          .slot = row.Text(5),
          .team = row.Text(6),
          .state = row.As<domain::WaveState>(7),
          .make_up = row.Number(9) != 0,
          .version = row.Number(8)};
}

domain::Placement ReadPlacement(const Query& row) {
  domain::Placement placement{.rollout = row.Text(0),
                              .asset_tag = row.Text(1),
                              .wave = row.Number(2),
                              .phase = row.Text(3),
                              .day = row.Day(4),
                              .slot = row.Text(5),
                              .team = row.Text(6),
                              .state = row.As<domain::PlacementState>(7),
                              .cause = std::nullopt,
                              .method_before = std::nullopt,
                              .off_schedule = row.Number(10) != 0,
                              .until = row.Day(12),
                              .marked_time = std::nullopt,
                              .failures = row.Number(14),
                              .absences = row.Number(15),
                              .version = row.Number(11)};
  if (row.Number(8) != 0) placement.cause = row.As<domain::FailureCause>(8);
  if (row.Number(13) != 0) placement.marked_time = row.Time(13);
  if (row.Number(9) != 0) placement.method_before = row.As<domain::AuthMethod>(9);
  return placement;
}

PlacementCount ReadCount(const Query& row) {
  return {row.Number(0), row.Text(1), row.As<domain::PlacementState>(2), row.Number(3)};
}

domain::PhaseStatus ReadPhase(const Query& row) {
  domain::PhaseStatus phase;
  phase.rollout = row.Text(0);
  phase.id = row.Text(1);
  phase.state = row.As<domain::PhaseState>(2);
  phase.returns_to = row.As<domain::PhaseState>(3);
  if (row.Number(4) != 0) phase.hold_rule = row.As<domain::HoldRule>(4);
  phase.hold_reason = row.Text(5);
  phase.held_by = row.Text(6);
  if (row.Number(7) != 0) phase.hold_time = row.Time(7);
  phase.held_succeeded = row.Number(8);
  phase.held_attempted = row.Number(9);
  phase.held_incidents = row.Number(10);
  phase.forgiven_failures = row.Number(11);
  phase.forgiven_incidents = row.Number(12);
  phase.done_on = row.Day(13);
  phase.released_by = row.Text(14);
  phase.remark = row.Text(15);
  if (row.Number(16) != 0) phase.release_time = row.Time(16);
  phase.approved = row.Number(17) != 0;
  phase.overridden = row.Number(18) != 0;
  phase.opened_on = row.Day(19);
  phase.passed_on = row.Day(20);
  phase.version = row.Number(21);
  return phase;
}

domain::Token ReadToken(const Query& row) {
  return {.id = row.Number(0),
          .display_name = row.Text(1),
          .role = row.As<domain::Role>(2),
          .hash = row.Text(3),
          .expire_time = row.Time(4),
          .revoked = row.Number(5) != 0,
          .version = row.Number(6)};
}

domain::ImportPreview ReadImport(const Query& row) {
  return {.id = row.Number(0),
          .kind = row.As<domain::ImportKind>(1),
          .payload = row.Text(2),
          .parts = {},
          .change_set = row.Number(3),
          .version = row.Number(4)};
}

domain::ImportProfile ReadImportProfile(const Query& row) {
  return {.name = row.Text(0),
          .kind = row.As<domain::ImportKind>(1),
          .source = row.Text(2),
          .version = row.Number(3)};
}

domain::CalendarDay ReadCalendarDay(const Query& row) {
  domain::CalendarDay day{.day = row.Day(0).value_or(absl::CivilDay()),
                          .holiday = row.Text(1),
                          .office = std::nullopt,
                          .reason = row.Text(3),
                          .version = row.Number(4)};
  if (row.Number(2) != 0) day.office = row.As<domain::OfficeDay>(2);
  return day;
}

// The first row as a record, or nothing.
template <typename Read>
auto One(Query& query, Read read) -> std::optional<decltype(read(query))> {
  if (!query.Next()) return std::nullopt;
  return read(query);
}

template <typename Read>
auto All(Query& query, Read read) -> std::vector<decltype(read(query))> {
  std::vector<decltype(read(query))> rows;
  while (query.Next()) rows.push_back(read(query));
  return rows;
}

}  // namespace

absl::StatusOr<std::optional<domain::Staff>> SqliteView::FindStaff(std::string_view staff_number) {
  return Guarded([&] {
    Query query = connection_.Use(kFindStaff);
    return One(query.Bind(staff_number), ReadStaff);
  });
}

absl::StatusOr<std::vector<domain::Staff>> SqliteView::ListStaff(const Page& page) {
  return Guarded([&] {
    Query query = connection_.Use(kListStaff);
    return All(query.Bind(page.after).Bind(page.limit), ReadStaff);
  });
}

absl::StatusOr<int64_t> SqliteView::CountStaff() {
  return Guarded([&] {
    Query query = connection_.Use(kCountStaff);
    query.Next();
    return query.Number(0);
  });
}

absl::StatusOr<std::optional<domain::Rollout>> SqliteView::FindRollout(std::string_view id) {
  return Guarded([&] {
    Query query = connection_.Use(kFindRollout);
    return One(query.Bind(id), ReadRollout);
  });
}

absl::StatusOr<std::vector<domain::Rollout>> SqliteView::ListRollouts(const Page& page) {
  return Guarded([&] {
    Query query = connection_.Use(kListRollouts);
    return All(query.Bind(page.after).Bind(page.limit), ReadRollout);
  });
}

absl::StatusOr<std::optional<domain::Plan>> SqliteView::FindPlan(std::string_view rollout,
                                                                 int64_t number) {
  return Guarded([&] {
    Query query = connection_.Use(kFindPlan);
    return One(query.Bind(rollout).Bind(number), ReadPlan);
  });
}

absl::StatusOr<std::vector<domain::Plan>> SqliteView::ListPlans(std::string_view rollout) {
  return Guarded([&] {
    Query query = connection_.Use(kListPlans);
    return All(query.Bind(rollout), ReadPlan);
  });
}

absl::StatusOr<std::optional<domain::Wave>> SqliteView::FindWave(std::string_view rollout,
                                                                 int64_t number) {
  return Guarded([&] {
    Query query = connection_.Use(kFindWave);
    return One(query.Bind(rollout).Bind(number), ReadWave);
  });
}

absl::StatusOr<std::vector<domain::Wave>> SqliteView::ListWaves(std::string_view rollout) {
  return Guarded([&] {
    Query query = connection_.Use(kListWaves);
    return All(query.Bind(rollout), ReadWave);
  });
}

absl::StatusOr<std::optional<domain::Placement>> SqliteView::FindPlacement(
    std::string_view rollout, std::string_view asset_tag) {
  return Guarded([&] {
    Query query = connection_.Use(kFindPlacement);
    return One(query.Bind(rollout).Bind(asset_tag), ReadPlacement);
  });
}

absl::StatusOr<std::vector<domain::Placement>> SqliteView::PlacementsOf(
    std::string_view asset_tag) {
  return Guarded([&] {
    Query query = connection_.Use(kPlacementsOf);
    return All(query.Bind(asset_tag), ReadPlacement);
  });
}

absl::StatusOr<std::vector<domain::Placement>> SqliteView::ListPlacements(
    const PlacementQuery& wanted) {
  return Guarded([&] {
    Query query = connection_.Use(kListPlacements);
    query.Bind(wanted.rollout)
        .Bind(wanted.team)
        .Bind(wanted.until)
        .Bind(static_cast<int64_t>(wanted.open_only))
        .Bind(wanted.wave);
    return All(query, ReadPlacement);
  });
}

absl::StatusOr<std::vector<PlacementCount>> SqliteView::CountPlacements(std::string_view rollout) {
  return Guarded([&] {
    Query query = connection_.Use(kCountPlacements);
    return All(query.Bind(rollout), ReadCount);
  });
}

absl::StatusOr<std::vector<PlacementCount>> SqliteView::CountWaves(std::string_view rollout,
                                                                   int64_t wave) {
  return Guarded([&] {
    Query query = connection_.Use(wave == 0 ? kCountWaves : kCountWave);
    query.Bind(rollout);
    if (wave != 0) query.Bind(wave);
    return All(query, ReadCount);
  });
}

absl::StatusOr<std::optional<absl::Time>> SqliteView::LastMark(std::string_view rollout,
                                                               std::string_view phase) {
  return Guarded([&] {
    Query query = connection_.Use(kLastMark);
    query.Bind(rollout).Bind(phase);
    const bool any = query.Next() && query.Number(0) != 0;
    return any ? std::optional(query.Time(0)) : std::nullopt;
  });
}

absl::StatusOr<std::optional<domain::PhaseStatus>> SqliteView::FindPhase(std::string_view rollout,
                                                                         std::string_view id) {
  return Guarded([&] {
    Query query = connection_.Use(kFindPhase);
    return One(query.Bind(rollout).Bind(id), ReadPhase);
  });
}

absl::StatusOr<std::vector<domain::PhaseStatus>> SqliteView::ListPhases(std::string_view rollout) {
  return Guarded([&] {
    Query query = connection_.Use(kListPhases);
    return All(query.Bind(rollout), ReadPhase);
  });
}

absl::StatusOr<std::vector<domain::Token>> SqliteView::ListTokens() {
  return Guarded([&] {
    Query query = connection_.Use(kListTokens);
    return All(query, ReadToken);
  });
}

absl::StatusOr<std::optional<domain::ImportPreview>> SqliteView::FindImport(int64_t id) {
  return Guarded([&] {
    Query query = connection_.Use(kFindImport);
    return One(query.Bind(id), ReadImport);
  });
}

absl::StatusOr<std::optional<std::string>> SqliteView::FindImportPart(int64_t import,
                                                                      int64_t number) {
  return Guarded([&] {
    Query query = connection_.Use(kFindImportPart);
    return One(query.Bind(import).Bind(number), [](const Query& row) { return row.Text(0); });
  });
}

absl::StatusOr<std::optional<domain::ImportProfile>> SqliteView::FindImportProfile(
    std::string_view name) {
  return Guarded([&] {
    Query query = connection_.Use(kFindImportProfile);
    return One(query.Bind(name), ReadImportProfile);
  });
}

absl::StatusOr<std::vector<domain::ImportProfile>> SqliteView::ListImportProfiles() {
  return Guarded([&] {
    Query query = connection_.Use(kListImportProfiles);
    return All(query, ReadImportProfile);
  });
}

absl::StatusOr<std::optional<domain::CalendarDay>> SqliteView::FindCalendarDay(absl::CivilDay day) {
  return Guarded([&] {
    Query query = connection_.Use(kFindCalendarDay);
    return One(query.Bind(std::optional(day)), ReadCalendarDay);
  });
}

absl::StatusOr<std::vector<domain::CalendarDay>> SqliteView::ListCalendarDays(absl::CivilDay from,
                                                                              absl::CivilDay to) {
  return Guarded([&] {
    Query query = connection_.Use(kListCalendarDays);
    query.Bind(std::optional(from)).Bind(std::optional(to));
    return All(query, ReadCalendarDay);
  });
}

}  // namespace kirikae::store

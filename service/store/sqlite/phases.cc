// The table of phases' states.
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/tables.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kFind[] = R"sql(
SELECT rollout, id, state, returns_to, hold_rule, hold_reason, held_by, hold_time,
       held_succeeded, held_attempted, held_incidents, forgiven_failures, forgiven_incidents,
       done_on, released_by, remark, release_time, approved, overridden, opened_on, passed_on,
       version
FROM phases WHERE rollout = ?1 AND id = ?2
)sql";
constexpr char kList[] = R"sql(
SELECT rollout, id, state, returns_to, hold_rule, hold_reason, held_by, hold_time,
       held_succeeded, held_attempted, held_incidents, forgiven_failures, forgiven_incidents,
       done_on, released_by, remark, release_time, approved, overridden, opened_on, passed_on,
       version
FROM phases WHERE rollout = ?1 ORDER BY id
)sql";
constexpr char kCount[] = "SELECT count(*) FROM phases";
constexpr char kPut[] = R"sql(
INSERT OR REPLACE INTO phases (rollout, id, state, returns_to, hold_rule, hold_reason, held_by,
                               hold_time, held_succeeded, held_attempted, held_incidents,
                               forgiven_failures, forgiven_incidents, done_on, released_by,
                               remark, release_time, approved, overridden, opened_on, passed_on,
                               version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
        ?21, ?22)
)sql";

domain::PhaseStatus Read(const Query& row) {
  return {.rollout = row.Text(0),
          .id = row.Text(1),
          .state = row.As<domain::PhaseState>(2),
          .returns_to = row.As<domain::PhaseState>(3),
          .hold_rule = row.MaybeAs<domain::HoldRule>(4),
          .hold_reason = row.Text(5),
          .held_by = row.Text(6),
          .hold_time = row.MaybeTime(7),
          .held_succeeded = row.Number(8),
          .held_attempted = row.Number(9),
          .held_incidents = row.Number(10),
          .forgiven_failures = row.Number(11),
          .forgiven_incidents = row.Number(12),
          .done_on = row.Day(13),
          .released_by = row.Text(14),
          .remark = row.Text(15),
          .release_time = row.MaybeTime(16),
          .approved = row.Flag(17),
          .overridden = row.Flag(18),
          .opened_on = row.Day(19),
          .passed_on = row.Day(20),
          .version = row.Number(21)};
}

bool Write(Connection& connection, const std::optional<domain::PhaseStatus>& old,
           const domain::PhaseStatus& phase) {
  connection.Use(kPut)
      .BindHere(phase.rollout)
      .BindHere(phase.id)
      .Bind(phase.state)
      .Bind(phase.returns_to)
      .Bind(phase.hold_rule)
      .BindHere(phase.hold_reason)
      .BindHere(phase.held_by)
      .Bind(phase.hold_time)
      .Bind(phase.held_succeeded)
      .Bind(phase.held_attempted)
      .Bind(phase.held_incidents)
      .Bind(phase.forgiven_failures)
      .Bind(phase.forgiven_incidents)
      .Bind(phase.done_on)
      .BindHere(phase.released_by)
      .BindHere(phase.remark)
      .Bind(phase.release_time)
      .Bind(phase.approved)
      .Bind(phase.overridden)
      .Bind(phase.opened_on)
      .Bind(phase.passed_on)
      .Bind(NextVersion(old))
      .Run();
  return true;
}

}  // namespace

absl::StatusOr<std::optional<domain::PhaseStatus>> SqliteView::FindPhase(std::string_view rollout,
                                                                         std::string_view id) {
  return Guarded([&] {
    Query query = connection_.Use(kFind);
    return One(query.Bind(rollout).Bind(id), Read);
  });
}

absl::StatusOr<std::vector<domain::PhaseStatus>> SqliteView::ListPhases(std::string_view rollout) {
  return Guarded([&] {
    Query query = connection_.Use(kList);
    return All(query.Bind(rollout), Read);
  });
}

const Table<domain::PhaseStatus>& TableOf(const domain::PhaseStatus*) {
  static constexpr Table<domain::PhaseStatus> kTable{
      .kind = domain::RecordKind::kPhase,
      .name = "phases",
      .count = kCount,
      .find =
          [](ReadView& view, const domain::PhaseStatus& phase) {
            return view.FindPhase(phase.rollout, phase.id);
          },
      .named =
          [](const domain::RecordName& name) {
            domain::PhaseStatus phase;
            phase.rollout = name.rollout;
            phase.id = name.id;
            return phase;
          },
      .write = Write};
  return kTable;
}

}  // namespace kirikae::store

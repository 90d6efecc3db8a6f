// The table of plans.
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/tables.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kFind[] = R"sql(
SELECT rollout, number, state, solution, creator, create_time, submitter, approver, remark,
       approve_time, planned_count, left_count, blocked_count, file_hash, version
FROM plans WHERE rollout = ?1 AND number = ?2
)sql";
constexpr char kList[] = R"sql(
SELECT rollout, number, state, x'', creator, create_time, submitter, approver, remark,
       approve_time, planned_count, left_count, blocked_count, file_hash, version
FROM plans WHERE rollout = ?1 ORDER BY number DESC
)sql";
constexpr char kCount[] = "SELECT count(*) FROM plans";
constexpr char kPut[] = R"sql(
INSERT OR REPLACE INTO plans (rollout, number, state, solution, creator, create_time, submitter,
                              approver, remark, approve_time, planned_count, left_count,
                              blocked_count, file_hash, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, nullif(?10, 0), ?11, ?12, ?13, ?14, ?15)
)sql";

domain::Plan Read(const Query& row) {
  return {.rollout = row.Text(0),
          .number = row.Number(1),
          .state = row.As<domain::PlanState>(2),
          .solution = row.Text(3),
          .creator = row.Text(4),
          .create_time = row.Time(5),
          .submitter = row.Text(6),
          .approver = row.Text(7),
          .remark = row.Text(8),
          .approve_time = row.MaybeTime(9),
          .planned_count = row.Number(10),
          .left_count = row.Number(11),
          .blocked_count = row.Number(12),
          .file_hash = row.Text(13),
          .version = row.Number(14)};
}

bool Write(Connection& connection, const std::optional<domain::Plan>& old,
           const domain::Plan& plan) {
  connection.Use(kPut)
      .BindHere(plan.rollout)
      .Bind(plan.number)
      .Bind(plan.state)
      .BindBlobHere(plan.solution)
      .BindHere(plan.creator)
      .Bind(plan.create_time)
      .BindHere(plan.submitter)
      .BindHere(plan.approver)
      .BindHere(plan.remark)
      .Bind(plan.approve_time)
      .Bind(plan.planned_count)
      .Bind(plan.left_count)
      .Bind(plan.blocked_count)
      .BindHere(plan.file_hash)
      .Bind(NextVersion(old))
      .Run();
  return true;
}

}  // namespace

absl::StatusOr<std::optional<domain::Plan>> SqliteView::FindPlan(std::string_view rollout,
                                                                 int64_t number) {
  return Guarded([&] {
    Query query = connection_.Use(kFind);
    return One(query.Bind(rollout).Bind(number), Read);
  });
}

absl::StatusOr<std::vector<domain::Plan>> SqliteView::ListPlans(std::string_view rollout) {
  return Guarded([&] {
    Query query = connection_.Use(kList);
    return All(query.Bind(rollout), Read);
  });
}

const Table<domain::Plan>& TableOf(const domain::Plan*) {
  static constexpr Table<domain::Plan> kTable{
      .kind = domain::RecordKind::kPlan,
      .name = "plans",
      .count = kCount,
      .find = [](ReadView& view,
                 const domain::Plan& plan) { return view.FindPlan(plan.rollout, plan.number); },
      .named =
          [](const domain::RecordName& name) {
            domain::Plan plan;
            plan.rollout = name.rollout;
            plan.number = name.number;
            return plan;
          },
      .write = Write};
  return kTable;
}

}  // namespace kirikae::store

// The table of rollouts.
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/tables.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kFind[] = R"sql(
SELECT id, title, source, from_method, to_method, state, approved_plan, version,
       waves_go_on_until, minimum_os
FROM rollouts WHERE id = ?1
)sql";
constexpr char kList[] = R"sql(
SELECT id, title, source, from_method, to_method, state, approved_plan, version,
       waves_go_on_until, minimum_os
FROM rollouts WHERE id > ?1 ORDER BY id LIMIT ?2
)sql";
constexpr char kCount[] = "SELECT count(*) FROM rollouts";
constexpr char kPut[] = R"sql(
INSERT INTO rollouts (id, title, source, from_method, to_method, state, approved_plan, version,
                      waves_go_on_until, minimum_os)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (id) DO UPDATE SET
  title = excluded.title, source = excluded.source, from_method = excluded.from_method,
  to_method = excluded.to_method, state = excluded.state,
  approved_plan = excluded.approved_plan, version = excluded.version,
  waves_go_on_until = excluded.waves_go_on_until, minimum_os = excluded.minimum_os
)sql";

domain::Rollout Read(const Query& row) {
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

bool Write(Connection& connection, const std::optional<domain::Rollout>& old,
           const domain::Rollout& rollout) {
  connection.Use(kPut)
      .BindHere(rollout.id)
      .BindHere(rollout.title)
      .BindHere(rollout.source)
      .Bind(rollout.from_method)
      .Bind(rollout.to_method)
      .Bind(rollout.state)
      .Bind(rollout.approved_plan)
      .Bind(NextVersion(old))
      .Bind(rollout.waves_go_on_until)
      .BindHere(rollout.minimum_os)
      .Run();
  return true;
}

}  // namespace

absl::StatusOr<std::optional<domain::Rollout>> SqliteView::FindRollout(std::string_view id) {
  return Guarded([&] {
    Query query = connection_.Use(kFind);
    return One(query.Bind(id), Read);
  });
}

absl::StatusOr<std::vector<domain::Rollout>> SqliteView::ListRollouts(const Page& page) {
  return Guarded([&] {
    Query query = connection_.Use(kList);
    return All(query.Bind(page.after).Bind(page.limit), Read);
  });
}

const Table<domain::Rollout>& TableOf(const domain::Rollout*) {
  static constexpr Table<domain::Rollout> kTable{
      .kind = domain::RecordKind::kRollout,
      .name = "rollouts",
      .count = kCount,
      .find = [](ReadView& view,
                 const domain::Rollout& rollout) { return view.FindRollout(rollout.id); },
      .named =
          [](const domain::RecordName& name) {
            domain::Rollout rollout;
            rollout.id = name.id;
            return rollout;
          },
      .write = Write};
  return kTable;
}

}  // namespace kirikae::store

// The table of waves.
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/tables.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kFind[] = R"sql(
SELECT rollout, number, plan, phase, day, slot, team, state, version, make_up
FROM waves WHERE rollout = ?1 AND number = ?2
)sql";
constexpr char kList[] = R"sql(
SELECT rollout, number, plan, phase, day, slot, team, state, version, make_up
FROM waves WHERE rollout = ?1 ORDER BY day, slot, team, number
)sql";
constexpr char kCount[] = "SELECT count(*) FROM waves";
constexpr char kPut[] = R"sql(
INSERT OR REPLACE INTO waves (rollout, number, plan, phase, day, slot, team, state, version,
                              make_up)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
)sql";

domain::Wave Read(const Query& row) {
  return {.rollout = row.Text(0),
          .number = row.Number(1),
          .plan = row.Number(2),
          .phase = row.Text(3),
          .day = row.Day(4).value_or(absl::CivilDay()),
          .slot = row.Text(5),
          .team = row.Text(6),
          .state = row.As<domain::WaveState>(7),
          .make_up = row.Flag(9),
          .version = row.Number(8)};
}

bool Write(Connection& connection, const std::optional<domain::Wave>& old,
           const domain::Wave& wave) {
  connection.Use(kPut)
      .BindHere(wave.rollout)
      .Bind(wave.number)
      .Bind(wave.plan)
      .BindHere(wave.phase)
      .Bind(wave.day)
      .BindHere(wave.slot)
      .BindHere(wave.team)
      .Bind(wave.state)
      .Bind(NextVersion(old))
      .Bind(wave.make_up)
      .Run();
  return true;
}

}  // namespace

absl::StatusOr<std::optional<domain::Wave>> SqliteView::FindWave(std::string_view rollout,
                                                                 int64_t number) {
  return Guarded([&] {
    Query query = connection_.Use(kFind);
    return One(query.Bind(rollout).Bind(number), Read);
  });
}

absl::StatusOr<std::vector<domain::Wave>> SqliteView::ListWaves(std::string_view rollout) {
  return Guarded([&] {
    Query query = connection_.Use(kList);
    return All(query.Bind(rollout), Read);
  });
}

const Table<domain::Wave>& TableOf(const domain::Wave*) {
  static constexpr Table<domain::Wave> kTable{
      .kind = domain::RecordKind::kWave,
      .name = "waves",
      .count = kCount,
      .find = [](ReadView& view,
                 const domain::Wave& wave) { return view.FindWave(wave.rollout, wave.number); },
      .named =
          [](const domain::RecordName& name) {
            domain::Wave wave;
            wave.rollout = name.rollout;
            wave.number = name.number;
            return wave;
          },
      .write = Write};
  return kTable;
}

}  // namespace kirikae::store

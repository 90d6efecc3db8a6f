// The table of placement counts.
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

// Wave -1 stands for all waves of a phase.
constexpr char kOfRollout[] = R"sql(
SELECT 0, phase, state, count FROM placement_counts
WHERE rollout = ?1 AND wave = -1 AND count > 0
)sql";
constexpr char kOfWaves[] = R"sql(
SELECT wave, phase, state, count FROM placement_counts
WHERE rollout = ?1 AND wave >= 0 AND count > 0
)sql";
constexpr char kOfWave[] = R"sql(
SELECT wave, phase, state, count FROM placement_counts
WHERE rollout = ?1 AND wave = ?2 AND count > 0
)sql";

// Counts the placement for its wave and for all waves.
constexpr char kAdd[] = R"sql(
INSERT INTO placement_counts (rollout, wave, phase, state, count)
VALUES (?1, ?2, ?3, ?4, ?5), (?1, -1, ?3, ?4, ?5)
ON CONFLICT DO UPDATE SET count = count + excluded.count
)sql";

void Add(Connection& connection, const domain::Placement& placement, int difference) {
  connection.Use(kAdd)
      .BindHere(placement.rollout)
      .Bind(placement.wave)
      .BindHere(placement.phase)
      .Bind(placement.state)
      .Bind(difference)
      .Run();
}

PlacementCount Read(const Query& row) {
  return {row.Number(0), row.Text(1), row.As<domain::PlacementState>(2), row.Number(3)};
}

}  // namespace

void CountPlacement(Connection& connection, const domain::Placement* old,
                    const domain::Placement* now) {
  if (old != nullptr && now != nullptr && old->wave == now->wave && old->phase == now->phase &&
      old->state == now->state) {
    return;
  }
  if (old != nullptr) Add(connection, *old, -1);
  if (now != nullptr) Add(connection, *now, 1);
}

absl::StatusOr<std::vector<PlacementCount>> SqliteView::CountPlacements(std::string_view rollout) {
  return Guarded([&] {
    Query query = connection_.Use(kOfRollout);
    return All(query.Bind(rollout), Read);
  });
}

absl::StatusOr<std::vector<PlacementCount>> SqliteView::CountWaves(std::string_view rollout,
                                                                   int64_t wave) {
  return Guarded([&] {
    Query query = connection_.Use(wave == 0 ? kOfWaves : kOfWave);
    query.Bind(rollout);
    if (wave != 0) query.Bind(wave);
    return All(query, Read);
  });
}

}  // namespace kirikae::store

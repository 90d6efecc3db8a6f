#include "service/store/sqlite/checkpoints.h"

#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kPut[] =
    "INSERT OR REPLACE INTO checkpoints (size, note, recorded_time) VALUES (?1, ?2, ?3)";
constexpr char kList[] = R"sql(
SELECT size, note, recorded_time FROM checkpoints
WHERE ?1 = 0 OR size < ?1 ORDER BY size DESC LIMIT ?2
)sql";

}  // namespace

void PutCheckpoint(Connection& connection, const KeptCheckpoint& checkpoint) {
  connection.Use(kPut).Bind(checkpoint.size).BindHere(checkpoint.note).Bind(checkpoint.time).Run();
}

absl::StatusOr<std::vector<KeptCheckpoint>> SqliteView::ListCheckpoints(int64_t below, int limit) {
  return Guarded([&] {
    Query query = connection_.Use(kList);
    query.Bind(below).Bind(limit);
    return All(query, [](const Query& row) {
      return KeptCheckpoint{row.Number(0), row.Text(1), row.Time(2)};
    });
  });
}

}  // namespace kirikae::store

#include "service/store/sqlite/fold.h"

#include "service/store/sqlite/rows.h"

namespace kirikae::store {
namespace {

constexpr char kFold[] = "PRAGMA wal_checkpoint(TRUNCATE)";
// The time that every connection waits.
constexpr char kWait[] = "PRAGMA busy_timeout = 10000";
constexpr char kDontWait[] = "PRAGMA busy_timeout = 0";

}  // namespace

bool FoldLog(Connection& connection) {
  connection.Exec(kDontWait);
  const bool folded = Number(connection.Use(kFold)) == 0;
  connection.Exec(kWait);
  return folded;
}

}  // namespace kirikae::store

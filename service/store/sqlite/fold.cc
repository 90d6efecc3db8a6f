#include "service/store/sqlite/fold.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "service/store/sqlite/rows.h"

namespace kirikae::store {
namespace {

constexpr char kFold[] = "PRAGMA wal_checkpoint(TRUNCATE)";
// The time that every connection waits.
constexpr char kWait[] = "PRAGMA busy_timeout = 10000";
constexpr char kRead[] = "SELECT 1 FROM sqlite_schema";
constexpr char kDontWait[] = "PRAGMA busy_timeout = 0";

// SQLite writes at most 131,071 bytes in one call.
constexpr int64_t kPart = int64_t{64} << 10U;

void Require(int code) {
  if (code != SQLITE_OK) throw SQLite::Exception("the log can't be written", code);
}

}  // namespace

void SecureLog(Connection& connection) {
  // The log is opened by the first read.
  connection.Use(kRead).Next();
  sqlite3_file* log = nullptr;
  sqlite3_file_control(connection.database().getHandle(), "main", SQLITE_FCNTL_JOURNAL_POINTER,
                       &log);
  if (log == nullptr || log->pMethods == nullptr) return;
  sqlite3_int64 size = 0;
  Require(log->pMethods->xFileSize(log, &size));
  std::vector<char> part;
  for (sqlite3_int64 at = 0; at < size; at += kPart) {
    part.resize(static_cast<size_t>(std::min<sqlite3_int64>(kPart, size - at)));
    Require(log->pMethods->xRead(log, part.data(), static_cast<int>(part.size()), at));
    Require(log->pMethods->xWrite(log, part.data(), static_cast<int>(part.size()), at));
  }
  if (size > 0) Require(log->pMethods->xSync(log, SQLITE_SYNC_NORMAL));
}

bool FoldLog(Connection& connection) {
  connection.Exec(kDontWait);
  const bool folded = Number(connection.Use(kFold)) == 0;
  connection.Exec(kWait);
  return folded;
}

}  // namespace kirikae::store

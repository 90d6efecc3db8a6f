#include "service/store/sqlite/sessions.h"

#include "service/domain/text_hash.h"
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kPut[] = R"sql(
INSERT OR REPLACE INTO sessions (hash, token, create_time, expire_time, row_hash)
VALUES (?1, ?2, ?3, ?4, ?5)
)sql";
constexpr char kList[] =
    "SELECT hash, token, create_time, expire_time, row_hash FROM sessions ORDER BY hash";
constexpr char kEnd[] = "DELETE FROM sessions WHERE hash = ?1";
constexpr char kForget[] = "DELETE FROM sessions WHERE expire_time <= ?1";
constexpr char kForgetOldest[] = R"sql(
DELETE FROM sessions WHERE token = ?1 AND hash NOT IN (
  SELECT hash FROM sessions WHERE token = ?1 ORDER BY create_time DESC, hash LIMIT ?2)
)sql";

std::string HashOf(const Session& session) {
  domain::TextHash hash;
  hash.Add(session.hash);
  hash.AddNumber(session.token);
  hash.AddNumber(absl::ToUnixMicros(session.create_time));
  hash.AddNumber(absl::ToUnixMicros(session.expire_time));
  return hash.Finish();
}

Session Read(const Query& row) { return {row.Text(0), row.Number(1), row.Time(2), row.Time(3)}; }

}  // namespace

void PutSession(Connection& connection, const Session& session) {
  connection.Use(kForget).Bind(session.create_time).Run();
  const std::string hash = HashOf(session);
  connection.Use(kPut)
      .BindHere(session.hash)
      .Bind(session.token)
      .Bind(session.create_time)
      .Bind(session.expire_time)
      .BindHere(hash)
      .Run();
  connection.Use(kForgetOldest).Bind(session.token).Bind(kMostSessions).Run();
}

void EndSession(Connection& connection, const std::string& hash) {
  connection.Use(kEnd).BindHere(hash).Run();
}

std::vector<std::string> AlteredSessions(Connection& connection) {
  std::vector<std::string> altered;
  Query rows = connection.Use(kList);
  while (rows.Next()) {
    if (HashOf(Read(rows)) != rows.Text(4)) altered.push_back(rows.Text(0));
  }
  return altered;
}

absl::StatusOr<std::vector<Session>> SqliteView::ListSessions() {
  return Guarded([&] {
    Query query = connection_.Use(kList);
    return All(query, Read);
  });
}

}  // namespace kirikae::store

#include "service/store/sqlite/requests.h"

#include "service/domain/text_hash.h"
#include "service/store/sqlite/rows.h"

namespace kirikae::store {
namespace {

constexpr absl::Duration kKeepAnswers = absl::Hours(24 * 8);

constexpr char kFind[] = "SELECT fingerprint, response FROM requests WHERE id = ?1";
constexpr char kInsert[] = R"sql(
INSERT INTO requests (id, fingerprint, response, recorded_time, hash) VALUES (?1, ?2, ?3, ?4, ?5)
)sql";
constexpr char kForget[] = "DELETE FROM requests WHERE recorded_time < ?1";
constexpr int64_t kMostBytes = int64_t{1} << 30U;
constexpr char kBytes[] = "SELECT coalesce(sum(length(response)), 0) FROM requests";
// All but the newest answers that have so many bytes together.
constexpr char kForgetOldest[] = R"sql(
DELETE FROM requests WHERE id IN (
  SELECT id FROM (
    SELECT id, sum(length(response)) OVER (ORDER BY recorded_time DESC, id) AS newer FROM requests)
  WHERE newer > ?1)
)sql";

}  // namespace

std::string HashOf(const StoredAnswer& answer) {
  domain::TextHash hash;
  hash.Add(answer.request_id);
  hash.Add(answer.fingerprint);
  hash.Add(answer.response);
  hash.AddNumber(absl::ToUnixMicros(answer.time));
  return hash.Finish();
}

std::optional<KeptAnswer> FindAnswer(Connection& connection, const std::string& request_id) {
  Query query = connection.Use(kFind);
  return One(query.BindHere(request_id), [](const Query& row) {
    return KeptAnswer{row.Text(0), row.Text(1)};
  });
}

void AnswerKeeper::Keep(Connection& connection, const WriteRequest& request,
                        const std::string& response) {
  if (bytes_ < 0) bytes_ = Number(connection.Use(kBytes));
  const auto size = static_cast<int64_t>(response.size());
  if (bytes_ + size > kMostBytes) {
    connection.Use(kForgetOldest).Bind(kMostBytes / 4 * 3 - size).Run();
    bytes_ = Number(connection.Use(kBytes));
  }
  bytes_ += size;
  connection.Use(kForget).Bind(request.now - kKeepAnswers).Run();
  const std::string hash = HashOf({request.request_id, request.fingerprint, response, request.now});
  connection.Use(kInsert)
      .BindHere(request.request_id)
      .BindHere(request.fingerprint)
      .BindBlobHere(response)
      .Bind(request.now)
      .BindHere(hash)
      .Run();
}

}  // namespace kirikae::store

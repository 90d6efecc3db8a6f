#include "service/store/sqlite/requests.h"

#include "service/store/sqlite/rows.h"

namespace kirikae::store {
namespace {

constexpr absl::Duration kKeepAnswers = absl::Hours(24 * 8);

constexpr char kFind[] = "SELECT fingerprint, response FROM requests WHERE id = ?1";
constexpr char kInsert[] = R"sql(
INSERT INTO requests (id, fingerprint, response, recorded_time) VALUES (?1, ?2, ?3, ?4)
)sql";
constexpr char kForget[] = "DELETE FROM requests WHERE recorded_time < ?1";

}  // namespace

std::optional<KeptAnswer> FindAnswer(Connection& connection, const std::string& request_id) {
  Query query = connection.Use(kFind);
  return One(query.BindHere(request_id), [](const Query& row) {
    return KeptAnswer{row.Text(0), row.Text(1)};
  });
}

void KeepAnswer(Connection& connection, const WriteRequest& request, const std::string& response) {
  connection.Use(kForget).Bind(request.now - kKeepAnswers).Run();
  connection.Use(kInsert)
      .BindHere(request.request_id)
      .BindHere(request.fingerprint)
      .BindBlobHere(response)
      .Bind(request.now)
      .Run();
}

}  // namespace kirikae::store

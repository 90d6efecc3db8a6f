// The table of tokens.
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/tables.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kFind[] =
    "SELECT id, display_name, role, hash, expire_time, "
    "revoked, version, certificate FROM tokens WHERE id = ?1";
constexpr char kList[] =
    "SELECT id, display_name, role, hash, expire_time, "
    "revoked, version, certificate FROM tokens ORDER BY id";
constexpr char kCount[] = "SELECT count(*) FROM tokens";
constexpr char kNext[] = "SELECT coalesce(max(id), 0) + 1 FROM tokens";
constexpr char kPut[] = R"sql(
INSERT OR REPLACE INTO tokens (id, display_name, role, hash, expire_time, revoked, version,
                               certificate)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
)sql";

domain::Token Read(const Query& row) {
  return {.id = row.Number(0),
          .display_name = row.Text(1),
          .role = row.As<domain::Role>(2),
          .hash = row.Text(3),
          .expire_time = row.Time(4),
          .revoked = row.Flag(5),
          .version = row.Number(6),
          .certificate = row.Text(7)};
}

bool Write(Connection& connection, const std::optional<domain::Token>& old,
           const domain::Token& token) {
  connection.Use(kPut)
      .Bind(token.id)
      .BindHere(token.display_name)
      .Bind(token.role)
      .BindHere(token.hash)
      .Bind(token.expire_time)
      .Bind(token.revoked)
      .Bind(NextVersion(old))
      .BindHere(token.certificate)
      .Run();
  return true;
}

}  // namespace

absl::StatusOr<std::optional<domain::Token>> SqliteView::FindToken(int64_t id) {
  return Guarded([&] {
    Query query = connection_.Use(kFind);
    return One(query.Bind(id), Read);
  });
}

absl::StatusOr<std::vector<domain::Token>> SqliteView::ListTokens() {
  return Guarded([&] {
    Query query = connection_.Use(kList);
    return All(query, Read);
  });
}

const Table<domain::Token>& TableOf(const domain::Token*) {
  static constexpr Table<domain::Token> kTable{
      .kind = domain::RecordKind::kToken,
      .name = "tokens",
      .count = kCount,
      .next_id = kNext,
      .find = [](ReadView& view, const domain::Token& token) { return view.FindToken(token.id); },
      .named =
          [](const domain::RecordName& name) {
            domain::Token token;
            token.id = name.number;
            return token;
          },
      .write = Write};
  return kTable;
}

}  // namespace kirikae::store

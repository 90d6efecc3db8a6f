#include "service/store/sqlite/change_sets.h"

#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kHead[] = "SELECT id, hash, recorded_time FROM change_sets ORDER BY id DESC LIMIT 1";
constexpr char kInsert[] = R"sql(
INSERT INTO change_sets (id, actor, role, act, reason, request_id, effective_time, recorded_time,
                         change_count, hash, undoes, partial)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
)sql";
constexpr char kList[] = R"sql(
SELECT s.id, s.actor, s.role, s.act, s.reason, s.request_id, s.effective_time, s.recorded_time,
       s.change_count, s.hash, s.undoes, s.partial, u.id, u.recorded_time
FROM change_sets s
LEFT JOIN change_sets u ON u.undoes = s.id AND u.undoes <> 0 AND u.partial = 0
WHERE (?1 = 0 OR s.id < ?1) AND (?2 = '' OR s.actor = ?2) AND (?3 = '' OR s.act = ?3)
  AND s.recorded_time >= ?4 AND s.recorded_time < ?5
  AND (?6 = '' OR s.id IN (SELECT change_set FROM changes WHERE subject = ?6))
ORDER BY s.id DESC LIMIT ?7
)sql";
constexpr char kFind[] = R"sql(
SELECT s.id, s.actor, s.role, s.act, s.reason, s.request_id, s.effective_time, s.recorded_time,
       s.change_count, s.hash, s.undoes, s.partial, u.id, u.recorded_time
FROM change_sets s
LEFT JOIN change_sets u ON u.undoes = s.id AND u.undoes <> 0 AND u.partial = 0
WHERE s.id = ?1
)sql";
constexpr char kHashesFrom[] = "SELECT hash FROM change_sets WHERE id >= ?1 ORDER BY id LIMIT ?2";
constexpr char kUndoneSubjects[] = R"sql(
SELECT DISTINCT c.subject FROM change_sets v JOIN changes c ON c.change_set = v.id
WHERE v.undoes = ?1 AND v.undoes <> 0 ORDER BY c.subject
)sql";

}  // namespace

Head ReadHead(Connection& connection) {
  Query query = connection.Use(kHead);
  return query.Next() ? Head{query.Number(0), query.Text(1), query.Time(2)} : Head();
}

void InsertChangeSet(Connection& connection, const domain::ChangeSet& set) {
  connection.Use(kInsert)
      .Bind(set.id)
      .BindHere(set.actor)
      .BindHere(set.role)
      .BindHere(set.act)
      .BindHere(set.reason)
      .BindHere(set.request_id)
      .Bind(set.effective_time)
      .Bind(set.recorded_time)
      .Bind(set.change_count)
      .BindHere(set.hash)
      .Bind(set.undoes)
      .Bind(set.partial)
      .Run();
}

domain::ChangeSet ReadChangeSet(const Query& row) {
  return {.id = row.Number(0),
          .actor = row.Text(1),
          .role = row.Text(2),
          .act = row.Text(3),
          .reason = row.Text(4),
          .request_id = row.Text(5),
          .effective_time = row.Time(6),
          .recorded_time = row.Time(7),
          .change_count = row.Number(8),
          .hash = row.Text(9),
          .undoes = row.Number(10),
          .partial = row.Flag(11)};
}

domain::ChangeSet ReadUndoneSet(const Query& row) {
  domain::ChangeSet set = ReadChangeSet(row);
  set.undone_by = row.Number(12);
  if (set.undone_by != 0) set.undone_time = row.Time(13);
  return set;
}

absl::StatusOr<std::vector<domain::ChangeSet>> SqliteView::ListChangeSets(
    const ChangeSetQuery& wanted) {
  return Guarded([&] {
    Query query = connection_.Use(kList);
    query.Bind(wanted.before)
        .Bind(wanted.actor)
        .Bind(wanted.act)
        .Bind(wanted.recorded_from)
        .Bind(wanted.recorded_until)
        .Bind(wanted.subject)
        .Bind(wanted.limit);
    return All(query, ReadUndoneSet);
  });
}

absl::StatusOr<std::optional<domain::ChangeSet>> SqliteView::FindChangeSet(int64_t id) {
  return Guarded([&] {
    Query query = connection_.Use(kFind);
    return One(query.Bind(id), ReadUndoneSet);
  });
}

absl::StatusOr<std::vector<std::string>> SqliteView::HashesFrom(int64_t first, int limit) {
  return Guarded([&] {
    Query query = connection_.Use(kHashesFrom);
    return All(query.Bind(first).Bind(limit), [](const Query& row) { return row.Text(0); });
  });
}

absl::StatusOr<std::vector<std::string>> SqliteView::UndoneSubjects(int64_t change_set) {
  return Guarded([&] {
    Query query = connection_.Use(kUndoneSubjects);
    return All(query.Bind(change_set), [](const Query& row) { return row.Text(0); });
  });
}

}  // namespace kirikae::store

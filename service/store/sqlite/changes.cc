#include "service/store/sqlite/changes.h"

#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "service/store/history/packed_changes.h"
#include "service/store/sqlite/change_sets.h"
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kInsert[] = R"sql(
INSERT INTO changes (change_set, position, subject, record, fields) VALUES (?1, ?2, ?3, ?4, ?5)
)sql";
// Starts with the record that has the change with the given number.
constexpr char kOfSet[] = R"sql(
SELECT record, fields, position FROM changes
WHERE change_set = ?1 AND position >= (
  SELECT coalesce(max(position), 0) FROM changes WHERE change_set = ?1 AND position <= ?2)
ORDER BY position
)sql";
constexpr char kStoredOfSet[] = R"sql(
SELECT subject, record, fields, position FROM changes
WHERE change_set = ?1 AND position >= ?2 ORDER BY position LIMIT ?3
)sql";
constexpr char kOfRecord[] = R"sql(
SELECT s.id, s.actor, s.role, s.act, s.reason, s.request_id, s.effective_time, s.recorded_time,
       s.change_count, s.hash, s.undoes, s.partial, u.id, u.recorded_time, c.record, c.fields,
       c.position
FROM changes c JOIN change_sets s ON s.id = c.change_set
LEFT JOIN change_sets u ON u.id = (
  SELECT min(v.id) FROM change_sets v
  WHERE v.undoes = s.id AND v.undoes <> 0
    AND (v.partial = 0 OR EXISTS (SELECT 1 FROM changes x
                                  WHERE x.subject = c.subject AND x.change_set = v.id)))
WHERE c.subject = ?1 AND (c.change_set, c.position) < (?2, ?3)
ORDER BY c.change_set DESC, c.position DESC
)sql";
// In byte order, '0' follows '/'.
constexpr char kTagsEver[] = R"sql(
SELECT DISTINCT substr(subject, 9) FROM changes
WHERE subject > 'devices/' || ?1 AND subject < 'devices0' ORDER BY subject LIMIT ?2
)sql";

constexpr ChangePlace kBehindAll{std::numeric_limits<int64_t>::max(), 0};

// The changes that a row holds, in the order of their positions.
std::vector<domain::Change> ReadChanges(const std::string& record, std::string_view packed,
                                        int64_t position) {
  std::vector<domain::Change> changes;
  Unpacker unpacker(packed);
  while (const std::optional<PackedChange> change = unpacker.Next()) {
    changes.push_back({record, std::string(change->field), std::string(change->old_value),
                       std::string(change->new_value), position++});
  }
  if (!unpacker.sound()) throw SQLite::Exception("a stored change can't be read", SQLITE_CORRUPT);
  return changes;
}

}  // namespace

void InsertChanges(Connection& connection, int64_t change_set, int64_t position,
                   const std::string& subject, const std::string& record,
                   const std::string& fields) {
  connection.Use(kInsert)
      .Bind(change_set)
      .Bind(position)
      .BindHere(subject)
      .BindHere(record)
      .BindBlobHere(fields)
      .Run();
}

absl::StatusOr<std::vector<domain::Change>> SqliteView::ChangesOf(const ChangePlace& from,
                                                                  int limit) {
  return Guarded([&] {
    std::vector<domain::Change> all;
    Query query = connection_.Use(kOfSet);
    query.Bind(from.change_set).Bind(from.position);
    const auto most = static_cast<size_t>(limit);
    while (all.size() < most && query.Next()) {
      for (domain::Change& change : ReadChanges(query.Text(0), query.Text(1), query.Number(2))) {
        if (change.position >= from.position && all.size() < most) all.push_back(std::move(change));
      }
    }
    return all;
  });
}

absl::StatusOr<std::vector<RecordChanges>> SqliteView::StoredChangesOf(const ChangePlace& from,
                                                                       int limit) {
  return Guarded([&] {
    Query query = connection_.Use(kStoredOfSet);
    query.Bind(from.change_set).Bind(from.position).Bind(limit);
    return All(query, [](const Query& row) {
      return RecordChanges{row.Text(0), row.Text(1), row.Text(2), row.Number(3)};
    });
  });
}

absl::StatusOr<std::vector<domain::HistoryEntry>> SqliteView::History(
    std::string_view record, const std::optional<ChangePlace>& before, int limit) {
  return Guarded([&] {
    const ChangePlace end = before.value_or(kBehindAll);
    std::vector<domain::HistoryEntry> entries;
    Query query = connection_.Use(kOfRecord);
    query.Bind(record).Bind(end.change_set).Bind(end.position);
    const auto most = static_cast<size_t>(limit);
    while (entries.size() < most && query.Next()) {
      const domain::ChangeSet set = ReadUndoneSet(query);
      std::vector<domain::Change> changes =
          ReadChanges(query.Text(14), query.Text(15), query.Number(16));
      std::reverse(changes.begin(), changes.end());
      for (domain::Change& change : changes) {
        const bool wanted = ChangePlace{set.id, change.position} < end && entries.size() < most;
        if (wanted) entries.push_back({set, std::move(change)});
      }
    }
    return entries;
  });
}

absl::StatusOr<std::vector<std::string>> SqliteView::TagsEver(const Page& page) {
  return Guarded([&] {
    Query query = connection_.Use(kTagsEver);
    query.Bind(page.after).Bind(page.limit);
    return All(query, [](const Query& row) { return row.Text(0); });
  });
}

}  // namespace kirikae::store

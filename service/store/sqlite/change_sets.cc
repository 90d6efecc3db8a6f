// Reading the audit log.
#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "service/store/history/packed_changes.h"
#include "service/store/sqlite/chain.h"
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kListChangeSets[] = R"sql(
SELECT s.id, s.actor, s.role, s.act, s.reason, s.request_id, s.effective_time, s.recorded_time,
       s.change_count, s.hash, s.undoes, s.partial, u.id, u.recorded_time
FROM change_sets s
LEFT JOIN change_sets u ON u.undoes = s.id AND u.undoes <> 0 AND u.partial = 0
WHERE (?1 = 0 OR s.id < ?1) AND (?2 = '' OR s.actor = ?2) AND (?3 = '' OR s.act = ?3)
  AND s.recorded_time >= ?4 AND s.recorded_time < ?5
  AND (?6 = '' OR s.id IN (SELECT change_set FROM changes WHERE subject = ?6))
ORDER BY s.id DESC LIMIT ?7
)sql";
constexpr char kFindChangeSet[] = R"sql(
SELECT s.id, s.actor, s.role, s.act, s.reason, s.request_id, s.effective_time, s.recorded_time,
       s.change_count, s.hash, s.undoes, s.partial, u.id, u.recorded_time
FROM change_sets s
LEFT JOIN change_sets u ON u.undoes = s.id AND u.undoes <> 0 AND u.partial = 0
WHERE s.id = ?1
)sql";
// From the record that the change with that number belongs to.
constexpr char kChangesOf[] = R"sql(
SELECT record, fields, position FROM changes
WHERE change_set = ?1 AND position >= (
  SELECT coalesce(max(position), 0) FROM changes WHERE change_set = ?1 AND position <= ?2)
ORDER BY position
)sql";
constexpr char kUndoneSubjects[] = R"sql(
SELECT DISTINCT c.subject FROM change_sets v JOIN changes c ON c.change_set = v.id
WHERE v.undoes = ?1 AND v.undoes <> 0 ORDER BY c.subject
)sql";
constexpr char kHistory[] = R"sql(
SELECT s.id, s.actor, s.role, s.act, s.reason, s.request_id, s.effective_time, s.recorded_time,
       s.change_count, s.hash, s.undoes, s.partial, u.id, u.recorded_time, c.record, c.fields
FROM changes c JOIN change_sets s ON s.id = c.change_set
LEFT JOIN change_sets u ON u.id = (
  SELECT min(v.id) FROM change_sets v
  WHERE v.undoes = s.id AND v.undoes <> 0
    AND (v.partial = 0 OR EXISTS (SELECT 1 FROM changes x
                                  WHERE x.subject = c.subject AND x.change_set = v.id)))
WHERE c.subject = ?1 ORDER BY c.change_set DESC, c.position DESC
)sql";

// With what undid it, in the columns after a change set's own.
domain::ChangeSet ReadUndone(const Query& row) {
  domain::ChangeSet set = ReadChangeSet(row);
  set.undone_by = row.Number(12);
  if (set.undone_by != 0) set.undone_time = row.Time(13);
  return set;
}

// A row's changes in their order.
std::vector<domain::Change> ReadChanges(const std::string& record, std::string_view packed) {
  std::vector<domain::Change> changes;
  Unpacker unpacker(packed);
  while (const std::optional<PackedChange> change = unpacker.Next()) {
    changes.push_back({record, std::string(change->field), std::string(change->old_value),
                       std::string(change->new_value)});
  }
  if (!unpacker.sound()) throw SQLite::Exception("a stored change can't be read", SQLITE_CORRUPT);
  return changes;
}

}  // namespace

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
          .partial = row.Number(11) != 0};
}

absl::StatusOr<std::vector<domain::ChangeSet>> SqliteView::ListChangeSets(
    const ChangeSetQuery& wanted) {
  return Guarded([&] {
    Query query = connection_.Use(kListChangeSets);
    query.Bind(wanted.before)
        .Bind(wanted.actor)
        .Bind(wanted.act)
        .Bind(wanted.recorded_from)
        .Bind(wanted.recorded_until)
        .Bind(wanted.subject)
        .Bind(wanted.limit);
    std::vector<domain::ChangeSet> sets;
    while (query.Next()) sets.push_back(ReadUndone(query));
    return sets;
  });
}

absl::StatusOr<std::optional<domain::ChangeSet>> SqliteView::FindChangeSet(int64_t id) {
  return Guarded([&]() -> std::optional<domain::ChangeSet> {
    Query query = connection_.Use(kFindChangeSet);
    if (!query.Bind(id).Next()) return std::nullopt;
    return ReadUndone(query);
  });
}

absl::StatusOr<std::vector<domain::Change>> SqliteView::ChangesOf(int64_t change_set,
                                                                  int64_t offset, int limit) {
  return Guarded([&] {
    std::vector<domain::Change> all;
    Query query = connection_.Use(kChangesOf);
    query.Bind(change_set).Bind(offset);
    const auto most = static_cast<size_t>(limit);
    while (all.size() < most && query.Next()) {
      std::vector<domain::Change> changes = ReadChanges(query.Text(0), query.Text(1));
      const int64_t skipped = std::max<int64_t>(offset - query.Number(2), 0);
      for (auto i = static_cast<size_t>(skipped); i < changes.size() && all.size() < most; ++i) {
        all.push_back(std::move(changes[i]));
      }
    }
    return all;
  });
}

absl::StatusOr<std::vector<std::string>> SqliteView::UndoneSubjects(int64_t change_set) {
  return Guarded([&] {
    Query query = connection_.Use(kUndoneSubjects);
    query.Bind(change_set);
    std::vector<std::string> subjects;
    while (query.Next()) subjects.push_back(query.Text(0));
    return subjects;
  });
}

absl::StatusOr<std::vector<domain::HistoryEntry>> SqliteView::History(std::string_view record,
                                                                      int64_t offset, int limit) {
  return Guarded([&] {
    std::vector<domain::HistoryEntry> entries;
    Query query = connection_.Use(kHistory);
    query.Bind(record);
    int64_t seen = 0;
    const auto most = static_cast<size_t>(limit);
    while (entries.size() < most && query.Next()) {
      const domain::ChangeSet set = ReadUndone(query);
      std::vector<domain::Change> changes = ReadChanges(query.Text(14), query.Text(15));
      std::reverse(changes.begin(), changes.end());
      for (domain::Change& change : changes) {
        if (seen++ < offset || entries.size() == most) continue;
        entries.push_back({set, std::move(change)});
      }
    }
    return entries;
  });
}

absl::StatusOr<ChainReport> SqliteView::VerifyChain() {
  return Guarded([&] { return store::VerifyChain(connection_); });
}

}  // namespace kirikae::store

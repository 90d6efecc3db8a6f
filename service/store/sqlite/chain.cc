#include "service/store/sqlite/chain.h"

#include <string>

#include "service/store/history/hasher.h"
#include "service/store/history/packed_changes.h"
#include "service/store/sqlite/change_sets.h"
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kSets[] = R"sql(
SELECT id, actor, role, act, reason, request_id, effective_time, recorded_time, change_count, hash,
       undoes, partial
FROM change_sets ORDER BY id
)sql";
constexpr char kChanges[] = R"sql(
SELECT subject, record, fields, position FROM changes
WHERE change_set = ?1 ORDER BY position
)sql";

// Hashes a stored set's changes; false when one is malformed or at a wrong position.
bool AddStored(Connection& connection, int64_t change_set, ChangeSetHasher& hasher) {
  Query rows = connection.Use(kChanges);
  rows.Bind(change_set);
  while (rows.Next()) {
    const std::string subject = rows.Text(0);
    const std::string record = rows.Text(1);
    const std::string fields = rows.Text(2);
    Unpacker unpacker(fields);
    StoredChanges changes{subject, record, fields, 0};
    while (unpacker.Next().has_value()) ++changes.count;
    if (!unpacker.sound() || rows.Number(3) != hasher.count()) return false;
    hasher.Add(changes);
  }
  return true;
}

}  // namespace

ChainReport VerifyChain(Connection& connection) {
  ChainReport report;
  Query sets = connection.Use(kSets);
  while (sets.Next()) {
    const domain::ChangeSet set = ReadChangeSet(sets);
    ChangeSetHasher hasher(report.head_hash, set);
    const bool sound = AddStored(connection, set.id, hasher);
    ++report.checked;
    const bool follows = sound && set.change_count == hasher.count() && set.id == report.checked &&
                         hasher.Finish() == set.hash;
    if (!follows) {
      report.first_bad = set.id;
      return report;
    }
    report.head_hash = set.hash;
  }
  return report;
}

absl::StatusOr<ChainReport> SqliteView::VerifyChain() {
  return Guarded([&] { return store::VerifyChain(connection_); });
}

}  // namespace kirikae::store

// The table of change sets: the audit log.
#pragma once

#include <cstdint>
#include <string>

#include "service/domain/records.h"
#include "service/store/sqlite/connection.h"

namespace kirikae::store {

/// The newest change set, which the next one's hash holds.
struct Head {
  int64_t id = 0;                          ///< 0 = the log is empty
  std::string hash;                        ///< hex; "" = the log is empty
  absl::Time time = absl::InfinitePast();  ///< when it was recorded
};

/// Throws SQLite::Exception.
Head ReadHead(Connection& connection);

/// Adds a row with every field of `set` except the fields that say what undid it. Throws
/// SQLite::Exception.
void InsertChangeSet(Connection& connection, const domain::ChangeSet& set);

/// Reads a change set from the first columns of a row: id, actor, role, act, reason, request_id,
/// effective_time, recorded_time, change_count, hash, undoes, partial.
domain::ChangeSet ReadChangeSet(const Query& row);

/// The same, followed by the id and the recorded_time of the set that undid it.
domain::ChangeSet ReadUndoneSet(const Query& row);

}  // namespace kirikae::store

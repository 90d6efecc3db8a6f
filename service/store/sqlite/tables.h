// The list of kinds of records, each with its table.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "service/domain/record_name.h"
#include "service/domain/records.h"
#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// A kind of record and the functions for its rows, defined in the file of its table. `write` and
/// `remove` throw SQLite::Exception.
template <typename Record>
struct Table {
  domain::RecordKind kind;
  const char* name;   ///< in SQL
  const char* count;  ///< SQL that counts the stored records
  /// SQL that returns the id of a new record; null when the caller chooses the key.
  const char* next_id = nullptr;
  /// The stored record with the key of `like`, if any.
  absl::StatusOr<std::optional<Record>> (*find)(ReadView& view, const Record& like);
  /// A record that has only the key of a resource name of this kind. A name without a valid key
  /// gives a record that is never stored.
  Record (*named)(const domain::RecordName& name);
  /// Writes `record` in place of `old` (absent: it is new) with the next version. When `old` does
  /// not have the stored version: writes nothing and returns false.
  bool (*write)(Connection& connection, const std::optional<Record>& old, const Record& record);
  /// Removes a stored record with all rows that depend on it. Null for kinds whose records are
  /// never removed. False when its version is not the stored one: the transaction must then be
  /// rolled back.
  bool (*remove)(Connection& connection, const Record& record) = nullptr;
};

/// The version of a record that replaces `old`.
template <typename Record>
int64_t NextVersion(const std::optional<Record>& old) {
  return old.has_value() ? old->version + 1 : 1;
}

/// The table of a record's kind; only the argument's type matters. Defined in the file of the
/// table.
const Table<domain::Device>& TableOf(const domain::Device* kind);
const Table<domain::Staff>& TableOf(const domain::Staff* kind);
const Table<domain::Rollout>& TableOf(const domain::Rollout* kind);
const Table<domain::Plan>& TableOf(const domain::Plan* kind);
const Table<domain::Proposal>& TableOf(const domain::Proposal* kind);
const Table<domain::Wave>& TableOf(const domain::Wave* kind);
const Table<domain::Placement>& TableOf(const domain::Placement* kind);
const Table<domain::PhaseStatus>& TableOf(const domain::PhaseStatus* kind);
const Table<domain::Token>& TableOf(const domain::Token* kind);
const Table<domain::ImportPreview>& TableOf(const domain::ImportPreview* kind);
const Table<domain::ImportProfile>& TableOf(const domain::ImportProfile* kind);
const Table<domain::CalendarDay>& TableOf(const domain::CalendarDay* kind);

}  // namespace kirikae::store

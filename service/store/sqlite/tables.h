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

/// A kind of record and what the file of its table does with its rows. `write` and `remove` throw
/// SQLite::Exception.
template <typename Record>
struct Table {
  domain::RecordKind kind;
  const char* name;   ///< in SQL
  const char* count;  ///< SQL that counts the stored records
  /// SQL that gives the id of a new record; null where its maker chooses the key.
  const char* next_id = nullptr;
  /// The stored record that has the key of `like`; nothing = none.
  absl::StatusOr<std::optional<Record>> (*find)(ReadView& view, const Record& like);
  /// A record with the key that stands in a name of this kind, and nothing else. A name that has no
  /// such key gives a record that is never stored.
  Record (*named)(const domain::RecordName& name);
  /// Writes `record` in the place of `old` (nothing = it is new) with the next version. False, and
  /// nothing written, where `old` is not what is stored, by its version.
  bool (*write)(Connection& connection, const std::optional<Record>& old, const Record& record);
  /// Removes a stored record with everything that hangs on it; null where a kind's records stay for
  /// ever. False where its version is not the stored one: then the transaction must not be kept.
  bool (*remove)(Connection& connection, const Record& record) = nullptr;
};

/// The version that a record gets in the place of `old`.
template <typename Record>
int64_t NextVersion(const std::optional<Record>& old) {
  return old.has_value() ? old->version + 1 : 1;
}

/// The table of a record's kind; only the type of the argument counts. Each is defined in the file
/// of its table.
const Table<domain::Device>& TableOf(const domain::Device* kind);
const Table<domain::Staff>& TableOf(const domain::Staff* kind);
const Table<domain::Rollout>& TableOf(const domain::Rollout* kind);
const Table<domain::Plan>& TableOf(const domain::Plan* kind);
const Table<domain::Wave>& TableOf(const domain::Wave* kind);
const Table<domain::Placement>& TableOf(const domain::Placement* kind);
const Table<domain::PhaseStatus>& TableOf(const domain::PhaseStatus* kind);
const Table<domain::Token>& TableOf(const domain::Token* kind);
const Table<domain::ImportPreview>& TableOf(const domain::ImportPreview* kind);
const Table<domain::ImportProfile>& TableOf(const domain::ImportProfile* kind);
const Table<domain::CalendarDay>& TableOf(const domain::CalendarDay* kind);

}  // namespace kirikae::store

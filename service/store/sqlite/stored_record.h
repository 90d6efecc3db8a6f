// Finds a stored record of any kind by its resource name.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "service/domain/record_name.h"
#include "service/store/history/record_fields.h"
#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// The number of stored records of a kind.
struct KindCount {
  domain::RecordKind kind;
  const char* table;  ///< its name in SQL
  int64_t count = 0;
};

/// Every kind that has a history. Throws SQLite::Exception.
std::vector<KindCount> CountRecords(Connection& connection);

/// Whether records of this kind are stored and have a history.
bool IsStoredKind(domain::RecordKind kind);

/// The fields of the record with this name; absent when it is not stored.
absl::StatusOr<std::optional<Fields>> FindFields(ReadView& view, const domain::RecordName& name);

}  // namespace kirikae::store

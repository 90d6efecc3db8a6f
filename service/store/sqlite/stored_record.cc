#include "service/store/sqlite/stored_record.h"

#include <type_traits>
#include <variant>
#include <vector>

#include "service/status_macros.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/tables.h"

namespace kirikae::store {
namespace {

// The type of record that an edit writes; void for edits that write none.
template <typename Edit>
struct RecordOf {
  using Type = Edit;
};
template <>
struct RecordOf<DeviceEdit> {
  using Type = domain::Device;
};
template <>
struct RecordOf<PastChange> {
  using Type = void;
};
template <>
struct RecordOf<KeptCheckpoint> {
  using Type = void;
};
template <>
struct RecordOf<Session> {
  using Type = void;
};
template <>
struct RecordOf<SessionEnd> {
  using Type = void;
};
template <>
struct RecordOf<Removal> {
  using Type = void;
};

// Calls `visit` with the table of every kind that store.h has an edit for.
template <typename Visit, typename... Edits>
void ForEachKind(const Visit& visit, const std::variant<Edits...>*) {
  const auto call = [&visit]<typename Record>(const Record* kind) {
    if constexpr (!std::is_void_v<Record>) visit(TableOf(kind));
  };
  (call(static_cast<const typename RecordOf<Edits>::Type*>(nullptr)), ...);
}

template <typename Visit>
void ForEachKind(const Visit& visit) {
  ForEachKind(visit, static_cast<const Edit*>(nullptr));
}

}  // namespace

std::vector<KindCount> CountRecords(Connection& connection) {
  std::vector<KindCount> counts;
  ForEachKind([&](const auto& table) {
    counts.push_back({table.kind, table.name, Number(connection.Use(table.count))});
  });
  return counts;
}

bool IsStoredKind(domain::RecordKind kind) {
  bool stored = false;
  ForEachKind([&](const auto& table) { stored = stored || table.kind == kind; });
  return stored;
}

absl::StatusOr<std::optional<Fields>> FindFields(ReadView& view, const domain::RecordName& name) {
  absl::StatusOr<std::optional<Fields>> fields = std::nullopt;
  ForEachKind([&](const auto& table) {
    if (table.kind != name.kind) return;
    const auto record = table.find(view, table.named(name));
    if (!record.ok()) {
      fields = record.status();
    } else if (record->has_value()) {
      fields = std::optional<Fields>(FieldsOf(**record));
    }
  });
  return fields;
}

}  // namespace kirikae::store

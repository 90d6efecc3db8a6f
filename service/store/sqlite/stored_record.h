// A stored record found by its resource name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "service/store/history/record_fields.h"
#include "service/store/store.h"

namespace kirikae::store {

/// A kind of record: how its names look and where it is kept.
struct RecordKind {
  std::string_view pattern;  ///< `rollouts/*/plans/*`
  const char* count;         ///< SQL that counts the stored ones
  /// The fields of the one with these words for the pattern's stars; nothing when there is none.
  absl::StatusOr<std::optional<Fields>> (*find)(ReadView& view, std::span<const std::string> words);
};

/// Every kind that has a history.
std::span<const RecordKind> RecordKinds();

/// The kind whose pattern fits the name, with the words for its stars; nullptr for none.
const RecordKind* KindOf(std::string_view name, std::vector<std::string>& words);

}  // namespace kirikae::store

// Filters in the API's subset of AIP-160, over anything that has fields with text values.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "service/domain/values.h"

namespace kirikae::app {

/// A node of a parsed filter; never changes.
struct FilterNode {
  enum class Kind { kAnd, kOr, kNot, kTest };
  Kind kind = Kind::kTest;
  std::vector<std::shared_ptr<const FilterNode>> parts;
  std::string field;
  std::string comparison;
  std::string value;
  std::string folded_value;  ///< for `:`, which compares folded texts
};

/// Shared by the copies of a filter. Null matches everything.
using FilterPtr = std::shared_ptr<const FilterNode>;

/// Whether a value belongs to a field's closed set.
using KnowsValue = bool (*)(std::string_view value);
/// The check for a field's values; null for an unknown field.
using FilterFields = KnowsValue (*)(std::string_view field);

/// Accepts any text.
inline bool AnyText(std::string_view) { return true; }
/// Accepts the canonical names of an enumeration.
template <typename Enum>
bool Knows(std::string_view name) {
  return domain::FromName<Enum>(name).has_value();
}

/// Parses a filter such as `kind = MANAGER_TERMINAL AND NOT network = INTERNET`. Operators: = != <
/// <= > >= and `:` (for a department: itself and everything below it; for other fields: contains,
/// after folding), AND, OR, NOT, parentheses. INVALID_ARGUMENT with the position of the fault, in
/// characters from 1.
absl::StatusOr<FilterPtr> ParseFilter(std::string_view text, FilterFields fields);

/// Whether a record with these values matches. A field with several values matches when one of them
/// does.
bool Holds(const FilterNode& node,
           const std::function<std::vector<std::string>(const std::string& field)>& values);

/// Whether the filter tests a field for which `asks` returns true.
bool AsksFor(const FilterNode& node, const std::function<bool(const std::string& field)>& asks);

}  // namespace kirikae::app

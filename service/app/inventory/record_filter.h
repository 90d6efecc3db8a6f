// The AIP-160 subset of the API's filters, over whatever has fields with text values.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "service/domain/values.h"

namespace kirikae::app {

/// A part of a parsed filter; never changes.
struct FilterNode {
  enum class Kind { kAnd, kOr, kNot, kTest };
  Kind kind = Kind::kTest;
  std::vector<std::shared_ptr<const FilterNode>> parts;
  std::string field;
  std::string comparison;
  std::string value;
  std::string folded_value;  ///< for `:`, which compares folded texts
};

/// Shared by the copies of a filter. Null matches all.
using FilterPtr = std::shared_ptr<const FilterNode>;

/// Whether a value is of a field's closed set.
using KnowsValue = bool (*)(std::string_view value);
/// The check for a field's values; null where there is no such field.
using FilterFields = KnowsValue (*)(std::string_view field);

/// Any text is a value.
inline bool AnyText(std::string_view) { return true; }
/// The canonical names of an enumeration are values.
template <typename Enum>
bool Knows(std::string_view name) {
  return domain::FromName<Enum>(name).has_value();
}

/// Parses `kind = MANAGER_TERMINAL AND NOT network = INTERNET`. Operators = != < <= > >= and `:`
/// (a department and all under it; on others folded containment), AND, OR, NOT, parentheses.
/// INVALID_ARGUMENT with the position of the fault, in characters from 1.
absl::StatusOr<FilterPtr> ParseFilter(std::string_view text, FilterFields fields);

/// Whether what has these values matches: a field with several matches if one of them does.
bool Holds(const FilterNode& node,
           const std::function<std::vector<std::string>(const std::string& field)>& values);

/// Whether some test is of a field that `asks` says yes to.
bool AsksFor(const FilterNode& node, const std::function<bool(const std::string& field)>& asks);

}  // namespace kirikae::app

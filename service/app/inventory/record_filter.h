// Filters in the API's subset of AIP-160, over anything that has fields with text values.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "service/domain/terms.h"

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

/// The values that a field may be compared with: the names of these terms; any text where there are
/// none.
using FilterTerms = std::span<const domain::Term>;
/// Those of a field; nullopt where there is no such field.
using FilterFields = std::optional<FilterTerms> (*)(std::string_view field);

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

// Filters over devices: the AIP-160 subset of the API.
#pragma once

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "service/domain/records.h"

namespace kirikae::api {

/// A parsed filter. Thread-safe; copies share the parsed form, which never changes.
class DeviceFilter {
 public:
  struct Node;
  explicit DeviceFilter(std::shared_ptr<const Node> root) : root_(std::move(root)) {}
  bool Matches(const domain::Device& device) const;

 private:
  std::shared_ptr<const Node> root_;  ///< null matches all
};

/// Parses `kind = MANAGER_TERMINAL AND NOT network = INTERNET`. Operators = != < <= > >= and `:`
/// (a department and all under it; on others folded containment), AND, OR, NOT, parentheses.
/// INVALID_ARGUMENT with the position of the fault.
absl::StatusOr<DeviceFilter> ParseDeviceFilter(std::string_view text);

}  // namespace kirikae::api

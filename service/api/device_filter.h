// Filters over devices: the AIP-160 subset of the API.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "absl/status/statusor.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::api {

/// A parsed filter. Thread-safe; copies share the parsed form, which never changes.
class DeviceFilter {
 public:
  struct Node;
  explicit DeviceFilter(std::shared_ptr<const Node> root) : root_(std::move(root)) {}
  /// Whether the device matches, of whose placements only those given are known.
  bool Matches(const domain::Device& device,
               std::span<const domain::Placement> placements = {}) const;
  /// Whether it asks for a field of placements.
  bool NeedsPlacements() const;

 private:
  std::shared_ptr<const Node> root_;  ///< null matches all
};

/// Parses `kind = MANAGER_TERMINAL AND NOT network = INTERNET`. Operators = != < <= > >= and `:`
/// (a department and all under it; on others folded containment), AND, OR, NOT, parentheses.
/// INVALID_ARGUMENT with the position of the fault. Fields of placements (`placement.state`,
/// `.day`,
/// `.team`, `.phase`, `.rollout`) are of every rollout the device is in.
absl::StatusOr<DeviceFilter> ParseDeviceFilter(std::string_view text);

/// The same without fields of placements, which a rollout's own scope and phases can't depend on.
absl::StatusOr<DeviceFilter> ParseDeviceSelector(std::string_view text);

/// Whether the stored device matches; reads its placements where the filter asks for them.
absl::StatusOr<bool> Matches(store::ReadView& view, const DeviceFilter& filter,
                             const domain::Device& device);

}  // namespace kirikae::api

// Filters over devices: the AIP-160 subset of the API.
#pragma once

#include <span>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "service/app/inventory/record_filter.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A parsed filter. Thread-safe; copies share the parsed form, which never changes.
class DeviceFilter {
 public:
  explicit DeviceFilter(FilterPtr root) : root_(std::move(root)) {}
  /// Whether the device matches, of whose placements only those given are known.
  bool Matches(const domain::Device& device,
               std::span<const domain::Placement> placements = {}) const;
  /// Whether it asks for a field of placements.
  bool NeedsPlacements() const;

 private:
  FilterPtr root_;  ///< null matches all
};

/// Parses a filter (see ParseFilter) over a device's fields. Those of placements
/// (`placement.state`, `.day`, `.team`, `.phase`, `.rollout`) are of every rollout the device is
/// in.
absl::StatusOr<DeviceFilter> ParseDeviceFilter(std::string_view text);

/// The same without fields of placements, which a rollout's own scope and phases can't depend on.
absl::StatusOr<DeviceFilter> ParseDeviceSelector(std::string_view text);

/// Whether the stored device matches; reads its placements where the filter asks for them.
absl::StatusOr<bool> Matches(store::ReadView& view, const DeviceFilter& filter,
                             const domain::Device& device);

}  // namespace kirikae::app

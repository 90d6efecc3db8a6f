// All devices in the order of their tags, as they are or were.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A point in both times: what was true at one time, as far as was known at the other.
struct AsOf {
  absl::Time as_of;
  absl::Time known_at;
};

/// The device as it was; absent when it did not exist then. Its users have no role or enrolment.
/// NOT_FOUND with near names for a tag that never existed.
absl::StatusOr<std::optional<domain::Device>> FindAsOf(store::ReadView& view,
                                                       const std::string& asset_tag,
                                                       const AsOf& when);

/// All changes of a device and its placements, newest first.
absl::StatusOr<std::vector<domain::HistoryEntry>> WholeHistory(store::ReadView& view,
                                                               const std::string& asset_tag);

/// Reads all devices a batch at a time. Not thread-safe; `view` must outlive it.
class DeviceSource {
 public:
  DeviceSource(store::ReadView& view, std::string after, std::optional<AsOf> when)
      : view_(view), after_(std::move(after)), when_(when) {}

  /// The next devices by tag; empty at the end.
  absl::StatusOr<std::vector<domain::Device>> Next();

 private:
  absl::StatusOr<std::vector<domain::Device>> NextAsOf();

  store::ReadView& view_;
  std::string after_;
  const std::optional<AsOf> when_;
  bool ended_ = false;
};

}  // namespace kirikae::app

// Finds the rollout and placement that a mark of a device is about.
#pragma once

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A rollout, and the device's placement in it, stored or new.
struct MarkTarget {
  domain::Rollout rollout;
  domain::Placement placement;
};

/// Finds the placement that a mark is about: in the given rollout; when none is given, in the only
/// rollout that takes marks and that has the device planned or in its scope. Not thread-safe;
/// `view` must outlive it.
class MarkTargets {
 public:
  MarkTargets(store::ReadView& view, std::string rollout)
      : view_(view), rollout_(std::move(rollout)) {}

  /// FAILED_PRECONDITION: the rollout takes no marks, or the device is in no rollout or in several.
  absl::StatusOr<MarkTarget> Find(const domain::Device& device);

 private:
  absl::StatusOr<MarkTarget> FindByScope(const domain::Device& device);

  store::ReadView& view_;
  const std::string rollout_;  ///< id; "" = none is asked for
};

}  // namespace kirikae::app

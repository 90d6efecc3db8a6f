// Advice for a person who stands before a device and wants to log on.
#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "service/domain/records.h"
#include "service/domain/sentence.h"

namespace kirikae::domain {

/// A device's placement in a rollout that has not been cancelled.
struct LivePlacement {
  Rollout rollout;
  Placement placement;
};

/// How to log on with the device at `now`, and what will change. `blocked`: something prevents the
/// device from being switched. `zone` is the ward's: it gives the day and time at which an
/// exception ends.
Sentence Advice(const Device& device, const std::optional<LivePlacement>& live, bool blocked,
                absl::Time now, const absl::TimeZone& zone);

}  // namespace kirikae::domain

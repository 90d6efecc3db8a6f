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

/// Whether the device's switch is planned for a day that has passed.
bool IsOverdue(const LivePlacement& live, absl::CivilDay today);

/// The device's state for who reads its card, with its day and cause: retired, kept as a spare, or
/// its state in the rollout. Absent for a device in use that is in no rollout.
std::optional<Sentence> StateSentence(const Device& device,
                                      const std::optional<LivePlacement>& live,
                                      const absl::TimeZone& zone, absl::CivilDay today);

/// How to log on with the device at `now`, and what will change. `blocked`: something prevents the
/// device from being switched. `zone` is the ward's: it gives the day and time at which an
/// exception ends.
Sentence Advice(const Device& device, const std::optional<LivePlacement>& live, bool blocked,
                absl::Time now, const absl::TimeZone& zone);

}  // namespace kirikae::domain

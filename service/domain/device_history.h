// What was true of a device, from its history.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// Whether the changes of a set were believed at `known_at`: it had been recorded and not yet been
/// undone. A set that undoes another changes nothing by itself: what it undoes was never true.
bool IsBelieved(const ChangeSet& set, absl::Time known_at);

/// The device as it was at `as_of`, as far as was known at `known_at`: each field has the value of
/// its latest believed change by effective time, ties by the order of recording. Nothing when the
/// device did not exist. `history` is all of the device's, in any order. DATA_LOSS for a stored
/// text that is no value of its field.
absl::StatusOr<std::optional<Device>> DeviceAsOf(const std::string& asset_tag,
                                                 std::span<const HistoryEntry> history,
                                                 absl::Time as_of, absl::Time known_at);

}  // namespace kirikae::domain

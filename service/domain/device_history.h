// What was true of a device, from its history.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// Whether the changes of a set were believed at `known_at`: it had been recorded and not yet been
/// undone. A set that undoes another changes nothing by itself: what it undoes was never true.
bool IsBelieved(const ChangeSet& set, absl::Time known_at);

/// A method and since when the device has had it.
struct MethodSpan {
  AuthMethod method = AuthMethod::kIcCardAndPassword;
  absl::Time since;
};

/// The device's methods in their order, each another than the one before, as far as was known at
/// `known_at`; the last one is the current one. They follow each other by effective time, ties by
/// the order of recording; the method that the device was made with comes first whatever its time,
/// since a mark may tell of a day before the inventory was entered. `history` is all of the
/// device's, in any order. DATA_LOSS for a stored text that is no method.
absl::StatusOr<std::vector<MethodSpan>> MethodsOf(const std::string& asset_tag,
                                                  std::span<const HistoryEntry> history,
                                                  absl::Time known_at);

/// What a method set from `effective` on makes of a device.
struct MethodChange {
  AuthMethod before = AuthMethod::kIcCardAndPassword;  ///< at `effective`, until now
  bool changes = false;                                ///< false: it had the method then
  MethodSpan current;                                  ///< the device's current method with it
  bool is_past = false;  ///< the current method stays: only what was before differs
};

/// Slots a method in at `effective`, among what is known to have been before and after. Errors as
/// MethodsOf; FAILED_PRECONDITION for a device without a history.
absl::StatusOr<MethodChange> SlotMethodIn(const std::string& asset_tag,
                                          std::span<const HistoryEntry> history, AuthMethod method,
                                          absl::Time effective);

/// The device as it was at `as_of`, as far as was known at `known_at`: each field has the value of
/// its latest believed change by effective time, ties by the order of recording; the method is that
/// of MethodsOf. Nothing when the device did not exist. `history` is all of the device's, in any
/// order. DATA_LOSS for a stored text that is no value of its field.
absl::StatusOr<std::optional<Device>> DeviceAsOf(const std::string& asset_tag,
                                                 std::span<const HistoryEntry> history,
                                                 absl::Time as_of, absl::Time known_at);

/// Where the device stood in a rollout at `as_of`, in the same way; the states it went into after
/// that, in their order.
struct PlacementThen {
  Placement placement;  ///< UNPLANNED where there was none
  std::vector<PlacementState> later;
};
absl::StatusOr<PlacementThen> PlacementAsOf(const std::string& rollout,
                                            const std::string& asset_tag,
                                            std::span<const HistoryEntry> history, absl::Time as_of,
                                            absl::Time known_at);

}  // namespace kirikae::domain

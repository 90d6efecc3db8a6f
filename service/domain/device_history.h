// Past values of a device, from its history.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// A time after every record: all that is recorded is known then, and what was not undone is still
/// believed.
inline absl::Time AllKnown() {
  return absl::FromCivil(absl::CivilSecond(9999, 1, 1), absl::UTCTimeZone());
}

/// Whether the changes of a set were believed at `known_at`: the set was recorded and not yet
/// undone. The changes of an undo itself are never believed: what it undoes counts as never true.
bool IsBelieved(const ChangeSet& set, absl::Time known_at);

/// A method, and the time from which the device has it.
struct MethodSpan {
  AuthMethod method = AuthMethod::kIcCardAndPassword;
  absl::Time since;
};

/// The device's methods in order, without repeats, as known at `known_at`; the last one is the
/// current one. They are ordered by effective time, then by recording. The method that the device
/// was created with comes first whatever its time, because a mark may be about a day before the
/// inventory was entered. `history` is the device's whole history in any order. DATA_LOSS for a
/// stored text that is no method.
absl::StatusOr<std::vector<MethodSpan>> MethodsOf(const std::string& asset_tag,
                                                  std::span<const HistoryEntry> history,
                                                  absl::Time known_at);

/// The effect of a method set from `effective` on.
struct MethodChange {
  AuthMethod before = AuthMethod::kIcCardAndPassword;  ///< at `effective`, until now
  bool changes = false;                                ///< false: it had the method then
  MethodSpan current;                                  ///< the device's current method with it
  bool is_past = false;  ///< the current method stays: only what was before differs
};

/// Inserts a method at `effective` between the methods known before and after. Errors as MethodsOf;
/// FAILED_PRECONDITION for a device without a history.
absl::StatusOr<MethodChange> SlotMethodIn(const std::string& asset_tag,
                                          std::span<const HistoryEntry> history, AuthMethod method,
                                          absl::Time effective);

/// The device as it was at `as_of`, as known at `known_at`. Each field has its latest believed
/// value by effective time, then by recording; the method is that of MethodsOf. Absent when the
/// device did not exist. `history` is the device's whole history in any order. DATA_LOSS for a
/// stored text that is no value of its field.
absl::StatusOr<std::optional<Device>> DeviceAsOf(const std::string& asset_tag,
                                                 std::span<const HistoryEntry> history,
                                                 absl::Time as_of, absl::Time known_at);

/// The device's state in a rollout at `as_of`, found in the same way, and the states after it in
/// their order.
struct PlacementThen {
  Placement placement;  ///< UNPLANNED where there was none
  std::vector<PlacementState> later;
};
absl::StatusOr<PlacementThen> PlacementAsOf(const std::string& rollout,
                                            const std::string& asset_tag,
                                            std::span<const HistoryEntry> history, absl::Time as_of,
                                            absl::Time known_at);

}  // namespace kirikae::domain

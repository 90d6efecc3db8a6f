// One act of marking: takes asset tags, makes edits and a result per tag.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/app/act.h"
#include "service/app/ward.h"
#include "service/domain/mark.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The devices to mark, and how.
struct MarkOrder {
  std::vector<std::string> asset_tags;  ///< as written; a tag that is listed again is left out
  domain::Outcome outcome = domain::Outcome::kMigrated;
  std::optional<domain::FailureCause> cause;  ///< with kFailed only
  std::optional<absl::CivilDay> until;        ///< with kDeferred only
  std::string rollout;             ///< id; "" = the one active rollout that each device is in
  bool override_blockers = false;  ///< mark despite blockers
  bool lift = false;               ///< with kExempt: lift the exemption
  bool allow_partial = false;      ///< mark the devices that can be marked
};

/// The result for one device.
struct MarkResult {
  std::string asset_tag;  ///< folded
  absl::Status status;    ///< OK, or why the device was refused; then the rest says nothing
  domain::PlacementState state = domain::PlacementState::kUnplanned;
  bool changed = false;                       ///< false: the device had been marked so before
  bool off_schedule = false;                  ///< on another day than its wave's
  std::string department;                     ///< of the device
  std::vector<domain::DeviceUser> users;      ///< of the device
  std::optional<absl::CivilDay> planned_day;  ///< before the mark
  std::string phase;                          ///< id of the device's phase; "" = none
  bool untimely = false;  ///< it switches the device before its phase has opened, or weeks early
};

/// The result of an act of marking: its edits, including waves and phases, and a result for each
/// tag.
struct Marks {
  store::Draft draft;
  std::vector<MarkResult> results;  ///< in the order of the tags
};

/// Decides every mark on the writer's view, by the act's caller and effective time.
/// PERMISSION_DENIED when the role may not make this mark; INVALID_ARGUMENT for a day `until` that
/// is not after today; NOT_FOUND for the rollout. Without `allow_partial`, one refused device
/// refuses all: MARKS_REFUSED names each refused tag; when only one tag was sent, its own error is
/// returned.
absl::StatusOr<Marks> MarkAll(const Ward& ward, const WriteContext& act, const MarkOrder& order,
                              store::ReadView& view);

}  // namespace kirikae::app

// One act of marking: tags in, edits and a result per tag out.
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

/// What is to be marked.
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

/// What became of one device.
struct MarkResult {
  std::string asset_tag;  ///< folded
  absl::Status status;    ///< OK, or why the device was refused; then the rest says nothing
  domain::PlacementState state = domain::PlacementState::kUnplanned;
  bool changed = false;       ///< false: the device had been marked so before
  bool off_schedule = false;  ///< on another day than its wave's
};

/// An act of marking: what it writes, waves and phases included, and a result for each tag.
struct Marks {
  store::Draft draft;
  std::vector<MarkResult> results;  ///< in the order of the tags
};

/// Decides every mark on the writer's view, as the act's caller and at its effective time.
/// PERMISSION_DENIED where the role may not mark so; INVALID_ARGUMENT for a day `until` that is not
/// after today; NOT_FOUND for the rollout. Without `allow_partial` one refused device refuses all,
/// with each refused tag named: MARKS_REFUSED, or the refusal itself where one tag was asked.
absl::StatusOr<Marks> MarkAll(const Ward& ward, const WriteContext& act, const MarkOrder& order,
                              store::ReadView& view);

}  // namespace kirikae::app

// The planning problem of a rollout, out of the inventory as it is.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/app/calendar/office_calendar.h"
#include "service/app/rollouts/rollout_file.h"
#include "service/domain/records.h"
#include "service/domain/sentence.h"
#include "service/planner/problem.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Something to know before a plan is approved.
struct PlanWarning {
  std::string code;
  domain::Sentence sentence;
};

/// A device that can't be planned, and the codes of what stands in its way.
struct BlockedDevice {
  std::string asset_tag;
  std::vector<std::string> codes;
};

/// The problem; the devices that can't be items because something without a date stands in their
/// way; what to know before approving; and the tags of the devices that are done.
struct BuiltProblem {
  planner::PlanProblem problem;
  std::vector<BlockedDevice> blocked;
  std::vector<PlanWarning> warnings;
  std::vector<std::string> done;
};

/// From when a plan is made.
struct PlanFrame {
  absl::CivilDay today;
  absl::CivilDay first_day;  ///< the first that may be used
  absl::TimeZone zone;       ///< the ward's
};

/// The problem of what is left of a rollout:
/// - devices in use, in scope, on the from-method and not finished, each in the first phase that
///   selects it, or in the phase that runs when its own has given way to a later one: so failed and
///   rolled back devices are made up for, and late joiners come in;
/// - devices of waves that have begun stay where they are (`fixed`), use capacity and move nobody;
///   those of the approved plan that have not begun are `published`;
/// - a device that is put off, or whose blockers all have a date to come, waits for it; one with
///   another blocker is no item but in `blocked`;
/// - a department's and a counter's share is of all its devices in scope, switched ones too;
/// - a phase waits for the soak of the phases before it from what has really happened.
/// FAILED_PRECONDITION when no working day is left.
absl::StatusOr<BuiltProblem> BuildProblem(store::ReadView& view, const RolloutFile& file,
                                          const OfficeCalendar& office, const PlanFrame& frame);

}  // namespace kirikae::app

// Builds the planning problem of a rollout from the present inventory.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/app/calendar/office_calendar.h"
#include "service/app/rollouts/rollout_file.h"
#include "service/domain/prospect.h"
#include "service/domain/records.h"
#include "service/domain/sentence.h"
#include "service/planner/problem.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A warning to read before a plan is approved.
struct PlanWarning {
  std::string code;
  domain::Sentence sentence;
};

/// A device that can't be planned, and the codes of its blockers.
struct BlockedDevice {
  std::string asset_tag;
  std::vector<std::string> codes;
};

/// An item that is not ready yet, and what has to happen before its day.
struct ConditionalDevice {
  std::string asset_tag;
  std::vector<domain::Condition> conditions;
};

/// The problem; the devices that have a blocker without a date, which are not items; the items that
/// are not ready yet; the warnings; and the tags of the devices that are done.
struct BuiltProblem {
  planner::PlanProblem problem;
  std::vector<BlockedDevice> blocked;
  std::vector<ConditionalDevice> conditional;
  std::vector<PlanWarning> warnings;
  std::vector<std::string> done;
};

/// The days from which a plan is made.
struct PlanFrame {
  absl::CivilDay today;
  absl::CivilDay first_day;  ///< the first that may be used
  absl::TimeZone zone;       ///< the ward's
};

/// The problem of what is left of a rollout:
/// - Items are the devices in use, in scope, with the from-method and not finished. Each is in the
///   first phase that selects it, or in the running phase when its own phase is over. So failed and
///   rolled back devices are planned again, and late joiners are included.
/// - Devices of waves that have begun stay where they are (`fixed`): they use capacity, but do not
///   tie the rest of their group to their slot. Devices of the approved plan's other waves are
///   `published`.
/// - A deferred device waits for its date. So does one whose blockers all have a day to come: a day
///   in the records, or one by which the policy expects that kind of blocker to be gone (so many
///   open days after today). It is in `conditional` too. A device with any other blocker is in
///   `blocked` and is not an item.
/// - The share of a department or a counter is of all its devices in scope, including switched
///   ones.
/// - A phase waits for the soak of the phases before it, counted from the work that was really
///   done.
/// FAILED_PRECONDITION when no working day is left.
absl::StatusOr<BuiltProblem> BuildProblem(store::ReadView& view, const RolloutFile& file,
                                          const OfficeCalendar& office, const PlanFrame& frame);

}  // namespace kirikae::app

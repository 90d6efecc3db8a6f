#include "service/planner/solution.h"

namespace kirikae::planner {

std::string_view Name(Status status) {
  switch (status) {
    case Status::kOptimal:
      return "OPTIMAL";
    case Status::kFeasible:
      return "FEASIBLE";
    case Status::kPartial:
      return "PARTIAL";
    case Status::kInfeasible:
      return "INFEASIBLE";
  }
  return "";
}

std::string_view Name(LeftCode code) {
  switch (code) {
    case LeftCode::kNoOpenSlot:
      return "NO_OPEN_SLOT";
    case LeftCode::kNotReadyInTime:
      return "NOT_READY_IN_TIME";
    case LeftCode::kBlackedOut:
      return "BLACKED_OUT";
    case LeftCode::kDeadline:
      return "DEADLINE";
    case LeftCode::kCapacity:
      return "CAPACITY";
    case LeftCode::kPoolLimit:
      return "POOL_LIMIT";
    case LeftCode::kGroupTooLarge:
      return "GROUP_TOO_LARGE";
    case LeftCode::kNoTeamForSite:
      return "NO_TEAM_FOR_SITE";
    case LeftCode::kPhaseOrder:
      return "PHASE_ORDER";
    case LeftCode::kHelpDesk:
      return "HELP_DESK";
  }
  return "";
}

std::string_view Name(BoundBy bound_by) {
  switch (bound_by) {
    case BoundBy::kNone:
      return "NONE";
    case BoundBy::kCapacity:
      return "CAPACITY";
    case BoundBy::kDeviceCount:
      return "DEVICE_COUNT";
    case BoundBy::kPoolLimit:
      return "POOL_LIMIT";
    case BoundBy::kNotReady:
      return "NOT_READY";
    case BoundBy::kNotBefore:
      return "NOT_BEFORE";
    case BoundBy::kPhaseOrder:
      return "PHASE_ORDER";
    case BoundBy::kBlackout:
      return "BLACKOUT";
    case BoundBy::kHelpDesk:
      return "HELP_DESK";
    case BoundBy::kFixed:
      return "FIXED";
    case BoundBy::kSearch:
      return "SEARCH";
  }
  return "";
}

std::string_view Name(Objective objective) {
  switch (objective) {
    case Objective::kPlaced:
      return "PLACED";
    case Objective::kFinish:
      return "FINISH";
    case Objective::kStability:
      return "STABILITY";
    case Objective::kVisits:
      return "VISITS";
    case Objective::kLevel:
      return "LEVEL";
  }
  return "";
}

std::string_view Name(MeasureKind kind) {
  switch (kind) {
    case MeasureKind::kDeadline:
      return "DEADLINE";
    case MeasureKind::kCalendar:
      return "CALENDAR";
    case MeasureKind::kTeamMinutes:
      return "TEAM_MINUTES";
    case MeasureKind::kTeamDevices:
      return "TEAM_DEVICES";
    case MeasureKind::kShare:
      return "SHARE";
    case MeasureKind::kPoolLimit:
      return "POOL_LIMIT";
    case MeasureKind::kHelpDesk:
      return "HELP_DESK";
    case MeasureKind::kAddedTeam:
      return "ADDED_TEAM";
  }
  return "";
}

std::string_view UnitOf(MeasureKind kind) {
  switch (kind) {
    case MeasureKind::kDeadline:
    case MeasureKind::kCalendar:
      return "DAYS";
    case MeasureKind::kTeamMinutes:
      return "MINUTES";
    case MeasureKind::kTeamDevices:
    case MeasureKind::kPoolLimit:
      return "DEVICES";
    case MeasureKind::kShare:
      return "PERCENT_POINTS";
    case MeasureKind::kHelpDesk:
      return "TICKETS";
    case MeasureKind::kAddedTeam:
      return "TEAMS";
  }
  return "";
}

}  // namespace kirikae::planner

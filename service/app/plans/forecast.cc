#include "service/app/plans/forecast.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/app/calendar/office_calendar.h"
#include "service/app/plans/kept_plan.h"
#include "service/app/rollouts/rollout_file.h"
#include "service/app/rollouts/working_days.h"
#include "service/domain/errors.h"
#include "service/domain/placement_states.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::PlacementState;

// Counts of one phase's devices by state.
struct PhaseTally {
  planner::SeenOutcomes seen;
  std::map<absl::CivilDay, int64_t> planned;
  int64_t waiting = 0;
  int64_t done = 0;
};

void Count(const domain::Placement& placement, absl::CivilDay today, PhaseTally& tally) {
  planner::SeenOutcomes& seen = tally.seen;
  seen.failed += placement.failures;
  seen.absent += placement.absences;
  seen.attempted += placement.failures + placement.absences;
  if (domain::IsSwitched(placement.state)) {
    ++seen.attempted;
    ++tally.done;
  } else if (domain::IsOpen(placement.state) && placement.day >= today) {
    ++tally.planned[*placement.day];
  } else if (placement.state != PlacementState::kExempt) {
    ++tally.waiting;
  }
  if (placement.state == PlacementState::kDeferred && placement.day.has_value() &&
      *placement.day <= today) {
    ++seen.attempted;
    ++seen.absent;
  }
}

absl::StatusOr<std::map<std::string, PhaseTally>> Tally(store::ReadView& view,
                                                        const std::string& rollout,
                                                        absl::CivilDay today) {
  ASSIGN_OR_RETURN(
      const std::vector<domain::Placement> placements,
      view.ListPlacements(
          {.rollout = rollout, .team = "", .until = std::nullopt, .open_only = false}));
  std::map<std::string, PhaseTally> tallies;
  for (const domain::Placement& placement : placements) {
    Count(placement, today, tallies[placement.phase]);
  }
  return tallies;
}

void Add(const planner::SeenOutcomes& seen, planner::SeenOutcomes& all) {
  all.attempted += seen.attempted;
  all.failed += seen.failed;
  all.absent += seen.absent;
}

// What a phase's rates are from: its own outcomes or, without any, those of all phases.
const planner::SeenOutcomes& OwnOrAll(const PhaseTally& tally, const planner::SeenOutcomes& all) {
  return tally.seen.attempted > 0 ? tally.seen : all;
}

// The capacity of the approved plan, over the working days as known now.
absl::StatusOr<planner::ForecastInput> InputOf(store::ReadView& view,
                                               const domain::Rollout& rollout,
                                               absl::CivilDay today) {
  ASSIGN_OR_RETURN(const std::optional<domain::Plan> plan,
                   view.FindPlan(rollout.id, rollout.approved_plan));
  if (!plan.has_value()) return absl::DataLossError("the approved plan is missing");
  ASSIGN_OR_RETURN(SolvedPlan solved, SolvedOf(*plan));
  planner::PlanProblem& problem = solved.problem;
  ASSIGN_OR_RETURN(const RolloutFile file, ParseRolloutFile(rollout.source));
  ASSIGN_OR_RETURN(const OfficeCalendar office, OfficeCalendar::Read(view));
  // The days continue for a year, because a forecast may go beyond the plan's end.
  const absl::CivilDay last = std::max(today, problem.calendar.last_day) + 366;
  problem.calendar = CalendarOf(file.calendar, office, today, last);
  return planner::ForecastInputOf(problem, planner::PlanSolution(), today, {});
}

}  // namespace

absl::StatusOr<std::vector<planner::SeenOutcomes>> SeenSoFar(store::ReadView& view,
                                                             const std::string& rollout,
                                                             const std::vector<std::string>& phases,
                                                             absl::CivilDay today) {
  ASSIGN_OR_RETURN(auto tallies, Tally(view, rollout, today));
  planner::SeenOutcomes all;
  for (const auto& [phase, tally] : tallies) Add(tally.seen, all);
  std::vector<planner::SeenOutcomes> seen;
  seen.reserve(phases.size());
  for (const std::string& phase : phases) seen.push_back(OwnOrAll(tallies[phase], all));
  return seen;
}

absl::StatusOr<RolloutForecast> ForecastRollout(store::ReadView& view,
                                                const domain::Rollout& rollout,
                                                absl::CivilDay today, uint32_t seed) {
  if (rollout.approved_plan == 0) return domain::RolloutWithoutPlan(rollout.id);
  ASSIGN_OR_RETURN(planner::ForecastInput input, InputOf(view, rollout, today));
  ASSIGN_OR_RETURN(auto tallies, Tally(view, rollout.id, today));
  RolloutForecast forecast;
  forecast.day = today;
  planner::SeenOutcomes& all = forecast.seen_in_all;
  for (const auto& [phase, tally] : tallies) {
    Add(tally.seen, all);
    input.done += tally.done;
  }
  for (planner::ForecastPhase& phase : input.phases) {
    const PhaseTally& tally = tallies[phase.id];
    forecast.seen.push_back(tally.seen);
    phase.seen = OwnOrAll(tally, all);
    phase.waiting = tally.waiting;
    phase.planned.clear();
    for (const auto& [day, devices] : tally.planned) phase.planned.push_back({day, devices});
  }
  planner::ForecastOptions options;
  options.seed = seed == 0 ? 1 : seed;
  forecast.result = planner::Forecast(input, options);
  if (all.attempted > 0) {
    planner::PhaseForecast& total = forecast.result.all;
    total.failed_rate = static_cast<double>(all.failed) / static_cast<double>(all.attempted);
    total.absent_rate = static_cast<double>(all.absent) / static_cast<double>(all.attempted);
  }
  return forecast;
}

}  // namespace kirikae::app

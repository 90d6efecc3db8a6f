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
#include "service/plan_form/problem_and_solution.h"
#include "service/planner/forecast.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::PlacementState;

// Where the devices of one phase stand.
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

std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? absl::FormatCivilTime(*day) : std::string();
}

void Fill(const planner::PhaseForecast& forecast, const planner::SeenOutcomes& seen,
          v1::PhaseForecast* proto) {
  proto->set_id(forecast.id);
  proto->set_planned(DayText(forecast.planned));
  proto->set_half(DayText(forecast.half));
  proto->set_nine_of_ten(DayText(forecast.nine_of_ten));
  proto->set_failed_rate(forecast.failed_rate);
  proto->set_absent_rate(forecast.absent_rate);
  proto->set_remaining(static_cast<int>(forecast.remaining));
  proto->set_attempted(static_cast<int>(seen.attempted));
  proto->set_failed(static_cast<int>(seen.failed));
  proto->set_absent(static_cast<int>(seen.absent));
}

void Add(const planner::SeenOutcomes& seen, planner::SeenOutcomes& all) {
  all.attempted += seen.attempted;
  all.failed += seen.failed;
  all.absent += seen.absent;
}

// The plan's days and capacity, with what really stands on them.
absl::StatusOr<planner::ForecastInput> InputOf(store::ReadView& view,
                                               const domain::Rollout& rollout,
                                               absl::CivilDay today) {
  ASSIGN_OR_RETURN(const std::optional<domain::Plan> plan,
                   view.FindPlan(rollout.id, rollout.approved_plan));
  if (!plan.has_value()) return absl::DataLossError("the approved plan is missing");
  ASSIGN_OR_RETURN(const stored::Plan kept, KeptOf(*plan));
  if (!kept.has_problem()) return domain::PlanWithoutProblem(PlanName(*plan));
  ASSIGN_OR_RETURN(planner::PlanProblem problem, plan_form::FromProto(kept.problem()));
  ASSIGN_OR_RETURN(const RolloutFile file, ParseRolloutFile(rollout.source));
  ASSIGN_OR_RETURN(const OfficeCalendar office, OfficeCalendar::Read(view));
  // A year further: a forecast may run past the plan.
  const absl::CivilDay last = std::max(today, problem.calendar.last_day) + 366;
  problem.calendar = CalendarOf(file.calendar, office, today, last);
  return planner::ForecastInputOf(problem, planner::PlanSolution(), today, {});
}

}  // namespace

absl::StatusOr<v1::Forecast> ForecastRollout(store::ReadView& view, const domain::Rollout& rollout,
                                             absl::CivilDay today, uint32_t seed) {
  if (rollout.approved_plan == 0) return domain::RolloutWithoutPlan(rollout.id);
  ASSIGN_OR_RETURN(planner::ForecastInput input, InputOf(view, rollout, today));
  ASSIGN_OR_RETURN(auto tallies, Tally(view, rollout.id, today));
  planner::SeenOutcomes all;
  for (const auto& [phase, tally] : tallies) {
    Add(tally.seen, all);
    input.done += tally.done;
  }
  std::vector<planner::SeenOutcomes> seen;
  for (planner::ForecastPhase& phase : input.phases) {
    const PhaseTally& tally = tallies[phase.id];
    seen.push_back(tally.seen);
    phase.seen = tally.seen.attempted > 0 ? tally.seen : all;
    phase.waiting = tally.waiting;
    phase.planned.clear();
    for (const auto& [day, devices] : tally.planned) phase.planned.push_back({day, devices});
  }
  planner::ForecastOptions options;
  options.seed = seed == 0 ? 1 : seed;
  planner::ForecastResult result = planner::Forecast(input, options);
  v1::Forecast forecast;
  forecast.set_day(absl::FormatCivilTime(today));
  forecast.set_runs(result.runs);
  for (size_t i = 0; i < result.phases.size(); ++i) {
    Fill(result.phases[i], seen[i], forecast.add_phases());
  }
  if (all.attempted > 0) {
    result.all.failed_rate = static_cast<double>(all.failed) / static_cast<double>(all.attempted);
    result.all.absent_rate = static_cast<double>(all.absent) / static_cast<double>(all.attempted);
  }
  Fill(result.all, all, forecast.mutable_all());
  for (const planner::BurnUpDay& day : result.burn_up) {
    auto* const row = forecast.add_burn_up();
    row->set_day(absl::FormatCivilTime(day.day));
    row->set_planned(static_cast<int>(day.planned));
    row->set_low(static_cast<int>(day.low));
    row->set_middle(static_cast<int>(day.middle));
    row->set_high(static_cast<int>(day.high));
  }
  return forecast;
}

}  // namespace kirikae::app

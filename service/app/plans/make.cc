#include "service/app/plans/make.h"

#include <map>
#include <memory>
#include <set>
#include <unordered_set>
#include <utility>
#include <vector>

#include "service/app/calendar/office_calendar.h"
#include "service/app/plans/forecast.h"
#include "service/app/plans/kept_plan.h"
#include "service/app/plans/problem.h"
#include "service/app/plans/solve.h"
#include "service/app/rollouts/rollout_file.h"
#include "service/app/rollouts/working_days.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

// Some dozens of plans are tried.
constexpr int kRobustMillis = 30'000;

// Warns when a plan uses days of years whose holidays were not imported; there the law's rules
// decide.
void WarnOfYears(const OfficeCalendar& office, const planner::PlanSolution& solution,
                 std::vector<PlanWarning>& warnings) {
  std::set<absl::CivilYear> years;
  for (const planner::Placement& placement : solution.placements) {
    const absl::CivilYear year(placement.day);
    if (!office.IsImported(year)) years.insert(year);
  }
  if (years.empty()) return;
  std::string names;
  for (const absl::CivilYear year : years) {
    names += (names.empty() ? "" : ", ") + absl::FormatCivilTime(year);
  }
  warnings.push_back({"HOLIDAYS_NOT_IMPORTED",
                      Sentence("The plan uses days of $0, whose published holidays were not "
                               "imported; those of the law are taken.",
                               {names})});
}

absl::Status Check(const AskedPlan& asked, absl::CivilDay today) {
  if (asked.first_day.has_value() && *asked.first_day < today) {
    return domain::InvalidField("first_day", Sentence("The first day $0 has passed.",
                                                      {absl::FormatCivilTime(*asked.first_day)}));
  }
  if (asked.confidence_percent < 0 || asked.confidence_percent > 99) {
    return domain::InvalidField("confidence_percent",
                                Sentence("$0 % is no confidence; take 1 to 99 %, such as 90 %.",
                                         {std::to_string(asked.confidence_percent)}));
  }
  return absl::OkStatus();
}

// When each phase is done in the plan, and when it would be with only the devices that are ready;
// nothing where all are.
absl::StatusOr<std::vector<PhaseFinish>> FinishesOf(const BuiltProblem& built,
                                                    const planner::PlanSolution& solution,
                                                    const SolveLimit& limit) {
  std::vector<PhaseFinish> finishes;
  if (built.conditional.empty()) return finishes;
  std::unordered_set<std::string> waiting;
  for (const ConditionalDevice& device : built.conditional) waiting.insert(device.asset_tag);
  planner::PlanProblem ready = built.problem;
  std::erase_if(ready.items, [&](const planner::Item& item) { return waiting.contains(item.id); });
  planner::PlanSolution ready_only;
  if (!ready.items.empty()) {
    ASSIGN_OR_RETURN(SolvedProblem solved, SolveWithin(ready, limit));
    ready_only = std::move(solved.solution);
  }
  std::map<std::string, std::optional<absl::CivilDay>> last_days;
  for (const planner::PhaseResult& phase : ready_only.phases) last_days[phase.id] = phase.last_day;
  for (const planner::PhaseResult& phase : solution.phases) {
    finishes.push_back({phase.id, phase.last_day, last_days[phase.id]});
  }
  return finishes;
}

}  // namespace

absl::StatusOr<domain::Plan> SolveRollout(store::Store& store, const Ward& ward,
                                          const AskedPlan& asked, const store::StopWhen& stop) {
  const absl::CivilDay today = ward.Today();
  RETURN_IF_ERROR(Check(asked, today));
  ASSIGN_OR_RETURN(std::unique_ptr<store::ReadView> view, store.Read(stop));
  ASSIGN_OR_RETURN(const std::optional<domain::Rollout> found, view->FindRollout(asked.rollout));
  if (!found.has_value()) return domain::RolloutNotFound(asked.rollout);
  ASSIGN_OR_RETURN(const RolloutFile file, ParseRolloutFile(found->source));
  ASSIGN_OR_RETURN(const OfficeCalendar office, OfficeCalendar::Read(*view));
  ASSIGN_OR_RETURN(
      BuiltProblem built,
      BuildProblem(*view, file, office, {today, asked.first_day.value_or(today + 1), ward.zone}));
  std::vector<std::string> phases;
  for (const PhaseSpec& phase : file.phases) phases.push_back(phase.id);
  ASSIGN_OR_RETURN(const std::vector<planner::SeenOutcomes> seen,
                   SeenSoFar(*view, asked.rollout, phases, today));
  // Solving takes seconds. An open snapshot would keep the write-ahead log from being checkpointed.
  view.reset();
  SolvedProblem solved;
  if (asked.confidence_percent == 0) {
    ASSIGN_OR_RETURN(solved, SolveWithin(built.problem, {SolveMillis(0), stop}));
  } else {
    planner::RobustOptions options;
    options.confidence = asked.confidence_percent / 100.0;
    options.today = today;
    const planner::Calendar& days = built.problem.calendar;
    // A future may go on beyond the plan's last day.
    options.calendar = CalendarOf(file.calendar, office, days.first_day, days.last_day + 366);
    ASSIGN_OR_RETURN(solved,
                     SolveRobustWithin(built.problem, seen, options, {kRobustMillis, stop}));
  }
  const SolveLimit limit{SolveMillis(0), stop};
  ASSIGN_OR_RETURN(const std::vector<PhaseFinish> finishes,
                   FinishesOf(built, solved.solution, limit));
  WarnOfYears(office, solved.solution, built.warnings);
  return KeepPlan(*found, built, solved, finishes);
}

absl::StatusOr<domain::Plan> CreatePlan(store::ReadView& view, domain::Plan plan,
                                        const WriteContext& context) {
  ASSIGN_OR_RETURN(const auto plans, view.ListPlans(plan.rollout));
  plan.number = plans.empty() ? 1 : plans.front().number + 1;
  plan.creator = context.caller.actor;
  plan.create_time = context.now;
  return plan;
}

}  // namespace kirikae::app

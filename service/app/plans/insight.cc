#include "service/app/plans/insight.h"

#include <algorithm>
#include <set>
#include <utility>

#include "service/app/plans/solve.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

// Removes from `before` the devices that were done when the plan `after` was made. Such a device
// is not planned again, which is not a difference.
void ForgetDone(const SolvedPlan& after, SolvedPlan& before) {
  const std::set<std::string> done(after.kept.done().begin(), after.kept.done().end());
  std::erase_if(before.solution.placements, [&](const planner::Placement& placement) {
    return done.count(placement.item) != 0;
  });
}

}  // namespace

using domain::Sentence;

absl::StatusOr<SolvedPlan> ReadSolved(store::ReadView& view, const std::string& name) {
  ASSIGN_OR_RETURN(const domain::Plan plan, RequirePlan(view, name));
  return SolvedOf(plan);
}

absl::StatusOr<PlacementReasons> ExplainDevice(const SolvedPlan& plan, const std::string& name,
                                               const std::string& tag) {
  PlacementReasons reasons;
  for (const auto& blocked : plan.kept.blocked()) {
    if (blocked.asset_tag() != tag) continue;
    reasons.blockers.assign(blocked.codes().begin(), blocked.codes().end());
    return reasons;
  }
  const auto is_it = [&](const planner::Item& item) { return item.id == tag; };
  if (std::none_of(plan.problem.items.begin(), plan.problem.items.end(), is_it)) {
    return domain::DeviceNotInPlan(tag, name);
  }
  ASSIGN_OR_RETURN(reasons.explanation, planner::Explain(plan.problem, plan.solution, tag));
  return reasons;
}

absl::Status CheckChanges(const SolvedPlan& plan, const std::vector<planner::Change>& changes) {
  // The planner's own error would name only the first fault.
  planner::PlanProblem changed = plan.problem;
  std::vector<domain::Violation> violations;
  for (const planner::Fault& fault : planner::Apply(changes, &plan.solution, changed)) {
    violations.push_back({fault.path, fault.text});
  }
  return violations.empty() ? absl::OkStatus() : domain::InvalidRequest(std::move(violations));
}

absl::StatusOr<planner::Simulation> SimulateChanges(const SolvedPlan& plan,
                                                    const std::vector<planner::Change>& changes,
                                                    const SolveLimit& limit) {
  RETURN_IF_ERROR(CheckChanges(plan, changes));
  return planner::Simulate(plan.problem, plan.solution, changes, EndingIn(limit));
}

absl::StatusOr<planner::PlanDifference> ComparePlans(store::ReadView& view,
                                                     const std::string& before,
                                                     const std::string& after) {
  ASSIGN_OR_RETURN(const domain::Plan old_plan, RequirePlan(view, before));
  ASSIGN_OR_RETURN(const domain::Plan new_plan, RequirePlan(view, after));
  if (old_plan.rollout != new_plan.rollout) {
    return domain::InvalidField(
        "other", Sentence("Compare two plans of one rollout; $0 belongs to another one.", {after}));
  }
  ASSIGN_OR_RETURN(SolvedPlan old_solved, SolvedOf(old_plan));
  ASSIGN_OR_RETURN(const SolvedPlan new_solved, SolvedOf(new_plan));
  ForgetDone(new_solved, old_solved);
  // A device that moved to another department counts in its present department.
  planner::Departments departments = planner::DepartmentsOf(new_solved.problem);
  departments.merge(planner::DepartmentsOf(old_solved.problem));
  return planner::ComparePlans(old_solved.solution.placements, new_solved.solution.placements,
                               departments, new_solved.problem.calendar);
}

}  // namespace kirikae::app

#include "service/app/plans/insight.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_join.h"
#include "service/app/plans/solve.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"
#include "service/text/similar.h"

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

using domain::Sentence;

// Names of a plan's problem, for what a change names.
class Names {
 public:
  explicit Names(const planner::PlanProblem& problem) {
    for (const planner::Team& team : problem.teams) teams_.push_back(team.id);
    for (const planner::Phase& phase : problem.phases) phases_.push_back(phase.id);
    for (const planner::Pool& pool : problem.pools) pools_.push_back(pool.id);
    std::set<std::string> sites;
    std::set<std::string> departments;
    for (const planner::Item& item : problem.items) {
      sites.insert(item.site);
      for (size_t end = 0; end != std::string::npos;) {
        end = item.department.find('/', end + 1);
        departments.insert(item.department.substr(0, end));
      }
    }
    sites_.assign(sites.begin(), sites.end());
    departments_.assign(departments.begin(), departments.end());
  }

  // The fault with the nearest of the names that could stand there.
  planner::Fault WithNear(planner::Fault fault) const {
    if (fault.text.args.empty()) return fault;
    const std::string& name = fault.text.args[0];
    if (fault.path.ends_with(".team")) {
      fault.text = NoSuch(
          name, teams_,
          Sentence("No team is called $0; there are: $1.", {name, absl::StrJoin(teams_, ", ")}));
    } else if (fault.path.ends_with(".phase")) {
      fault.text = NoSuch(
          name, phases_,
          Sentence("No phase is called $0; there are: $1.", {name, absl::StrJoin(phases_, ", ")}));
    } else if (fault.path.ends_with(".pool")) {
      fault.text = NoSuch(name, pools_, fault.text);
    }
    return fault;
  }

  // The faults of the names in a blackout; `path` is the change's.
  void Check(const planner::Blackout& blackout, const std::string& path,
             std::vector<domain::Violation>& violations) const {
    const auto check = [&](const char* field, const std::string& name,
                           const std::vector<std::string>& names, const char* nothing) {
      if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) return;
      violations.push_back({path + "." + field, NoSuch(name, names, Sentence(nothing, {name}))});
    };
    check("department", blackout.department, departments_, "Nothing to be placed belongs to $0");
    check("site", blackout.site, sites_, "Nothing to be placed stands at $0");
    check("phase", blackout.phase, phases_, "No phase is called $0");
  }

 private:
  static Sentence NoSuch(const std::string& name, const std::vector<std::string>& names,
                         Sentence otherwise) {
    constexpr size_t kSlips = 3;
    if (const auto near = text::Nearest(name, names, kSlips)) {
      return Sentence("There is no $0 in this plan. Did you mean $1?", {name, *near});
    }
    return otherwise;
  }

  std::vector<std::string> teams_;
  std::vector<std::string> phases_;
  std::vector<std::string> pools_;
  std::vector<std::string> sites_;
  std::vector<std::string> departments_;
};

}  // namespace

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
  const Names names(plan.problem);
  for (planner::Fault& fault : planner::Apply(changes, &plan.solution, changed)) {
    fault = names.WithNear(std::move(fault));
    violations.push_back({fault.path, fault.text});
  }
  for (size_t i = 0; i < changes.size(); ++i) {
    const auto* const blackout = std::get_if<planner::AddBlackout>(&changes[i]);
    if (blackout == nullptr) continue;
    names.Check(blackout->blackout, "changes[" + std::to_string(i) + "]", violations);
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

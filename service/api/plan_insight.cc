// The handlers that look into plans: why, what if, and what differs.
#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "service/api/convert/plan.h"
#include "service/api/planning_service.h"
#include "service/app/plans/kept_plan.h"
#include "service/domain/errors.h"
#include "service/plan_form/problem_and_solution.h"
#include "service/planner/explain.h"
#include "service/planner/simulate.h"
#include "service/text/fold.h"

namespace kirikae::api {
namespace {

using domain::Sentence;
using Clock = std::chrono::steady_clock;

constexpr int kDefaultMillis = 10'000;
constexpr int kMostMillis = 60'000;

// A plan's problem and solution, as the planner takes them.
struct SolvedPlan {
  planner::PlanProblem problem;
  planner::PlanSolution solution;
  stored::Plan kept;
};

absl::StatusOr<SolvedPlan> ReadSolved(store::ReadView& view, const std::string& name) {
  ASSIGN_OR_RETURN(const domain::Plan plan, app::RequirePlan(view, name));
  SolvedPlan solved;
  ASSIGN_OR_RETURN(solved.kept, app::KeptOf(plan));
  if (!solved.kept.has_problem()) return domain::PlanWithoutProblem(name);
  ASSIGN_OR_RETURN(solved.problem, plan_form::FromProto(solved.kept.problem()));
  ASSIGN_OR_RETURN(solved.solution, plan_form::FromProto(solved.kept.solution()));
  return solved;
}

absl::Status Explain(const SolvedPlan& plan, const std::string& name, const std::string& tag,
                     v1::PlacementExplanation* response) {
  response->set_asset_tag(tag);
  for (const v1::BlockedDevice& blocked : plan.kept.blocked()) {
    if (blocked.asset_tag() != tag) continue;
    *response->mutable_blockers() = blocked.codes();
    return absl::OkStatus();
  }
  const auto is_it = [&](const planner::Item& item) { return item.id == tag; };
  if (std::none_of(plan.problem.items.begin(), plan.problem.items.end(), is_it)) {
    return domain::DeviceNotInPlan(tag, name);
  }
  ASSIGN_OR_RETURN(const planner::Explanation explanation,
                   planner::Explain(plan.problem, plan.solution, tag));
  if (explanation.placed.has_value())
    plan_form::ToProto(*explanation.placed, response->mutable_placed());
  for (const planner::HeldOff& held : explanation.earlier) {
    auto* const row = response->add_earlier();
    plan_form::ToProto(held.slot, row->mutable_slot());
    for (const planner::LeftReason& reason : held.reasons)
      plan_form::ToProto(reason, row->add_reasons());
  }
  if (explanation.earliest_alone.has_value()) {
    response->set_earliest_alone(absl::FormatCivilTime(*explanation.earliest_alone));
  }
  for (const v1::PlanLeft& left : plan.kept.solution().left()) {
    if (left.item() == tag) *response->mutable_left() = left.reasons();
  }
  return absl::OkStatus();
}

std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? absl::FormatCivilTime(*day) : std::string();
}

// Every fault of the changes by its path; the planner's own error would name the first only.
absl::Status CheckChanges(const SolvedPlan& plan, const std::vector<planner::Change>& changes) {
  planner::PlanProblem changed = plan.problem;
  std::vector<domain::Violation> violations;
  for (const planner::Fault& fault : planner::Apply(changes, &plan.solution, changed)) {
    violations.push_back({fault.path, Sentence(fault.text.format, fault.text.args)});
  }
  return violations.empty() ? absl::OkStatus() : domain::InvalidRequest(std::move(violations));
}

// A device that was done when the plan after was made is no more planned, and that is no change.
void ForgetDone(const SolvedPlan& after, SolvedPlan& before) {
  const std::set<std::string> done(after.kept.done().begin(), after.kept.done().end());
  std::erase_if(before.solution.placements, [&](const planner::Placement& placement) {
    return done.count(placement.item) != 0;
  });
}

void Fill(const planner::Simulation& simulation, v1::PlanSimulation* proto) {
  plan_form::ToProto(simulation.after, proto->mutable_after());
  for (const planner::PhaseShift& shift : simulation.phases) {
    auto* const row = proto->add_phases();
    row->set_id(shift.id);
    row->set_first_day_before(DayText(shift.first_before));
    row->set_last_day_before(DayText(shift.last_before));
    row->set_first_day_after(DayText(shift.first_after));
    row->set_last_day_after(DayText(shift.last_after));
    row->set_open_days_later(static_cast<int>(shift.open_days_later));
  }
  plan_form::ToProto(simulation.difference, proto->mutable_difference());
  for (const planner::Left& left : simulation.newly_left) {
    auto* const row = proto->add_newly_left();
    row->set_item(left.item);
    for (const planner::LeftReason& reason : left.reasons)
      plan_form::ToProto(reason, row->add_reasons());
  }
  for (const std::string& item : simulation.freed) proto->add_freed(item);
}

}  // namespace

grpc::ServerUnaryReactor* PlanningServiceImpl::ExplainPlacement(
    grpc::CallbackServerContext* call, const v1::ExplainPlacementRequest* request,
    v1::PlacementExplanation* response) {
  return ReadAtLength(env_, call, Rpc("PlanningService/ExplainPlacement"),
                      [request, response](store::ReadView& view) -> absl::Status {
                        ASSIGN_OR_RETURN(const SolvedPlan plan, ReadSolved(view, request->name()));
                        return Explain(plan, request->name(),
                                       text::FoldIdentifier(request->asset_tag()), response);
                      });
}

grpc::ServerUnaryReactor* PlanningServiceImpl::SimulatePlan(grpc::CallbackServerContext* call,
                                                            const v1::SimulatePlanRequest* request,
                                                            v1::PlanSimulation* response) {
  return ReadAtLength(
      env_, call, Rpc("PlanningService/SimulatePlan"),
      [request, response](store::ReadView& view) -> absl::Status {
        ASSIGN_OR_RETURN(const std::vector<planner::Change> changes,
                         plan_form::FromProto(request->changes()));
        ASSIGN_OR_RETURN(const SolvedPlan plan, ReadSolved(view, request->name()));
        RETURN_IF_ERROR(CheckChanges(plan, changes));
        const int asked = request->time_limit_millis();
        const int millis = asked <= 0 ? kDefaultMillis : std::min(asked, kMostMillis);
        const Clock::time_point end = Clock::now() + std::chrono::milliseconds(millis);
        planner::SolveOptions options;
        options.should_stop = [end] { return Clock::now() >= end; };
        ASSIGN_OR_RETURN(const planner::Simulation simulation,
                         planner::Simulate(plan.problem, plan.solution, changes, options));
        *response->mutable_before() = plan.kept.solution();
        Fill(simulation, response);
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* PlanningServiceImpl::ComparePlans(grpc::CallbackServerContext* call,
                                                            const v1::ComparePlansRequest* request,
                                                            v1::PlanDifference* response) {
  return ReadAtLength(
      env_, call, Rpc("PlanningService/ComparePlans"),
      [request, response](store::ReadView& view) -> absl::Status {
        ASSIGN_OR_RETURN(SolvedPlan before, ReadSolved(view, request->name()));
        ASSIGN_OR_RETURN(const SolvedPlan after, ReadSolved(view, request->other()));
        ForgetDone(after, before);
        const auto rollout = [](const std::string& name) {
          return name.substr(0, name.rfind("/plans/"));
        };
        if (rollout(request->name()) != rollout(request->other())) {
          return domain::InvalidField(
              "other",
              Sentence("Compare plans of one rollout; $0 is another's.", {request->other()}));
        }
        // A device that moved to another department counts where it is now.
        planner::Departments departments = planner::DepartmentsOf(after.problem);
        departments.merge(planner::DepartmentsOf(before.problem));
        plan_form::ToProto(
            planner::ComparePlans(before.solution.placements, after.solution.placements,
                                  departments, after.problem.calendar),
            response);
        return absl::OkStatus();
      });
}

}  // namespace kirikae::api

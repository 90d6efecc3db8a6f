#include "service/api/planning_service.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "service/api/convert/plan.h"
#include "service/api/convert/records.h"
#include "service/api/convert/request_text.h"
#include "service/api/solve_plan.h"
#include "service/app/plans/approval.h"
#include "service/app/plans/kept_plan.h"
#include "service/app/plans/problem.h"
#include "service/app/rollouts/reconcile.h"
#include "service/app/rollouts/rollout_file.h"
#include "service/catalogue/catalogue.h"
#include "service/domain/errors.h"
#include "service/domain/plan_states.h"
#include "service/domain/record_name.h"
#include "service/plan_form/problem_and_solution.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

// A plan that uses days of years whose holidays were not imported goes by the law's rules.
void WarnOfYears(const app::OfficeCalendar& office, const v1::PlanSolution& solution,
                 std::vector<app::PlanWarning>& warnings) {
  std::set<std::string> years;
  for (const v1::PlanPlacement& placement : solution.placements()) {
    absl::CivilDay day;
    if (absl::ParseCivilTime(placement.day(), &day) && !office.IsImported(absl::CivilYear(day))) {
      years.insert(placement.day().substr(0, 4));
    }
  }
  if (years.empty()) return;
  std::string names;
  for (const std::string& year : years) names += (names.empty() ? "" : ", ") + year;
  warnings.push_back({"HOLIDAYS_NOT_IMPORTED",
                      Sentence("The plan uses days of $0, whose published holidays were not "
                               "imported; those of the law are taken.",
                               {names})});
}

// A solved plan as a record without number, creator and time.
domain::Plan NewPlan(const domain::Rollout& rollout, v1::PlanSolution solution,
                     app::BuiltProblem built) {
  stored::Plan kept;
  plan_form::ToProto(built.problem, kept.mutable_problem());
  *kept.mutable_solution() = std::move(solution);
  for (v1::BlockedDevice& device : built.blocked) *kept.add_blocked() = std::move(device);
  for (const app::PlanWarning& warning : built.warnings) {
    auto* const row = kept.add_warnings();
    row->set_code(warning.code);
    row->set_text(warning.sentence.English());
    row->set_text_ja(catalogue::Japanese(warning.sentence));
  }
  kept.set_replaces(rollout.approved_plan);
  for (std::string& tag : built.done) kept.add_done(std::move(tag));
  domain::Plan plan;
  plan.rollout = rollout.id;
  plan.planned_count = kept.solution().placements_size();
  plan.left_count = kept.solution().left_size();
  plan.blocked_count = kept.blocked_size();
  plan.solution = kept.SerializeAsString();
  return plan;
}

absl::StatusOr<domain::Plan> SolveRollout(Environment& env, const v1::CreatePlanRequest& request) {
  ASSIGN_OR_RETURN(const domain::RecordName id_name,
                   domain::ParseName(domain::RecordKind::kRollout, request.parent(), "parent"));
  const std::string& id = id_name.id;
  app::PlanFrame frame{env.ward.Today(), env.ward.Today() + 1, env.ward.zone};
  if (!request.first_day().empty()) {
    ASSIGN_OR_RETURN(frame.first_day, ParseDay(request.first_day(), "first_day"));
    if (frame.first_day < frame.today) {
      return domain::InvalidField("first_day",
                                  Sentence("The first day $0 has passed.", {request.first_day()}));
    }
  }
  ASSIGN_OR_RETURN(std::unique_ptr<store::ReadView> view, env.store.Read());
  ASSIGN_OR_RETURN(const std::optional<domain::Rollout> rollout, view->FindRollout(id));
  if (!rollout.has_value()) return domain::RolloutNotFound(id);
  ASSIGN_OR_RETURN(const app::RolloutFile file, app::ParseRolloutFile(rollout->source));
  ASSIGN_OR_RETURN(const app::OfficeCalendar office, app::OfficeCalendar::Read(*view));
  ASSIGN_OR_RETURN(app::BuiltProblem built, app::BuildProblem(*view, file, office, frame));
  view.reset();  // solving takes seconds, and an open snapshot keeps the log from being folded in
  ASSIGN_OR_RETURN(v1::PlanSolution solution, SolveWithin(built.problem, kUsualSolveMillis));
  WarnOfYears(office, solution, built.warnings);
  return NewPlan(*rollout, std::move(solution), std::move(built));
}

}  // namespace

grpc::ServerUnaryReactor* PlanningServiceImpl::CreatePlan(grpc::CallbackServerContext* call,
                                                          const v1::CreatePlanRequest* request,
                                                          v1::Plan* response) {
  auto* const reactor = call->DefaultReactor();
  const auto context =
      CheckWrite(env_, *call, Rpc("PlanningService/CreatePlan"), request->options());
  if (!context.ok()) {
    reactor->Finish(ToGrpcStatus(context.status()));
    return reactor;
  }
  const bool queued = env_.work.Submit([this, reactor, request, response, context = *context] {
    // A failure goes through the writer too: a repeat of a request that made a plan gets that plan,
    // also when none could be made now.
    absl::StatusOr<domain::Plan> solved = SolveRollout(env_, *request);
    SubmitWrite(
        env_, reactor, context, Rpc("PlanningService/CreatePlan"), request, response,
        [solved = std::move(solved)](store::ReadView& view, int64_t, const app::WriteContext& write,
                                     v1::Plan& answer) -> absl::StatusOr<store::Draft> {
          RETURN_IF_ERROR(solved.status());
          domain::Plan plan = *solved;
          ASSIGN_OR_RETURN(const auto plans, view.ListPlans(plan.rollout));
          plan.number = plans.empty() ? 1 : plans.front().number + 1;
          plan.creator = write.caller.actor;
          plan.create_time = write.now;
          RETURN_IF_ERROR(ToProto(plan, &answer));
          answer.set_etag("1");
          store::Draft draft = write.NewDraft(domain::Act::kCreatePlan);
          draft.edits.emplace_back(std::move(plan));
          return draft;
        });
  });
  if (!queued) reactor->Finish(ToGrpcStatus(TooMuchAtOnce()));
  return reactor;
}

grpc::ServerUnaryReactor* PlanningServiceImpl::GetPlan(grpc::CallbackServerContext* call,
                                                       const v1::GetPlanRequest* request,
                                                       v1::Plan* response) {
  return Read(env_, call, Rpc("PlanningService/GetPlan"),
              [&](store::ReadView& view) -> absl::Status {
                ASSIGN_OR_RETURN(const domain::Plan plan, app::RequirePlan(view, request->name()));
                return ToProto(plan, response);
              });
}

grpc::ServerUnaryReactor* PlanningServiceImpl::ListPlans(grpc::CallbackServerContext* call,
                                                         const v1::ListPlansRequest* request,
                                                         v1::ListPlansResponse* response) {
  return Read(env_, call, Rpc("PlanningService/ListPlans"),
              [&](store::ReadView& view) -> absl::Status {
                ASSIGN_OR_RETURN(
                    const domain::RecordName id_name,
                    domain::ParseName(domain::RecordKind::kRollout, request->parent(), "parent"));
                const std::string& id = id_name.id;
                ASSIGN_OR_RETURN(const auto rollout, view.FindRollout(id));
                if (!rollout.has_value()) return domain::RolloutNotFound(id);
                ASSIGN_OR_RETURN(const std::vector<domain::Plan> plans, view.ListPlans(id));
                for (const domain::Plan& plan : plans)
                  RETURN_IF_ERROR(ToProto(plan, response->add_plans()));
                return absl::OkStatus();
              });
}

grpc::ServerUnaryReactor* PlanningServiceImpl::SubmitPlan(grpc::CallbackServerContext* call,
                                                          const v1::SubmitPlanRequest* request,
                                                          v1::Plan* response) {
  return Write(env_, call, Rpc("PlanningService/SubmitPlan"), request, response,
               [request](store::ReadView& view, int64_t, const app::WriteContext& context,
                         v1::Plan& answer) -> absl::StatusOr<store::Draft> {
                 ASSIGN_OR_RETURN(domain::Plan plan, app::RequirePlan(view, request->name()));
                 const auto next = domain::AfterEvent(plan.state, domain::PlanEvent::kSubmit);
                 if (!next.has_value()) {
                   return domain::PlanRefuses(app::PlanName(plan), plan.state,
                                              domain::PlanEvent::kSubmit);
                 }
                 plan.state = *next;
                 plan.submitter = context.caller.actor;
                 RETURN_IF_ERROR(ToProto(plan, &answer));
                 answer.set_etag(std::to_string(plan.version + 1));
                 store::Draft draft = context.NewDraft(domain::Act::kSubmitPlan);
                 draft.edits.emplace_back(std::move(plan));
                 return draft;
               });
}

grpc::ServerUnaryReactor* PlanningServiceImpl::ApprovePlan(grpc::CallbackServerContext* call,
                                                           const v1::ApprovePlanRequest* request,
                                                           v1::Plan* response) {
  return Write(env_, call, Rpc("PlanningService/ApprovePlan"), request, response,
               [this, request](store::ReadView& view, int64_t, const app::WriteContext& context,
                               v1::Plan& answer) -> absl::StatusOr<store::Draft> {
                 ASSIGN_OR_RETURN(domain::Plan plan, app::RequirePlan(view, request->name()));
                 if (plan.state == domain::PlanState::kSubmitted &&
                     plan.submitter == context.caller.actor && !env_.ward.allow_self_approval) {
                   return domain::SelfApproval();
                 }
                 RETURN_IF_ERROR(ToProto(plan, &answer));
                 store::Draft draft = context.NewDraft(domain::Act::kApprovePlan);
                 ASSIGN_OR_RETURN(
                     draft.edits,
                     app::ApprovePlanEdits(view, std::move(plan), answer.solution(), context,
                                           env_.ward.DayOf(context.now), request->remark()));
                 const auto& approved = std::get<domain::Plan>(draft.edits.back());
                 RETURN_IF_ERROR(ToProto(approved, &answer));
                 answer.set_etag(std::to_string(approved.version + 1));
                 RETURN_IF_ERROR(app::ReconcileWavesAndPhases(view, draft));
                 return draft;
               });
}

grpc::ServerUnaryReactor* PlanningServiceImpl::RejectPlan(grpc::CallbackServerContext* call,
                                                          const v1::RejectPlanRequest* request,
                                                          v1::Plan* response) {
  return Write(env_, call, Rpc("PlanningService/RejectPlan"), request, response,
               [request](store::ReadView& view, int64_t, const app::WriteContext& context,
                         v1::Plan& answer) -> absl::StatusOr<store::Draft> {
                 ASSIGN_OR_RETURN(domain::Plan plan, app::RequirePlan(view, request->name()));
                 if (request->remark().empty()) {
                   return domain::InvalidField(
                       "remark", Sentence("Say why the plan is sent back, for the record."));
                 }
                 const auto next = domain::AfterEvent(plan.state, domain::PlanEvent::kReject);
                 if (!next.has_value()) {
                   return domain::PlanRefuses(app::PlanName(plan), plan.state,
                                              domain::PlanEvent::kReject);
                 }
                 plan.state = *next;
                 plan.approver = context.caller.actor;
                 plan.remark = request->remark();
                 plan.approve_time = context.now;
                 RETURN_IF_ERROR(ToProto(plan, &answer));
                 answer.set_etag(std::to_string(plan.version + 1));
                 store::Draft draft = context.NewDraft(domain::Act::kRejectPlan);
                 draft.edits.emplace_back(std::move(plan));
                 return draft;
               });
}

}  // namespace kirikae::api

#include "service/api/planning_service.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kirikae/v1/planning_service.grpc.pb.h"
#include "service/api/call/over.h"
#include "service/api/call/run.h"
#include "service/api/convert/plan.h"
#include "service/api/convert/request_text.h"
#include "service/api/planning_handlers.h"
#include "service/app/plans/approval.h"
#include "service/app/plans/kept_plan.h"
#include "service/app/plans/make.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

absl::StatusOr<domain::Plan> SolveRollout(const Preparation& preparation,
                                          const v1::CreatePlanRequest& request) {
  ASSIGN_OR_RETURN(const domain::RecordName rollout,
                   domain::ParseName(domain::RecordKind::kRollout, request.parent(), "parent"));
  std::optional<absl::CivilDay> first_day;
  if (!request.first_day().empty()) {
    ASSIGN_OR_RETURN(first_day, ParseDay(request.first_day(), "first_day",
                                         preparation.env.ward.Today(), domain::Toward::kFuture));
  }
  return app::SolveRollout(preparation.env.store, preparation.env.ward,
                           {rollout.id, first_day, request.confidence_percent()},
                           preparation.abandoned);
}

// The answer to an act on a plan: the plan with its new version.
absl::Status AnswerWith(const domain::Plan& plan, v1::Plan* answer) {
  RETURN_IF_ERROR(ToProto(plan, answer));
  answer->set_etag(std::to_string(plan.version + 1));
  return absl::OkStatus();
}

absl::StatusOr<store::Draft> CreatePlan(const WriteCall& call, const v1::CreatePlanRequest&,
                                        const domain::Plan& solved, v1::Plan* answer) {
  ASSIGN_OR_RETURN(domain::Plan plan, app::CreatePlan(call.view, solved, call.context));
  RETURN_IF_ERROR(AnswerWith(plan, answer));
  store::Draft draft = call.context.NewDraft(domain::Act::kCreatePlan);
  draft.edits.emplace_back(std::move(plan));
  return draft;
}

absl::Status GetPlan(const Call& call, const v1::GetPlanRequest& request, v1::Plan* response) {
  ASSIGN_OR_RETURN(const domain::Plan plan, app::RequirePlan(call.view, request.name()));
  return ToProto(plan, response);
}

absl::Status ListPlans(const Call& call, const v1::ListPlansRequest& request,
                       v1::ListPlansResponse* response) {
  ASSIGN_OR_RETURN(const domain::RecordName name,
                   domain::ParseName(domain::RecordKind::kRollout, request.parent(), "parent"));
  ASSIGN_OR_RETURN(const auto rollout, call.view.FindRollout(name.id));
  if (!rollout.has_value()) return domain::RolloutNotFound(name.id);
  ASSIGN_OR_RETURN(const std::vector<domain::Plan> plans, call.view.ListPlans(name.id));
  for (const domain::Plan& plan : plans) RETURN_IF_ERROR(ToProto(plan, response->add_plans()));
  return absl::OkStatus();
}

absl::StatusOr<store::Draft> SubmitPlan(const WriteCall& call, const v1::SubmitPlanRequest& request,
                                        v1::Plan* answer) {
  ASSIGN_OR_RETURN(domain::Plan plan, app::RequirePlan(call.view, request.name()));
  ASSIGN_OR_RETURN(app::PlanAct act, app::SubmitPlan(std::move(plan), call.context));
  RETURN_IF_ERROR(AnswerWith(act.plan, answer));
  return std::move(act.draft);
}

absl::StatusOr<store::Draft> ApprovePlan(const WriteCall& call,
                                         const v1::ApprovePlanRequest& request, v1::Plan* answer) {
  ASSIGN_OR_RETURN(domain::Plan plan, app::RequirePlan(call.view, request.name()));
  ASSIGN_OR_RETURN(app::PlanAct act, app::ApprovePlan(call.view, std::move(plan), request.remark(),
                                                      call.ward(), call.context));
  RETURN_IF_ERROR(AnswerWith(act.plan, answer));
  return std::move(act.draft);
}

absl::StatusOr<store::Draft> RejectPlan(const WriteCall& call, const v1::RejectPlanRequest& request,
                                        v1::Plan* answer) {
  ASSIGN_OR_RETURN(domain::Plan plan, app::RequirePlan(call.view, request.name()));
  ASSIGN_OR_RETURN(app::PlanAct act,
                   app::RejectPlan(std::move(plan), request.remark(), call.context));
  RETURN_IF_ERROR(AnswerWith(act.plan, answer));
  return std::move(act.draft);
}

using S = v1::PlanningService;
using PlanningMethods =
    Over<S::Service, S::WithCallbackMethod_SolvePlan, S::WithRawCallbackMethod_SolvePlanInParts,
         S::WithCallbackMethod_CreatePlan, S::WithCallbackMethod_GetPlan,
         S::WithCallbackMethod_ListPlans, S::WithCallbackMethod_SubmitPlan,
         S::WithCallbackMethod_ApprovePlan, S::WithCallbackMethod_RejectPlan,
         S::WithCallbackMethod_ExplainPlacement, S::WithCallbackMethod_SimulatePlan,
         S::WithCallbackMethod_ComparePlans, S::WithCallbackMethod_GetPlanDocument>::Type;

class PlanningServiceImpl final : public PlanningMethods {
 public:
  explicit PlanningServiceImpl(Environment& env) : env_(env) {}

  KIRIKAE_UNARY(PlanningService, SolvePlan, ReadAsPlan)
  KIRIKAE_UNARY(PlanningService, GetPlan, ReadAtLength)
  KIRIKAE_UNARY(PlanningService, ListPlans, ReadAtLength)
  KIRIKAE_UNARY(PlanningService, SubmitPlan, Write)
  KIRIKAE_UNARY(PlanningService, ApprovePlan, Write)
  KIRIKAE_UNARY(PlanningService, RejectPlan, Write)
  KIRIKAE_UNARY(PlanningService, ExplainPlacement, ReadAtLength)
  KIRIKAE_UNARY(PlanningService, SimulatePlan, ReadAsPlan)
  KIRIKAE_UNARY(PlanningService, ComparePlans, ReadAtLength)
  KIRIKAE_PARTS(PlanningService, GetPlanDocument)

  grpc::ServerUnaryReactor* CreatePlan(grpc::CallbackServerContext* context,
                                       const v1::CreatePlanRequest* request,
                                       v1::Plan* response) override {
    return WriteAtLength(env_, env_.work.plans, Rpc("PlanningService/CreatePlan"), context, request,
                         response, &SolveRollout, &api::CreatePlan);
  }

  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* SolvePlanInParts(
      grpc::CallbackServerContext* context) override {
    return NewSolvePlanInParts(env_, *context);
  }

 private:
  Environment& env_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewPlanningService(Environment& env) {
  return std::make_unique<PlanningServiceImpl>(env);
}

}  // namespace kirikae::api

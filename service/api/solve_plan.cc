// SolvePlan and SolvePlanInParts.
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "service/api/call/raw_message.h"
#include "service/api/call/run.h"
#include "service/api/convert/plan.h"
#include "service/api/convert/solution_parts.h"
#include "service/api/planning_handlers.h"
#include "service/app/plans/solve.h"
#include "service/domain/errors.h"
#include "service/plan_form/problem_and_solution.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

constexpr size_t kProblemLimit = size_t{64} << 20U;

absl::Status Solve(const v1::SolvePlanRequest& request, const store::StopWhen& stop,
                   v1::PlanSolution* response) {
  ASSIGN_OR_RETURN(const planner::PlanProblem problem, plan_form::FromProto(request.problem()));
  ASSIGN_OR_RETURN(
      const app::SolvedProblem solved,
      app::SolveWithin(problem, {app::SolveMillis(request.time_limit_millis()), stop}));
  ToProto(solved, response);
  return absl::OkStatus();
}

// Collects a problem, solves it in the pool of plans and sends the answer. The problem's parts are
// kept out of memory and parsed together: the bytes of messages one after the other are the bytes
// of their merge.
class SolveInParts final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  SolveInParts(Environment& env, grpc::CallbackServerContext& context)
      : env_(env), context_(context), open_(env, Rpc("PlanningService/SolvePlanInParts"), context) {
    if (!open_.allowed().ok()) {
      ended_ = true;
      Refuse(this, open_);
    } else if (const absl::Status status = Begin(); !status.ok()) {
      End(status);
    } else {
      ReadNext();
    }
  }

  void OnReadDone(bool ok) override {
    if (ended_) return;
    ticket_->Moved();
    if (!ok && context_.IsCancelled()) {
      End(absl::CancelledError());
      return;
    }
    if (!ok) {
      const absl::Status queued =
          env_.work.plans.Submit(open_.caller().token, [this] { return SolveAll(); });
      if (!queued.ok()) End(queued);
      return;
    }
    const absl::Status queued =
        env_.work.spools.Submit(open_.caller().token, [this]() -> WorkPool::Rest {
          return [this, status = Take()] { status.ok() ? ReadNext() : End(status); };
        });
    if (!queued.ok()) End(queued);
  }
  void OnWriteDone(bool ok) override {
    ticket_->Moved();
    if (ok) {
      SendNext();
    } else {
      End(absl::CancelledError());
    }
  }
  void OnDone() override { delete this; }

 private:
  absl::Status Begin() {
    ASSIGN_OR_RETURN(ticket_,
                     open_.EnterStream(StreamKind::kUpload, [this] { context_.TryCancel(); }));
    ASSIGN_OR_RETURN(problem_, Spool::Open(env_.spools));
    return absl::OkStatus();
  }
  absl::Status Take() {
    const std::string bytes = TakeBytes(message_);
    if (problem_->size() + bytes.size() > kProblemLimit) {
      return domain::ProblemTooLarge(int64_t{kProblemLimit >> 20U});
    }
    return problem_->Append(bytes);
  }
  void ReadNext() {
    ticket_->Waits();
    StartRead(&message_);
  }
  absl::Status SolveProblem(const store::StopWhen& stop, v1::PlanSolution* solution) {
    if (stop()) return absl::CancelledError();
    v1::SolvePlanRequest request;
    {
      ASSIGN_OR_RETURN(const std::string bytes, problem_->ReadAll());
      problem_ = nullptr;
      RETURN_IF_ERROR(Parse(bytes, request));
    }
    RETURN_IF_ERROR(Solve(request, stop, solution));
    return stop() ? absl::CancelledError() : absl::OkStatus();
  }
  WorkPool::Rest SolveAll() {
    const store::StopWhen stop = AbandonedBy(env_, context_);
    v1::PlanSolution solution;
    const absl::Status status = SolveProblem(stop, &solution);
    if (!status.ok()) {
      return [this, end = UnlessAbandoned(status, env_, context_)] { End(end); };
    }
    for (const v1::PlanSolution& part : PartsOf(std::move(solution))) {
      answer_.push_back(ToBuffer(part.SerializeAsString()));
    }
    return [this] { SendNext(); };
  }
  void SendNext() {
    if (sent_ < answer_.size()) {
      ticket_->Waits();
      StartWrite(&answer_[sent_++]);
    } else {
      End(absl::OkStatus());
    }
  }
  void End(const absl::Status& status) {
    ended_ = true;
    ticket_ = nullptr;
    Finish(open_.End(status));
  }

  Environment& env_;
  grpc::CallbackServerContext& context_;
  const OpenCall open_;
  std::unique_ptr<OpenStreams::Ticket> ticket_;
  grpc::ByteBuffer message_;
  std::unique_ptr<Spool> problem_;
  std::vector<grpc::ByteBuffer> answer_;  ///< PlanSolutions
  size_t sent_ = 0;
  bool ended_ = false;
};

}  // namespace

absl::Status SolvePlan(const Call& call, const v1::SolvePlanRequest& request,
                       v1::PlanSolution* response) {
  return Solve(request, call.abandoned, response);
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* NewSolvePlanInParts(
    Environment& env, grpc::CallbackServerContext& context) {
  return new SolveInParts(env, context);
}

}  // namespace kirikae::api

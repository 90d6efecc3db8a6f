// SolvePlan and SolvePlanInParts.
#include <cstdint>
#include <utility>
#include <vector>

#include "service/api/call/open_call.h"
#include "service/api/convert/plan.h"
#include "service/api/planning_handlers.h"
#include "service/app/plans/solve.h"
#include "service/domain/errors.h"
#include "service/plan_form/problem_and_solution.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

constexpr size_t kProblemLimit = size_t{64} << 20U;
/// A part of an answer is closed once it holds this many bytes.
constexpr size_t kPartBytes = size_t{1} << 20U;

absl::Status Solve(const v1::SolvePlanRequest& request, v1::PlanSolution* response) {
  ASSIGN_OR_RETURN(const planner::PlanProblem problem, plan_form::FromProto(request.problem()));
  ASSIGN_OR_RETURN(const app::SolvedProblem solved,
                   app::SolveWithin(problem, app::SolveMillis(request.time_limit_millis())));
  ToProto(solved, response);
  return absl::OkStatus();
}

// Splits a solution into messages that are small enough for the transport.
class SolutionSplitter {
 public:
  std::vector<v1::PlanSolution> Split(v1::PlanSolution solution) {
    google::protobuf::RepeatedPtrField<v1::PlanPlacement> placements;
    google::protobuf::RepeatedPtrField<v1::PlanLeft> left;
    placements.Swap(solution.mutable_placements());
    left.Swap(solution.mutable_left());
    parts_.push_back(std::move(solution));
    bytes_ = parts_.back().ByteSizeLong();
    for (v1::PlanPlacement& row : placements) {
      PartFor(row.ByteSizeLong()).add_placements()->Swap(&row);
    }
    for (v1::PlanLeft& row : left) PartFor(row.ByteSizeLong()).add_left()->Swap(&row);
    return std::move(parts_);
  }

 private:
  // The part that takes a row of this many bytes.
  v1::PlanSolution& PartFor(size_t bytes) {
    if (bytes_ + bytes > kPartBytes) {
      parts_.emplace_back();
      bytes_ = 0;
    }
    bytes_ += bytes + 8;  // its tag and its length
    return parts_.back();
  }

  std::vector<v1::PlanSolution> parts_;
  size_t bytes_ = 0;
};

// Collects a problem, solves it on the work pool and sends the answer.
class SolveInParts final : public grpc::ServerBidiReactor<v1::SolvePlanRequest, v1::PlanSolution> {
 public:
  SolveInParts(Environment& env, const grpc::CallbackServerContext& context)
      : env_(env), context_(context), open_(env, Rpc("PlanningService/SolvePlanInParts"), context) {
    if (open_.allowed().ok()) {
      StartRead(&part_);
    } else {
      End(open_.allowed());
    }
  }

  void OnReadDone(bool ok) override {
    if (ended_) return;
    if (!ok && context_.IsCancelled()) {
      End(absl::CancelledError());
      return;
    }
    if (!ok) {
      if (!env_.work.Submit([this] { SolveAll(); })) End(TooMuchAtOnce());
      return;
    }
    bytes_ += part_.ByteSizeLong();
    if (bytes_ > kProblemLimit) {
      request_.Clear();
      End(domain::ProblemTooLarge(int64_t{kProblemLimit >> 20U}));
      return;
    }
    request_.MergeFrom(part_);
    StartRead(&part_);
  }
  void OnWriteDone(bool ok) override {
    if (ok) {
      SendNext();
    } else {
      End(absl::CancelledError());
    }
  }
  void OnDone() override { delete this; }

 private:
  void SolveAll() {
    v1::PlanSolution solution;
    const absl::Status status = Solve(request_, &solution);
    request_.Clear();
    if (!status.ok()) {
      End(status);
      return;
    }
    answer_ = SolutionSplitter().Split(std::move(solution));
    SendNext();
  }
  void SendNext() {
    if (sent_ < answer_.size()) {
      StartWrite(&answer_[sent_++]);
    } else {
      End(absl::OkStatus());
    }
  }
  void End(const absl::Status& status) {
    ended_ = true;
    Finish(open_.End(status));
  }

  Environment& env_;
  const grpc::CallbackServerContext& context_;
  const OpenCall open_;
  v1::SolvePlanRequest part_;
  v1::SolvePlanRequest request_;
  size_t bytes_ = 0;
  std::vector<v1::PlanSolution> answer_;
  size_t sent_ = 0;
  bool ended_ = false;
};

}  // namespace

absl::Status SolvePlan(const Call&, const v1::SolvePlanRequest& request,
                       v1::PlanSolution* response) {
  return Solve(request, response);
}

grpc::ServerBidiReactor<v1::SolvePlanRequest, v1::PlanSolution>* NewSolvePlanInParts(
    Environment& env, const grpc::CallbackServerContext& context) {
  return new SolveInParts(env, context);
}

}  // namespace kirikae::api

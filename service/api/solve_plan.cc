// SolvePlan and SolvePlanInParts.
#include "service/api/solve_plan.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "service/api/call/part_sender.h"
#include "service/api/planning_service.h"
#include "service/domain/errors.h"
#include "service/plan_form/problem_and_solution.h"
#include "service/planner/solver.h"
#include "service/planner/validate.h"

namespace kirikae::api {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMostMillis = 60'000;
constexpr size_t kProblemLimit = size_t{64} << 20U;
/// A part of an answer is closed once it holds so many bytes; what is added last is small.
constexpr size_t kPartBytes = size_t{1} << 20U;

absl::StatusOr<v1::PlanSolution> Answer(const v1::SolvePlanRequest& request) {
  const int asked = request.time_limit_millis();
  const int millis = asked <= 0 ? kUsualSolveMillis : std::min(asked, kMostMillis);
  ASSIGN_OR_RETURN(const planner::PlanProblem problem, plan_form::FromProto(request.problem()));
  return SolveWithin(problem, millis);
}

// Takes a solution apart into messages that each fit into one.
class Parts {
 public:
  std::vector<v1::PlanSolution> Split(v1::PlanSolution solution) {
    google::protobuf::RepeatedPtrField<v1::PlanPlacement> placements;
    google::protobuf::RepeatedPtrField<v1::PlanLeft> left;
    placements.Swap(solution.mutable_placements());
    left.Swap(solution.mutable_left());
    parts_.push_back(std::move(solution));
    bytes_ = parts_.back().ByteSizeLong();
    for (v1::PlanPlacement& row : placements) {
      Room(row.ByteSizeLong()).add_placements()->Swap(&row);
    }
    for (v1::PlanLeft& row : left) Room(row.ByteSizeLong()).add_left()->Swap(&row);
    return std::move(parts_);
  }

 private:
  v1::PlanSolution& Room(size_t bytes) {
    if (bytes_ + bytes > kPartBytes) {
      parts_.emplace_back();
      bytes_ = 0;
    }
    bytes_ += bytes + 8;  // tag and length
    return parts_.back();
  }

  std::vector<v1::PlanSolution> parts_;
  size_t bytes_ = 0;
};

// Collects a problem, solves it on the work pool and sends the answer. Deletes itself when the call
// is done.
class InPartsReactor final
    : public PartSender<grpc::ServerBidiReactor<v1::SolvePlanRequest, v1::PlanSolution>,
                        v1::PlanSolution> {
 public:
  InPartsReactor(Environment& env, const grpc::CallbackServerContext& call)
      : env_(env), call_(call) {
    const auto caller = CheckCaller(env, call, Rpc("PlanningService/SolvePlanInParts"));
    if (!caller.ok()) {
      End(caller.status());
      return;
    }
    StartRead(&part_);
  }

  void OnReadDone(bool ok) override {
    if (ended_) return;
    if (!ok && call_.IsCancelled()) {
      End(absl::CancelledError());
      return;
    }
    if (!ok) {
      if (!env_.work.Submit([this] { Solve(); })) End(TooMuchAtOnce());
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

 private:
  void Solve() {
    absl::StatusOr<v1::PlanSolution> solution = Answer(request_);
    request_.Clear();
    if (!solution.ok()) {
      End(solution.status());
      return;
    }
    answer_ = Parts().Split(*std::move(solution));
    SendParts();
  }

  bool FillPart(v1::PlanSolution& part) override {
    if (sent_ == answer_.size()) return false;
    part.Swap(&answer_[sent_++]);
    return true;
  }

  void End(const absl::Status& status) {
    ended_ = true;
    Finish(ToGrpcStatus(status));
  }

  Environment& env_;
  const grpc::CallbackServerContext& call_;
  v1::SolvePlanRequest part_;
  v1::SolvePlanRequest request_;
  size_t bytes_ = 0;
  std::vector<v1::PlanSolution> answer_;
  size_t sent_ = 0;
  bool ended_ = false;
};

}  // namespace

absl::StatusOr<v1::PlanSolution> SolveWithin(const planner::PlanProblem& problem, int millis) {
  std::vector<domain::Violation> violations;
  for (const planner::Fault& fault : planner::Validate(problem)) {
    violations.push_back({fault.path, domain::Sentence(fault.text.format, fault.text.args)});
  }
  if (!violations.empty()) return domain::InvalidRequest(std::move(violations));
  const Clock::time_point start = Clock::now();
  const Clock::time_point end = start + std::chrono::milliseconds(millis);
  planner::SolveOptions options;
  // The limit and the time it took are the only things here that look at a clock.
  options.should_stop = [end] { return Clock::now() >= end; };
  ASSIGN_OR_RETURN(const planner::PlanSolution solution, planner::Solve(problem, options));
  v1::PlanSolution proto;
  plan_form::ToProto(solution, &proto);
  proto.set_solve_millis(static_cast<int>(
      std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count()));
  return proto;
}

grpc::ServerUnaryReactor* PlanningServiceImpl::SolvePlan(grpc::CallbackServerContext* call,
                                                         const v1::SolvePlanRequest* request,
                                                         v1::PlanSolution* response) {
  return ReadAtLength(env_, call, Rpc("PlanningService/SolvePlan"),
                      [request, response](store::ReadView&) -> absl::Status {
                        ASSIGN_OR_RETURN(*response, Answer(*request));
                        return absl::OkStatus();
                      });
}

grpc::ServerBidiReactor<v1::SolvePlanRequest, v1::PlanSolution>*
PlanningServiceImpl::SolvePlanInParts(grpc::CallbackServerContext* call) {
  return new InPartsReactor(env_, *call);
}

}  // namespace kirikae::api

// SolvePlan and SolvePlanInParts.
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "service/api/call/raw_message.h"
#include "service/api/call/run.h"
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

absl::Status Solve(const v1::SolvePlanRequest& request, const store::StopWhen& stop,
                   v1::PlanSolution* response) {
  ASSIGN_OR_RETURN(const planner::PlanProblem problem, plan_form::FromProto(request.problem()));
  ASSIGN_OR_RETURN(
      const app::SolvedProblem solved,
      app::SolveWithin(problem, {app::SolveMillis(request.time_limit_millis()), stop}));
  ToProto(solved, response);
  return absl::OkStatus();
}

// Splits a solution into messages that are small enough for the transport.
class SolutionSplitter {
 public:
  std::vector<grpc::ByteBuffer> Split(v1::PlanSolution solution) {
    google::protobuf::RepeatedPtrField<v1::PlanPlacement> placements;
    google::protobuf::RepeatedPtrField<v1::PlanLeft> left;
    google::protobuf::RepeatedPtrField<v1::PlanLeftGroup> groups;
    placements.Swap(solution.mutable_placements());
    left.Swap(solution.mutable_left());
    groups.Swap(solution.mutable_left_groups());
    parts_.push_back(std::move(solution));
    bytes_ = parts_.back().ByteSizeLong();
    for (v1::PlanPlacement& row : placements) {
      PartFor(row.ByteSizeLong()).add_placements()->Swap(&row);
    }
    for (v1::PlanLeft& row : left) PartFor(row.ByteSizeLong()).add_left()->Swap(&row);
    for (v1::PlanLeftGroup& row : groups) AddGroup(row);
    std::vector<grpc::ByteBuffer> messages;
    for (const v1::PlanSolution& part : parts_) {
      messages.push_back(ToBuffer(part.SerializeAsString()));
    }
    return messages;
  }

 private:
  // A group that is too large for a part goes on in further ones, which have the same codes.
  void AddGroup(v1::PlanLeftGroup& group) {
    google::protobuf::RepeatedPtrField<std::string> items;
    items.Swap(group.mutable_items());
    v1::PlanLeftGroup more = group;
    more.clear_minutes();
    more.clear_weight();
    size_t bytes = 0;
    for (std::string& item : items) {
      if (bytes > kPartBytes / 2) {
        Add(group);
        group = more;
        bytes = 0;
      }
      bytes += item.size() + 8;
      *group.add_items() = std::move(item);
    }
    Add(group);
  }
  void Add(v1::PlanLeftGroup& group) {
    group.set_count(group.items_size());
    PartFor(group.ByteSizeLong()).add_left_groups()->Swap(&group);
  }

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
    answer_ = SolutionSplitter().Split(std::move(solution));
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

// The messages of SolvePlanInParts as the service reads them. The input is messages, each after its
// length in two bytes, the lower one first.
#include <string>
#include <vector>

#include "kirikae/v1/planning_service.pb.h"
#include "service/plan_form/problem_and_solution.h"
#include "service/planner/solver.h"
#include "service/planner/validate.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/wire_messages.h"

namespace kirikae::fuzz {
namespace {

// Small enough to be solved at once.
bool IsSmall(const planner::PlanProblem& problem) {
  constexpr size_t kMost = 12;
  return problem.items.size() <= kMost && problem.teams.size() <= kMost;
}

void Solve(const v1::PlanProblem& proto) {
  const auto problem = plan_form::FromProto(proto);
  if (!problem.ok()) return;
  const bool valid = planner::Validate(*problem).empty();
  v1::PlanProblem written;
  plan_form::ToProto(*problem, &written);
  const auto again = plan_form::FromProto(written);
  Require(again.ok(), "a problem is read back as it was written");
  Require(planner::Validate(*again).empty() == valid, "a problem keeps its faults");
  if (!valid || !IsSmall(*problem)) return;
  constexpr int64_t kSteps = 20'000;
  planner::SolveOptions options;
  options.max_steps = kSteps;
  options.find_relaxations = false;
  const auto solution = planner::Solve(*problem, options);
  Require(solution.ok(), "a problem without faults is solved");
  v1::PlanSolution answer;
  plan_form::ToProto(*solution, &answer);
  Require(answer.placements_size() + answer.left_size() == proto.items_size(),
          "every item is placed or left");
}

}  // namespace
}  // namespace kirikae::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace fuzz = kirikae::fuzz;
  namespace v1 = kirikae::v1;
  v1::SolvePlanRequest merged;
  std::string kept;
  for (const std::string_view bytes : fuzz::WireMessages(fuzz::Input(data, size))) {
    v1::SolvePlanRequest part;
    if (!part.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return 0;
    kept += part.SerializeAsString();
    merged.MergeFrom(part);
  }
  v1::SolvePlanRequest request;
  fuzz::Require(request.ParseFromString(kept), "parts that were read are read together");
  fuzz::Require(request.SerializeAsString() == merged.SerializeAsString(),
                "messages one after the other are their merge");
  fuzz::Solve(request.problem());
  return 0;
}

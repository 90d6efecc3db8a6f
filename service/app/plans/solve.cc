#include "service/app/plans/solve.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

#include "service/domain/errors.h"
#include "service/planner/validate.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

// Only the time limit and the measured solving time use this clock.
using Clock = std::chrono::steady_clock;

constexpr int kUsualMillis = 10'000;
constexpr int kMostMillis = 60'000;
// More than a fast machine takes, so that a longer limit is used while something is open.
constexpr int64_t kStepsAMillisecond = 40'000;

}  // namespace

int SolveMillis(int asked) { return asked <= 0 ? kUsualMillis : std::min(asked, kMostMillis); }

planner::SolveOptions EndingIn(const SolveLimit& limit) {
  const Clock::time_point end = Clock::now() + std::chrono::milliseconds(limit.millis);
  planner::SolveOptions options;
  options.max_steps = std::max(options.max_steps, limit.millis * kStepsAMillisecond);
  options.should_stop = [end, stop = limit.stop] {
    return Clock::now() >= end || (stop && stop());
  };
  return options;
}

namespace {

absl::Status Check(const planner::PlanProblem& problem) {
  std::vector<domain::Violation> violations;
  for (const planner::Fault& fault : planner::Validate(problem)) {
    violations.push_back({fault.path, fault.text});
  }
  return violations.empty() ? absl::OkStatus() : domain::InvalidRequest(std::move(violations));
}

int MillisSince(Clock::time_point start) {
  return static_cast<int>(
      std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count());
}

}  // namespace

absl::StatusOr<SolvedProblem> SolveWithin(const planner::PlanProblem& problem,
                                          const SolveLimit& limit) {
  RETURN_IF_ERROR(Check(problem));
  const Clock::time_point start = Clock::now();
  planner::SolveOptions options = EndingIn(limit);
  // The rest is for what would help where something is left out.
  const Clock::time_point search_end = start + std::chrono::milliseconds(limit.millis * 4 / 5);
  options.should_end_search = [search_end] { return Clock::now() >= search_end; };
  SolvedProblem solved;
  ASSIGN_OR_RETURN(solved.solution, planner::Solve(problem, options));
  solved.millis = MillisSince(start);
  return solved;
}

absl::StatusOr<SolvedProblem> SolveRobustWithin(planner::PlanProblem& problem,
                                                const std::vector<planner::SeenOutcomes>& seen,
                                                planner::RobustOptions options,
                                                const SolveLimit& limit) {
  RETURN_IF_ERROR(Check(problem));
  const Clock::time_point start = Clock::now();
  options.solve = EndingIn(limit);
  ASSIGN_OR_RETURN(planner::RobustPlan plan, planner::SolveRobust(problem, seen, options));
  problem = std::move(plan.problem);
  return SolvedProblem{std::move(plan.solution), MillisSince(start), std::move(plan.promise)};
}

}  // namespace kirikae::app

// Solving problems for calls.
#pragma once

#include "absl/status/statusor.h"
#include "kirikae/v1/planning_service.pb.h"
#include "service/planner/problem.h"

namespace kirikae::api {

/// The time a problem is given where nothing else is asked for.
inline constexpr int kUsualSolveMillis = 10'000;

/// Solves within `millis` milliseconds. INVALID_ARGUMENT with every fault of the problem, by its
/// path.
absl::StatusOr<v1::PlanSolution> SolveWithin(const planner::PlanProblem& problem, int millis);

}  // namespace kirikae::api

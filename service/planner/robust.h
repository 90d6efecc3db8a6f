// Plans that leave room for failures and absences, so that the finish promised holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/planner/forecast.h"
#include "service/planner/problem.h"
#include "service/planner/solution.h"
#include "service/planner/solver.h"

namespace kirikae::planner {

struct RobustOptions {
  /// The share of the simulated futures in which the promise is to hold; above 0 and below 1.
  double confidence = 0.9;
  /// The day from which the futures are simulated.
  absl::CivilDay today;
  /// The days of the futures; absent: the problem's calendar, continued for a year.
  std::optional<Calendar> calendar;
  ForecastOptions forecast = {.runs = 4'000};
  /// For each plan that is tried. Once `should_stop` says so, the best found so far is returned.
  SolveOptions solve;
};

/// The promise for one phase with placements. `done_by` is absent where only the finish is
/// promised.
struct PromisedPhase {
  std::string id;
  absl::CivilDay last_day;
  std::optional<absl::CivilDay> done_by;
  SeenOutcomes seen;
  ExpectedRates rates;
};

/// What a plan promises, and what it costs.
struct Promise {
  /// What was asked for.
  double confidence = 0;
  /// The day by which everything placed is done. Absent: nothing is placed, or no day of the
  /// futures is late enough.
  std::optional<absl::CivilDay> finish;
  std::vector<PromisedPhase> phases;
  /// The share of `runs` futures in which every phase is done by its day (`phases_hold`), or
  /// everything by `finish`.
  double held_share = 0;
  int runs = 0;
  Reserve reserve;
  /// The last day of the plan that holds nothing back, and the share of futures in which all of it
  /// is done by then.
  std::optional<absl::CivilDay> tight_finish;
  double tight_share = 0;
  /// Open days from `tight_finish` to `finish`.
  int64_t open_days_later = 0;
  /// False: every reserve tried leaves out more. Nothing is held back; only `finish` is promised.
  bool phases_hold = false;
};

/// `problem` is the one solved, with its reserve.
struct RobustPlan {
  PlanProblem problem;
  PlanSolution solution;
  Promise promise;
};

/// Solves `problem` with the reserve that promises the earliest finish: every phase is done by its
/// last placement and `reserve.days` open days more in the share `confidence` of the futures that
/// SimulatedEnds() plays. Such a future moves no later phase. Of reserves with the same finish, the
/// one with the fewest days, then the smallest share, is taken. No plan places less than the one
/// without a reserve. A reserve that `problem` already has is replaced. `seen`: the outcomes so
/// far, by phase. INVALID_ARGUMENT as Solve(). Deterministic like Solve(). Thread-safe.
absl::StatusOr<RobustPlan> SolveRobust(const PlanProblem& problem,
                                       const std::vector<SeenOutcomes>& seen,
                                       const RobustOptions& options);

}  // namespace kirikae::planner

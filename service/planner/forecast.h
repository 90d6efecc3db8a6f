// When a rollout will be done, from what has happened so far.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

/// Attempts seen so far. `failed` and `absent` (nobody there, or put off on the day) are parts of
/// `attempted`.
struct SeenOutcomes {
  int64_t attempted = 0;
  int64_t failed = 0;
  int64_t absent = 0;
};

/// Devices still planned on one day.
struct PlannedCount {
  absl::CivilDay day;
  int64_t devices = 0;
};

struct ForecastPhase {
  std::string id;
  /// Open days after it before the next phase with anything left may begin.
  int64_t soak_days = 0;
  SeenOutcomes seen;
  std::vector<PlannedCount> planned;
  /// Failed, missed or overdue devices that have no day yet; they are done in make-up slots.
  int64_t waiting = 0;
};

/// The remaining plan; a plain value.
struct ForecastInput {
  /// Open days from today on, ascending, and beyond the plan's end as far as the forecast may look.
  std::vector<absl::CivilDay> open_days;
  /// Devices all teams can do on each of those days. Shorter: the last one goes on; empty: no
  /// limit.
  std::vector<int64_t> devices_per_day;
  /// In their order.
  std::vector<ForecastPhase> phases;
  /// Already done, for the burn-up.
  int64_t done = 0;
};

struct ForecastOptions {
  uint64_t seed = 1;
  /// Simulated rollouts; fewer where more than 20 million attempts would have to be drawn.
  int runs = 1'000;
  /// Open days from a failed attempt to the earliest make-up slot.
  int64_t make_up_after = 2;
  /// What is thought of a phase before anything was seen: these rates with the weight of so many
  /// attempts. With more attempts seen, the prior fades.
  double prior_failed = 0.04;
  double prior_absent = 0.03;
  double prior_weight = 20;
};

/// Days by which a phase is done in half and in nine of ten of the runs; absent when that lies
/// beyond the days given, or nothing of the phase remains. The rates are the expected ones.
struct PhaseForecast {
  std::string id;
  std::optional<absl::CivilDay> planned;
  std::optional<absl::CivilDay> half;
  std::optional<absl::CivilDay> nine_of_ten;
  double failed_rate = 0;
  double absent_rate = 0;
  int64_t remaining = 0;

  friend bool operator==(const PhaseForecast&, const PhaseForecast&) = default;
};

/// Devices done by the end of a day: as planned, and in the lowest tenth, the middle and the
/// highest tenth of the runs.
struct BurnUpDay {
  absl::CivilDay day;
  int64_t planned = 0;
  int64_t low = 0;
  int64_t middle = 0;
  int64_t high = 0;

  friend bool operator==(const BurnUpDay&, const BurnUpDay&) = default;
};

struct ForecastResult {
  std::vector<PhaseForecast> phases;
  /// The whole rollout, id empty.
  PhaseForecast all;
  /// From the first open day to the last one anything happens on in nine of ten runs.
  std::vector<BurnUpDay> burn_up;
  int runs = 0;

  friend bool operator==(const ForecastResult&, const ForecastResult&) = default;
};

/// Simulates the remaining plan `runs` times. An attempt fails or meets nobody with the phase's
/// rates, which are uncertain themselves: each run draws its attempts from a Polya urn that starts
/// with the prior and what was seen (a beta-binomial). What did not succeed takes the first day at
/// least `make_up_after` open days later on which the plan leaves room. A phase that ends late puts
/// off the phases after it, soak included, by whole open days.
/// The same input and options give the same result on every machine. Negative counts count as 0.
ForecastResult Forecast(const ForecastInput& input, const ForecastOptions& options = {});

/// The input for a plan that is still wholly ahead: `open_days` from `today` to a year after the
/// calendar's end, capacity from the teams (minutes divided by the mean item's minutes with its
/// part of a visit), and the placements on or after `today`. `seen` goes by phase; shorter: nothing
/// seen.
ForecastInput ForecastInputOf(const PlanProblem& problem, const PlanSolution& solution,
                              absl::CivilDay today, const std::vector<SeenOutcomes>& seen);

}  // namespace kirikae::planner

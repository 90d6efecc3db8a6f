// Forecasts when a rollout will be done, from the outcomes seen so far.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::planner {

/// Attempts seen so far. `attempted` includes `failed` and `absent` (the user was not there, or the
/// visit was put off on the day).
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
  /// Open days between this phase's end and the start of the next phase that has anything left.
  int64_t soak_days = 0;
  SeenOutcomes seen;
  std::vector<PlannedCount> planned;
  /// Failed, missed or overdue devices without a new day; they take make-up slots.
  int64_t waiting = 0;
};

/// The remaining plan; a plain value.
struct ForecastInput {
  /// Open days from today on, ascending. They reach beyond the plan's end, as far as the forecast
  /// may look.
  std::vector<absl::CivilDay> open_days;
  /// Devices that all teams together can do on each of those days. After the last entry, its value
  /// continues; empty: no limit.
  std::vector<int64_t> devices_per_day;
  /// In order of the phases.
  std::vector<ForecastPhase> phases;
  /// Devices already done, for the burn-up.
  int64_t done = 0;
};

struct ForecastOptions {
  uint64_t seed = 1;
  /// Number of simulated rollouts; fewer when they would draw more than 20 million attempts.
  int runs = 1'000;
  /// Open days from a failed attempt to the earliest make-up slot.
  int64_t make_up_after = 2;
  /// The prior rates of a phase, with the weight of this many attempts. The more attempts are seen,
  /// the less the prior counts.
  double prior_failed = 0.04;
  double prior_absent = 0.03;
  double prior_weight = 20;
};

/// The days by which half, and nine of ten, of the runs have done the phase. Absent when that is
/// after the days given, or nothing of the phase remains. The rates are expected values.
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

/// Devices done by the end of a day: as planned, and the tenth, fiftieth and ninetieth percentile
/// of the runs.
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
  /// The whole rollout; its id is empty.
  PhaseForecast all;
  /// From the first open day to the last day on which anything happens in nine of ten runs.
  std::vector<BurnUpDay> burn_up;
  int runs = 0;

  friend bool operator==(const ForecastResult&, const ForecastResult&) = default;
};

/// Simulates the remaining plan `runs` times. An attempt fails, or finds nobody, at the phase's
/// rates. The rates are themselves uncertain: each run draws its attempts from a Polya urn that
/// starts with the prior and the outcomes seen (a beta-binomial). A device that did not succeed
/// takes the first day, at least `make_up_after` open days later, on which the plan leaves
/// capacity. A phase that ends late delays the phases after it, soak included, by whole open days.
/// The same input and options give the same result on every machine. A negative count counts as 0.
ForecastResult Forecast(const ForecastInput& input, const ForecastOptions& options = {});

/// The days on which the phases end in each of the rollouts that Forecast() simulates: by run, then
/// by phase, the index into `input.open_days`. `open_days.size()`: after all days given; -1:
/// nothing of the phase remains.
std::vector<std::vector<int64_t>> SimulatedEnds(const ForecastInput& input,
                                                const ForecastOptions& options = {});

/// The shares of attempts that are expected to fail, and to find nobody.
struct ExpectedRates {
  double failed = 0;
  double absent = 0;
};
ExpectedRates RatesOf(const SeenOutcomes& seen, const ForecastOptions& options = {});

/// The input for a plan that has not begun: `open_days` from `today` to a year after the calendar's
/// end, capacity from the teams (minutes divided by the mean minutes of an item, with its part of a
/// visit; what the policy's reserve holds back is included), and the placements on or after
/// `today`. `seen` is by phase; missing entries mean nothing seen.
ForecastInput ForecastInputOf(const PlanProblem& problem, const PlanSolution& solution,
                              absl::CivilDay today, const std::vector<SeenOutcomes>& seen);

}  // namespace kirikae::planner

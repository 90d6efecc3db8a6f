#include "service/planner/robust.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <set>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace kirikae::planner {
namespace {

constexpr int kMostPercent = 50;
constexpr int kCoarseSteps = 6;
/// Further days that are tried when those from the first estimate are too few.
constexpr int kMoreDays = 5;
constexpr double kEpsilon = 1e-9;
constexpr int64_t kSearchSteps = 40'000'000;

double WeightPlaced(const PlanProblem& problem, const PlanSolution& solution) {
  std::unordered_set<std::string> placed;
  for (const Placement& placement : solution.placements) placed.insert(placement.item);
  double weight = 0;
  for (const Item& item : problem.items) weight += placed.count(item.id) > 0 ? item.weight : 0;
  return weight;
}

/// A plan and what its futures are simulated from.
struct Tried {
  PlanSolution solution;
  ForecastInput input;
  double weight = 0;
  /// By phase: the index of the last open day with a placement; -1: none.
  std::vector<int64_t> last;

  int64_t finish() const { return *std::max_element(last.begin(), last.end()); }
};

/// A reserve that holds the promise.
struct Found {
  Tried plan;
  Reserve reserve;
  int64_t finish = 0;
  double held_share = 0;
  int runs = 0;
};

/// The least number of days that `share` of the numbers do not exceed.
int64_t QuantileOf(std::vector<int64_t> numbers, double share) {
  std::sort(numbers.begin(), numbers.end());
  const auto at =
      static_cast<size_t>(std::ceil(share * static_cast<double>(numbers.size()) - kEpsilon));
  return numbers[std::clamp<size_t>(at, 1, numbers.size()) - 1];
}

class Search {
 public:
  Search(const PlanProblem& problem, const std::vector<SeenOutcomes>& seen,
         const RobustOptions& options)
      : problem_(problem), seen_(seen), options_(options) {
    problem_.policy.reserve = {};
    options_.solve.find_relaxations = false;
  }

  absl::StatusOr<RobustPlan> Run() {
    absl::StatusOr<Tried> tight = Try({});
    if (!tight.ok()) return tight.status();
    tight_ = *std::move(tight);
    options_.solve.max_steps = std::min(options_.solve.max_steps, kSearchSteps);
    if (tight_.finish() >= 0) SearchShares();
    return Result();
  }

 private:
  bool Stopped() const { return options_.solve.should_stop && options_.solve.should_stop(); }

  absl::StatusOr<Tried> Try(const Reserve& reserve) const {
    PlanProblem problem = problem_;
    problem.policy.reserve = reserve;
    Tried tried;
    absl::StatusOr<PlanSolution> solution = Solve(problem, options_.solve);
    if (!solution.ok()) return solution.status();
    tried.solution = *std::move(solution);
    tried.weight = WeightPlaced(problem_, tried.solution);
    if (options_.calendar.has_value()) problem.calendar = *options_.calendar;
    tried.input = ForecastInputOf(problem, tried.solution, options_.today, seen_);
    const std::vector<absl::CivilDay>& days = tried.input.open_days;
    for (const ForecastPhase& phase : tried.input.phases) {
      tried.last.push_back(-1);
      for (const PlannedCount& planned : phase.planned) {
        const auto at = std::lower_bound(days.begin(), days.end(), planned.day) - days.begin();
        tried.last.back() = std::max<int64_t>(tried.last.back(), at);
      }
    }
    if (tried.last.empty()) tried.last.push_back(-1);
    return tried;
  }

  /// The share that the search asks for: a little more, as the simulation errs by chance.
  double Wanted(size_t runs) const {
    const double share = options_.confidence;
    const double error = std::sqrt(share * (1 - share) / static_cast<double>(runs));
    return std::min(share + error, 1.0);
  }

  /// By run: the most open days by which a phase ends after its last placement, when no phase moves
  /// another one.
  std::vector<int64_t> Lateness(const Tried& plan) const {
    std::vector<int64_t> late;
    for (size_t p = 0; p < plan.input.phases.size(); ++p) {
      if (plan.last[p] < 0) continue;
      ForecastInput alone = plan.input;
      alone.phases = {plan.input.phases[p]};
      ForecastOptions options = options_.forecast;
      options.seed += p + 1;
      const auto ends = SimulatedEnds(alone, options);
      late.resize(late.empty() ? ends.size() : std::min(late.size(), ends.size()), 0);
      for (size_t r = 0; r < late.size(); ++r) {
        late[r] = std::max(late[r], ends[r][0] - plan.last[p]);
      }
    }
    return late;
  }

  static bool Holds(const Tried& plan, const std::vector<int64_t>& ends, int64_t days) {
    for (size_t p = 0; p < ends.size(); ++p) {
      if (ends[p] > plan.last[p] + days) return false;
    }
    return true;
  }

  /// Looks for the fewest days that hold the promise with this share held back. False: the plan
  /// leaves out more with this share, and so with any larger one.
  bool TryShare(int percent) {
    if (!tried_.insert(percent).second) return true;
    Reserve reserve{percent / 100.0, 0};
    absl::StatusOr<Tried> plan = percent == 0 ? tight_ : Try(reserve);
    if (!plan.ok() || plan->weight < tight_.weight - kEpsilon) return false;
    const std::vector<int64_t> late = Lateness(*plan);
    reserve.days = QuantileOf(late, Wanted(late.size()));
    if (best_.has_value() && plan->finish() + reserve.days > best_->finish) return true;
    for (const int64_t most = reserve.days + kMoreDays; reserve.days <= most; ++reserve.days) {
      if (Stopped()) return true;
      if (reserve.days > 0 && HasSeveralPhases(*plan)) {
        plan = Try(reserve);
        if (!plan.ok() || plan->weight < tight_.weight - kEpsilon) return true;
      }
      if (Offer(*plan, reserve)) return true;
    }
    return true;
  }

  static bool HasSeveralPhases(const Tried& plan) {
    return std::count_if(plan.last.begin(), plan.last.end(), [](int64_t day) { return day >= 0; }) >
           1;
  }

  /// Takes the plan when it holds the promise and is better than the best so far. Whether it holds.
  bool Offer(const Tried& plan, const Reserve& reserve) {
    const auto ends = SimulatedEnds(plan.input, options_.forecast);
    const auto held = std::count_if(
        ends.begin(), ends.end(), [&](const auto& run) { return Holds(plan, run, reserve.days); });
    const auto runs = static_cast<double>(ends.size());
    const double share = static_cast<double>(held) / runs;
    if (share < Wanted(ends.size()) - kEpsilon) return false;
    const int64_t finish = plan.finish() + reserve.days;
    if (finish >= static_cast<int64_t>(plan.input.open_days.size())) return false;
    const auto rank = [](int64_t end, const Reserve& row) {
      return std::tuple(end, row.days, row.share);
    };
    if (!best_.has_value() || rank(finish, reserve) < rank(best_->finish, best_->reserve)) {
      best_ = Found{plan, reserve, finish, share, static_cast<int>(ends.size())};
    }
    return true;
  }

  /// Whole per cents: in steps of about half the rate of failures and absences, then each around
  /// the best.
  void SearchShares() {
    double lost = 0, devices = 0;
    for (const ForecastPhase& phase : tight_.input.phases) {
      const ExpectedRates rates = RatesOf(phase.seen, options_.forecast);
      for (const PlannedCount& planned : phase.planned) {
        lost += (rates.failed + rates.absent) * static_cast<double>(planned.devices);
        devices += static_cast<double>(planned.devices);
      }
    }
    const int step = std::clamp(static_cast<int>(std::lround(lost / devices * 50)), 1, 8);
    int most = std::min(kMostPercent, step * kCoarseSteps);
    for (int percent = 0; percent <= most && !Stopped(); percent += step) {
      if (!TryShare(percent)) most = percent - 1;
    }
    const int best =
        best_.has_value() ? static_cast<int>(std::lround(best_->reserve.share * 100)) : 0;
    for (int percent = std::max(0, best - step + 1); percent < best + step && !Stopped();
         ++percent) {
      if (percent <= most || !best_.has_value()) TryShare(percent);
    }
  }

  /// The tight plan, whose finish alone is promised, on the day that the futures give.
  Found Fallback(const std::vector<std::vector<int64_t>>& ends) const {
    Found found{tight_, {}, -1, 0, static_cast<int>(ends.size())};
    if (tight_.finish() < 0) return found;
    std::vector<int64_t> finishes;
    finishes.reserve(ends.size());
    for (const auto& run : ends) finishes.push_back(*std::max_element(run.begin(), run.end()));
    found.finish = QuantileOf(finishes, Wanted(finishes.size()));
    const auto held = std::count_if(finishes.begin(), finishes.end(),
                                    [&](int64_t end) { return end <= found.finish; });
    found.held_share = static_cast<double>(held) / static_cast<double>(finishes.size());
    return found;
  }

  absl::StatusOr<RobustPlan> Result() const {
    const auto ends = SimulatedEnds(tight_.input, options_.forecast);
    const Found found = best_.has_value() ? *best_ : Fallback(ends);
    const std::vector<absl::CivilDay>& days = found.plan.input.open_days;
    const auto day = [&](int64_t at) -> std::optional<absl::CivilDay> {
      if (at < 0 || at >= static_cast<int64_t>(days.size())) return std::nullopt;
      return days[static_cast<size_t>(at)];
    };
    RobustPlan plan{problem_, found.plan.solution, {}};
    plan.problem.policy.reserve = found.reserve;
    Promise& promise = plan.promise;
    promise.confidence = options_.confidence;
    promise.phases_hold = best_.has_value();
    promise.reserve = found.reserve;
    promise.finish = day(found.finish);
    promise.held_share = found.held_share;
    promise.runs = found.runs;
    promise.tight_finish = day(tight_.finish());
    if (promise.finish.has_value()) promise.open_days_later = found.finish - tight_.finish();
    const auto held = std::count_if(ends.begin(), ends.end(), [&](const auto& run) {
      return !run.empty() && *std::max_element(run.begin(), run.end()) <= tight_.finish();
    });
    if (tight_.finish() >= 0) {
      promise.tight_share = static_cast<double>(held) / static_cast<double>(ends.size());
    }
    for (size_t p = 0; p < found.plan.input.phases.size(); ++p) {
      if (found.plan.last[p] < 0) continue;
      const ForecastPhase& phase = found.plan.input.phases[p];
      PromisedPhase& row = promise.phases.emplace_back();
      row.id = phase.id;
      row.last_day = days[static_cast<size_t>(found.plan.last[p])];
      if (promise.phases_hold) row.done_by = day(found.plan.last[p] + found.reserve.days);
      row.seen = phase.seen;
      row.rates = RatesOf(phase.seen, options_.forecast);
    }
    return plan;
  }

  PlanProblem problem_;
  const std::vector<SeenOutcomes>& seen_;
  RobustOptions options_;
  Tried tight_;
  std::set<int> tried_;
  std::optional<Found> best_;
};

}  // namespace

absl::StatusOr<RobustPlan> SolveRobust(const PlanProblem& problem,
                                       const std::vector<SeenOutcomes>& seen,
                                       const RobustOptions& options) {
  absl::StatusOr<RobustPlan> plan = Search(problem, seen, options).Run();
  const bool stopped = options.solve.should_stop && options.solve.should_stop();
  if (!plan.ok() || plan->solution.left.empty() || !options.solve.find_relaxations || stopped) {
    return plan;
  }
  // The same plan again, with what would help.
  SolveOptions solve = options.solve;
  if (plan->promise.phases_hold) solve.max_steps = std::min(solve.max_steps, kSearchSteps);
  absl::StatusOr<PlanSolution> again = Solve(plan->problem, solve);
  if (!again.ok()) return again.status();
  if (again->placements == plan->solution.placements) plan->solution = *std::move(again);
  return plan;
}

}  // namespace kirikae::planner

#include "service/planner/forecast.h"

#include <algorithm>
#include <cstddef>
#include <unordered_map>
#include <utility>

#include "service/planner/model.h"

#include "service/planner/dice.h"

namespace kirikae::planner {
namespace {

constexpr int64_t kMostDraws = 20'000'000;
constexpr int kLookAheadDays = 366;

int64_t NotNegative(int64_t value) { return std::max<int64_t>(0, value); }

/// Draws attempts of one phase in one run. Each attempt drawn changes the rates of the later ones.
class Urn {
 public:
  Urn(const SeenOutcomes& seen, const ForecastOptions& options) {
    const double weight = std::max(1e-6, options.prior_weight);
    failed_ = std::clamp(options.prior_failed, 0.0, 1.0) * weight;
    absent_ = std::clamp(options.prior_absent, 0.0, 1.0) * weight;
    failed_ += static_cast<double>(NotNegative(seen.failed));
    absent_ += static_cast<double>(NotNegative(seen.absent));
    total_ = weight + static_cast<double>(NotNegative(seen.attempted));
    total_ = std::max(total_, failed_ + absent_);
  }
  double failed_rate() const { return failed_ / total_; }
  double absent_rate() const { return absent_ / total_; }

  bool Succeeds(Dice& dice) {
    const double draw = dice.Draw() * total_;
    total_ += 1;
    if (draw < failed_) {
      failed_ += 1;
      return false;
    }
    if (draw < failed_ + absent_) {
      absent_ += 1;
      return false;
    }
    return true;
  }

 private:
  double failed_ = 0;
  double absent_ = 0;
  double total_ = 1;
};

/// The input with days as numbers; number `days` means after all days given.
struct Plan {
  explicit Plan(const ForecastInput& input) : days(input.open_days.size()) {
    for (const ForecastPhase& phase : input.phases) {
      std::vector<int64_t> row(days, 0);
      int64_t waiting = NotNegative(phase.waiting);
      int64_t total = waiting;
      for (const PlannedCount& planned : phase.planned) {
        const int64_t devices = NotNegative(planned.devices);
        total += devices;
        const auto at =
            std::lower_bound(input.open_days.begin(), input.open_days.end(), planned.day);
        if (at == input.open_days.end()) {
          waiting += devices;
        } else {
          row[at - input.open_days.begin()] += devices;
        }
      }
      planned.push_back(std::move(row));
      waits.push_back(waiting);
      remaining.push_back(total);
    }
  }
  size_t days;
  std::vector<std::vector<int64_t>> planned;
  std::vector<int64_t> waits;
  std::vector<int64_t> remaining;
};

/// One simulated rollout.
class Run {
 public:
  Run(const ForecastInput& input, const Plan& plan, const ForecastOptions& options, uint64_t seed)
      : input_(input), plan_(plan), options_(options), dice_(seed), used_(plan.days, 0) {
    done.assign(plan.days, 0);
  }

  void Play() {
    size_t begin = 0;
    for (size_t p = 0; p < input_.phases.size(); ++p) {
      last.push_back(plan_.remaining[p] == 0 ? -1 : PlayPhase(p, begin));
      if (last.back() >= 0) {
        begin =
            std::min<size_t>(plan_.days, last.back() + 1 + NotNegative(input_.phases[p].soak_days));
      }
    }
  }

  /// The day number on which each phase ends (`days`: after all days given), -1 where nothing
  /// remains.
  std::vector<int64_t> last;
  /// Devices done on each day.
  std::vector<int64_t> done;

 private:
  int64_t RoomOn(size_t day) const {
    if (input_.devices_per_day.empty()) return INT64_MAX;
    const size_t at = std::min(day, input_.devices_per_day.size() - 1);
    return input_.devices_per_day[at] - used_[day];
  }

  int64_t PlayPhase(size_t p, size_t begin) {
    const std::vector<int64_t>& row = plan_.planned[p];
    size_t first = 0;
    while (first < row.size() && row[first] == 0) ++first;
    const size_t shift = first < row.size() && first < begin ? begin - first : 0;
    Urn urn(input_.phases[p].seen, options_);
    std::vector<int64_t> retry(plan_.days + 1, 0);
    int64_t open = plan_.remaining[p];
    int64_t carried = plan_.waits[p];
    for (size_t day = 0; day < row.size(); ++day) {
      if (day + shift >= plan_.days) carried += row[day];
    }
    const size_t start = std::min(begin, plan_.days);
    // Planned work takes a day's capacity first; make-up work takes the rest.
    for (size_t day = start; day < plan_.days && open > 0; ++day) {
      const int64_t due = day >= shift ? row[day - shift] : 0;
      carried += retry[day];
      used_[day] += due;
      const int64_t made_up = std::clamp<int64_t>(RoomOn(day), 0, carried);
      carried -= made_up;
      used_[day] += made_up;
      const int64_t missed = Attempt(urn, due + made_up, day);
      open -= due + made_up - missed;
      if (open == 0) return static_cast<int64_t>(day);
      const size_t again = day + std::max<int64_t>(1, options_.make_up_after);
      retry[std::min(again, plan_.days)] += missed;
    }
    return static_cast<int64_t>(plan_.days);
  }

  int64_t Attempt(Urn& urn, int64_t devices, size_t day) {
    int64_t missed = 0;
    for (int64_t i = 0; i < devices; ++i) missed += urn.Succeeds(dice_) ? 0 : 1;
    done[day] += devices - missed;
    return missed;
  }

  const ForecastInput& input_;
  const Plan& plan_;
  const ForecastOptions& options_;
  Dice dice_;
  std::vector<int64_t> used_;
};

/// The value that `tenths` of ten of the sorted values do not exceed.
int64_t Quantile(const std::vector<int64_t>& sorted, int tenths) {
  const size_t at = (sorted.size() * static_cast<size_t>(tenths) + 9) / 10;
  return sorted[std::min(sorted.size() - 1, at == 0 ? 0 : at - 1)];
}

std::optional<absl::CivilDay> DayNumbered(const ForecastInput& input, int64_t number) {
  if (number < 0 || number >= static_cast<int64_t>(input.open_days.size())) return std::nullopt;
  return input.open_days[number];
}

int64_t PlannedLast(const Plan& plan, size_t phase) {
  for (size_t day = plan.days; day-- > 0;) {
    if (plan.planned[phase][day] > 0) return static_cast<int64_t>(day);
  }
  return -1;
}

PhaseForecast Summary(const ForecastInput& input, std::vector<int64_t> lasts) {
  PhaseForecast row;
  std::sort(lasts.begin(), lasts.end());
  row.half = DayNumbered(input, Quantile(lasts, 5));
  row.nine_of_ten = DayNumbered(input, Quantile(lasts, 9));
  return row;
}

std::vector<BurnUpDay> BurnUp(const ForecastInput& input, const Plan& plan,
                              const std::vector<std::vector<int64_t>>& done, int64_t upto) {
  std::vector<BurnUpDay> days;
  std::vector<int64_t> sums(done.size(), NotNegative(input.done));
  int64_t planned = NotNegative(input.done);
  for (int64_t day = 0; day <= upto && day < static_cast<int64_t>(plan.days); ++day) {
    for (const std::vector<int64_t>& row : plan.planned) planned += row[day];
    for (size_t r = 0; r < done.size(); ++r) sums[r] += done[r][day];
    std::vector<int64_t> sorted = sums;
    std::sort(sorted.begin(), sorted.end());
    days.push_back({input.open_days[day], planned, Quantile(sorted, 1), Quantile(sorted, 5),
                    Quantile(sorted, 9)});
  }
  return days;
}

int RunsFor(const Plan& plan, const ForecastOptions& options) {
  int64_t attempts = 1;
  for (int64_t remaining : plan.remaining) attempts += remaining;
  return static_cast<int>(
      std::clamp<int64_t>(std::min<int64_t>(options.runs, kMostDraws / attempts), 10, 100'000));
}

/// The run with this number, played.
Run Played(const ForecastInput& input, const Plan& plan, const ForecastOptions& options,
           int number) {
  Run run(input, plan, options, options.seed * 1'000'003 + static_cast<uint64_t>(number));
  run.Play();
  return run;
}

}  // namespace

ExpectedRates RatesOf(const SeenOutcomes& seen, const ForecastOptions& options) {
  const Urn urn(seen, options);
  return {urn.failed_rate(), urn.absent_rate()};
}

std::vector<std::vector<int64_t>> SimulatedEnds(const ForecastInput& input,
                                                const ForecastOptions& options) {
  const Plan plan(input);
  std::vector<std::vector<int64_t>> ends;
  const int runs = RunsFor(plan, options);
  ends.reserve(static_cast<size_t>(runs));
  for (int r = 0; r < runs; ++r) ends.push_back(Played(input, plan, options, r).last);
  return ends;
}

ForecastResult Forecast(const ForecastInput& input, const ForecastOptions& options) {
  const Plan plan(input);
  ForecastResult result;
  result.runs = RunsFor(plan, options);
  std::vector<std::vector<int64_t>> lasts(input.phases.size());
  std::vector<std::vector<int64_t>> done;
  std::vector<int64_t> ends;
  for (int r = 0; r < result.runs; ++r) {
    Run run = Played(input, plan, options, r);
    int64_t end = -1;
    for (size_t p = 0; p < run.last.size(); ++p) {
      lasts[p].push_back(run.last[p]);
      end = std::max(end, run.last[p]);
    }
    ends.push_back(end);
    done.push_back(std::move(run.done));
  }
  int64_t planned_end = -1;
  for (size_t p = 0; p < input.phases.size(); ++p) {
    PhaseForecast row = Summary(input, lasts[p]);
    const ExpectedRates rates = RatesOf(input.phases[p].seen, options);
    row.id = input.phases[p].id;
    row.failed_rate = rates.failed;
    row.absent_rate = rates.absent;
    row.remaining = plan.remaining[p];
    row.planned = DayNumbered(input, PlannedLast(plan, p));
    planned_end = std::max(planned_end, PlannedLast(plan, p));
    result.all.remaining += row.remaining;
    result.phases.push_back(std::move(row));
  }
  const int64_t remaining = result.all.remaining;
  result.all = Summary(input, ends);
  result.all.remaining = remaining;
  result.all.planned = DayNumbered(input, planned_end);
  std::sort(ends.begin(), ends.end());
  result.burn_up = BurnUp(input, plan, done, std::max(planned_end, Quantile(ends, 9)));
  return result;
}

ForecastInput ForecastInputOf(const PlanProblem& problem, const PlanSolution& solution,
                              absl::CivilDay today, const std::vector<SeenOutcomes>& seen) {
  PlanProblem ahead = problem;
  ahead.calendar.first_day = std::max(today, problem.calendar.first_day);
  ahead.calendar.last_day =
      std::max(problem.calendar.last_day, ahead.calendar.first_day) + kLookAheadDays;
  ForecastInput input;
  input.open_days = OpenDays(ahead.calendar);
  int64_t minutes = 0;
  for (const Item& item : problem.items) minutes += item.minutes;
  const int64_t items = std::max<int64_t>(1, static_cast<int64_t>(problem.items.size()));
  // A visit serves several items; for make-up work a visit is taken to serve two.
  const int64_t each = std::max<int64_t>(1, minutes / items + problem.policy.visit_minutes / 2);
  ahead.items.clear();
  // What is held back is held back for make-ups.
  ahead.policy.reserve = {};
  const Model model = BuildModel(ahead);
  for (int day = 0; day < model.day_count(); ++day) {
    int64_t devices = 0;
    for (int i = 0; i < model.cells_per_day(); ++i) {
      const int cell = day * model.cells_per_day() + i;
      devices = std::min(kUnlimited, devices + std::min(model.cell_minutes[cell] / each,
                                                        model.cell_devices[cell]));
    }
    input.devices_per_day.push_back(devices);
  }
  std::unordered_map<std::string, std::string> phase_of;
  for (const Item& item : problem.items) phase_of.emplace(item.id, item.phase);
  for (size_t p = 0; p < problem.phases.size(); ++p) {
    ForecastPhase phase;
    phase.id = problem.phases[p].id;
    phase.soak_days = problem.phases[p].soak_days;
    if (p < seen.size()) phase.seen = seen[p];
    for (const Placement& row : solution.placements) {
      if (row.day < today || phase_of[row.item] != phase.id) continue;
      if (phase.planned.empty() || phase.planned.back().day != row.day) {
        phase.planned.push_back({row.day, 0});
      }
      ++phase.planned.back().devices;
    }
    input.phases.push_back(std::move(phase));
  }
  return input;
}

}  // namespace kirikae::planner

#include "service/planner/partial_bound.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "service/planner/price_bound.h"
#include "service/planner/window_flow.h"

namespace kirikae::planner {
namespace {

constexpr double kEpsilon = 1e-6;
/// Of the tables by phase, first and last day: 32 MiB.
constexpr int64_t kMostRanges = 2'000'000;
/// Steps for all closer looks, fewer where there are many units; rounds of prices for one.
constexpr int64_t kMostSteps = 90'000'000;
constexpr int64_t kMostStepsOfMany = 12'000'000;
constexpr size_t kMany = 150;
constexpr int kRounds = 400;
/// Joint looks for one question.
constexpr int kMostJointLooks = 500;

}  // namespace

PartialBound::PartialBound(const State& fixed, const std::vector<std::vector<int>>& units,
                           Budget& budget)
    : fixed_(fixed),
      model_(fixed.model()),
      units_(units),
      budget_(budget),
      steps_left_(kMostSteps) {
  size_t count = 0;
  for (const std::vector<int>& phase : units) count += phase.size();
  if (count > kMany) steps_left_ = kMostStepsOfMany;
  // Most of the steps are for finding plans.
  steps_left_ = std::min(steps_left_, budget.max_steps() / 4);
  const int64_t days = model_.day_count();
  usable_ = days * days <= kMostRanges / std::max<int64_t>(1, static_cast<int64_t>(units.size()));
  if (!usable_) return;
  for (const std::vector<int>& phase : units) {
    double all = 0;
    for (const int u : phase) {
      all += model_.units[u].weight;
      whole_ = whole_ && model_.units[u].weight == std::floor(model_.units[u].weight);
    }
    all_.push_back(all);
  }
  const auto phases = std::count_if(all_.begin(), all_.end(), [](double all) { return all > 0; });
  coupled_ = model_.ticket_limit > 0 && model_.tickets.size() > 1 && phases > 1;
}

bool PartialBound::MayLook() const { return steps_left_ > 0 && !budget_.Exhausted(); }

int PartialBound::FirstDay(int phase, int start) const {
  return std::max(start, fixed_.PhaseRoom(phase).first);
}

PartialBound::Range& PartialBound::At(int phase, int from, int to) {
  return ranges_[phase][static_cast<size_t>(from) * model_.day_count() + to];
}

/// What is known of the range, at least its count.
const PartialBound::Range& PartialBound::Counted(int phase, int from, int to) {
  Range& range = At(phase, from, to);
  if (range.by == By::kNothing) {
    range = {std::min(all_[phase], counts_[phase].Most(from, to)), By::kCount};
    budget_.Spend();
  }
  return range;
}

/// Looks at the range once more closely. Shorter ranges within it take no more.
void PartialBound::Look(int phase, int from, int to, double enough) {
  std::vector<int> units;
  for (const int u : units_[phase]) {
    const Unit& unit = model_.units[u];
    const PhaseRow& row = model_.phases[phase];
    if (model_.AllowedDays(unit.window, std::max(from, row.not_before),
                           std::min(to, row.deadline)) > 0) {
      units.push_back(u);
    }
  }
  const int64_t begun = budget_.steps();
  const Range known = Counted(phase, from, to);
  double most = known.by == By::kCount ? MostByFlow(fixed_, units, from, to, budget_)
                                       : ByPrices(units, from, to, enough);
  const By by = known.by == By::kCount ? By::kFlow : By::kPrices;
  // Whole units of whole weights: what is above a whole number can't be placed.
  if (whole_) most = std::floor(most + kEpsilon);
  most = std::min(most, known.most);
  for (int first = from; first <= to; ++first) {
    for (int last = first; last <= to; ++last) {
      Range& range = At(phase, first, last);
      if (range.by != By::kNothing) range.most = std::min(range.most, most);
    }
  }
  At(phase, from, to) = {most, by};
  ++known_;
  budget_.Spend(static_cast<int64_t>(to - from + 1) * (to - from + 1) / 16 + 1);
  steps_left_ -= budget_.steps() - begun;
}

double PartialBound::ByPrices(const std::vector<int>& units, int from, int to,
                              double enough) const {
  std::map<int, PricedRow> rows;
  double all = 0;
  for (const int u : units) {
    const Unit& unit = model_.units[u];
    all += unit.weight;
    PricedRow& row = rows[unit.class_id];
    row.unit = &unit;
    row.first = from;
    row.last = to;
    row.worth = unit.weight;
    ++row.count;
  }
  std::vector<PricedRow> list;
  list.reserve(rows.size());
  for (auto& [id, row] : rows) list.push_back(std::move(row));
  PriceBound bound(fixed_, std::move(list));
  if (!bound.usable()) return all;
  const double close = whole_ ? std::floor(enough + kEpsilon) + 1 - 2 * kEpsilon : enough;
  return std::min(all, bound.MostWorth(close, kRounds, budget_));
}

/// The best division where the phase ends on day `end`.
PartialBound::Division PartialBound::Ending(size_t phase, int start, int end) {
  const int number = static_cast<int>(phase);
  const int first = FirstDay(number, start);
  const Range& here = Counted(number, first, end);
  const Division& rest = From(phase + 1, end + 1 + model_.phases[phase].soak);
  return {here.most + rest.most, rest.rough + (here.by == By::kPrices ? 0 : 1), end, known_};
}

/// The best division of the days from `start` on among the phases from `phase` on; among equal ones
/// that which rests on the closest looks.
const PartialBound::Division& PartialBound::From(size_t phase, int start) {
  Division& division = from_[phase][std::min(start, model_.day_count())];
  if (division.known == known_) return division;
  Division best{0, 0, -1, known_};
  if (phase < units_.size()) {
    const Division& rest = From(phase + 1, start);
    best = {rest.most, rest.rough, -1, known_};
    const int number = static_cast<int>(phase);
    const int last = std::min(fixed_.PhaseRoom(number).second, model_.day_count() - 1);
    for (int end = FirstDay(number, start); end <= last && !units_[phase].empty(); ++end) {
      const Division here = Ending(phase, start, end);
      if (here.most > best.most + kEpsilon ||
          (here.most > best.most - kEpsilon && here.rough < best.rough)) {
        best = here;
      }
      if (Counted(number, FirstDay(number, start), end).most >= all_[phase] - kEpsilon) break;
    }
  }
  // `division` stays valid: the tables do not grow.
  division = best;
  return division;
}

/// Looks closer at one range that the division rests on. False when each has been looked at, or no
/// steps are left.
bool PartialBound::LookAlong(size_t phase, int start, Division division, double enough) {
  if (division.rough == 0 || !MayLook()) return false;
  const double total = division.most;
  int at_phase = -1, at_first = 0, at_end = 0;
  By least = By::kPrices;
  for (; phase < units_.size(); ++phase) {
    const int number = static_cast<int>(phase);
    if (division.end >= 0) {
      const int first = FirstDay(number, start);
      const Range& range = Counted(number, first, division.end);
      if (range.by < least) {
        least = range.by;
        at_phase = number;
        at_first = first;
        at_end = division.end;
      }
      start = division.end + 1 + model_.phases[phase].soak;
    }
    division = From(phase + 1, start);
  }
  if (at_phase < 0) return false;
  const double others = total - Counted(at_phase, at_first, at_end).most;
  Look(at_phase, at_first, at_end, enough - others);
  return true;
}

/// What the phases place together on the given days.
double PartialBound::Jointly(const Days& days, double enough) {
  ++joint_looks_;
  std::map<int, PricedRow> rows;
  for (size_t p = 0; p < units_.size(); ++p) {
    for (const int u : units_[p]) {
      const Unit& unit = model_.units[u];
      PricedRow& row = rows[unit.class_id];
      row.unit = &unit;
      row.first = days[p].first;
      row.last = days[p].second;
      row.worth = unit.weight;
      row.count += days[p].first <= days[p].second ? 1 : 0;
    }
  }
  std::vector<PricedRow> list;
  list.reserve(rows.size());
  for (auto& [id, row] : rows) list.push_back(std::move(row));
  const int64_t begun = budget_.steps();
  PriceBound bound(fixed_, std::move(list));
  if (!bound.usable()) return 1e300;
  const double close = whole_ ? std::floor(enough + kEpsilon) + 1 - 2 * kEpsilon : enough;
  const double most = bound.MostWorth(close, kRounds, budget_);
  steps_left_ -= budget_.steps() - begun;
  return whole_ ? std::floor(most + kEpsilon) : most;
}

/// Whether no plan with these days of the earlier phases, which place at most `placed`, places more
/// than `enough`. The next phase may begin on day `start`.
bool PartialBound::JointlyBounded(const Days& before, double placed, int start, double enough) {
  const size_t phase = before.size();
  if (placed + From(phase, start).most <= enough + kEpsilon) return true;
  if (phase == units_.size()) return false;
  Days empty = before;
  empty.emplace_back(0, -1);
  if (units_[phase].empty()) return JointlyBounded(empty, placed, start, enough);
  const int number = static_cast<int>(phase);
  const int last = std::min(fixed_.PhaseRoom(number).second, model_.day_count() - 1);
  const int first = FirstDay(number, start);
  return (first > last || EndingBounded(before, placed, start, {first, last}, enough)) &&
         JointlyBounded(empty, placed, start, enough);
}

/// The same where the next phase ends on one of the days `ends`: bounds all of them together, else
/// each half.
bool PartialBound::EndingBounded(const Days& before, double placed, int start,
                                 std::pair<int, int> ends, double enough) {
  const size_t phase = before.size();
  const int number = static_cast<int>(phase);
  const auto [low, high] = ends;
  double most = 0;
  for (int end = low; end <= high; ++end) most = std::max(most, Ending(phase, start, end).most);
  if (placed + most <= enough + kEpsilon) return true;
  if (joint_looks_ >= kMostJointLooks || !MayLook()) return false;
  const int first = FirstDay(number, start);
  Days days = before;
  days.emplace_back(first, high);
  int later = low + 1 + model_.phases[phase].soak;
  for (size_t p = phase + 1; p < units_.size(); ++p) {
    const int last = std::min(fixed_.PhaseRoom(static_cast<int>(p)).second, model_.day_count() - 1);
    days.emplace_back(FirstDay(static_cast<int>(p), later), last);
  }
  if (Jointly(days, enough) <= enough + kEpsilon) return true;
  if (low == high || phase + 1 == units_.size()) {
    if (phase + 1 == units_.size()) return false;
    days.resize(phase + 1);
    return JointlyBounded(days, placed + Counted(number, first, high).most, later, enough);
  }
  const int middle = low + (high - low) / 2;
  return EndingBounded(before, placed, start, {low, middle}, enough) &&
         EndingBounded(before, placed, start, {middle + 1, high}, enough);
}

double PartialBound::MostWeight(double enough) {
  if (ranges_.empty()) {
    const auto days = static_cast<size_t>(model_.day_count());
    for (const std::vector<int>& phase : units_) counts_.emplace_back(fixed_, phase);
    ranges_.assign(units_.size(), std::vector<Range>(days * days));
    from_.assign(units_.size() + 1, std::vector<Division>(days + 1));
  }
  while (From(0, 0).most > enough + kEpsilon && LookAlong(0, 0, From(0, 0), enough)) {
  }
  if (coupled_ && std::min(From(0, 0).most, jointly_most_) > enough + kEpsilon &&
      enough > jointly_open_) {
    joint_looks_ = 0;
    if (JointlyBounded({}, 0, 0, enough)) {
      jointly_most_ = enough;
    } else {
      jointly_open_ = enough;
    }
  }
  return std::min(From(0, 0).most, jointly_most_);
}

std::vector<int> PartialBound::DivisionEnds() {
  std::vector<int> ends;
  int start = 0;
  for (size_t p = 0; p < units_.size(); ++p) {
    ends.push_back(From(p, start).end);
    if (ends.back() >= 0) start = ends.back() + 1 + model_.phases[p].soak;
  }
  return ends;
}

std::vector<int> PartialBound::LastDays(double weight, const std::vector<int>& last_day) {
  std::vector<int> bounds(units_.size(), -1);
  // Below this, the weight is not reached.
  const double short_of = weight - 2 * kEpsilon;
  MostWeight(weight);
  double before = 0;
  int start = 0;
  Days days;
  joint_looks_ = 0;
  for (size_t p = 0; p < units_.size(); ++p) {
    const int number = static_cast<int>(p);
    days.resize(p, {0, -1});
    if (last_day[p] < 0) continue;
    const int fixed_last = fixed_.PhaseSpan(number).second;
    while (fixed_last < 0 && before + From(p + 1, start).most >= short_of) {
      if (LookAlong(p + 1, start, From(p + 1, start), short_of - before - kEpsilon)) continue;
      days.emplace_back(0, -1);
      if (!coupled_ || !JointlyBounded(days, before, start, short_of - kEpsilon)) return bounds;
      days.pop_back();
      break;
    }
    const int first = FirstDay(number, start);
    int day = std::max(first, fixed_last);
    while (day < last_day[p]) {
      const Division here = Ending(p, start, day);
      if (before + here.most < short_of) {
        ++day;
      } else if (!LookAlong(p, start, here, short_of - before - kEpsilon)) {
        if (!coupled_ ||
            !EndingBounded(days, before, start, {day, last_day[p] - 1}, short_of - kEpsilon)) {
          break;
        }
        day = last_day[p];
      }
    }
    bounds[p] = day;
    if (day < last_day[p]) return bounds;
    while (MayLook() && Counted(number, first, day).by != By::kPrices &&
           Counted(number, first, day).most > kEpsilon) {
      Look(number, first, day, 0);
    }
    before += Counted(number, first, day).most;
    days.emplace_back(first, day);
    start = day + 1 + model_.phases[p].soak;
  }
  return bounds;
}

}  // namespace kirikae::planner

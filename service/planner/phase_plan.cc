#include "service/planner/phase_plan.h"

#include <algorithm>
#include <set>

#include "service/planner/bins.h"
#include "service/planner/dive.h"
#include "service/planner/fewest_bins.h"
#include "service/planner/pack.h"

namespace kirikae::planner {
namespace {

/// Steps allowed to one repair; steps allowed to all attempts at a phase after the first.
constexpr int64_t kRepairSteps = 150'000;
constexpr int64_t kPhaseSteps = 1'000'000;
/// Steps allowed to one search for a packing that is a day shorter.
constexpr int64_t kBinSteps = 1'500'000;
constexpr int64_t kFewestSteps = 150'000'000;
constexpr int64_t kPartsSteps = 60'000'000;
constexpr int64_t kDiveSteps = 200'000'000;
/// Of all that is kept of earlier plans: 16 MiB.
constexpr size_t kMostKnownUnits = 2'000'000;

/// Number of attempts at a phase. Large phases gain little from many.
int AttemptsFor(size_t units) {
  if (units > 20'000) return 3;
  if (units > 3'000) return 8;
  return 40;
}

PackOptions OptionsFor(int attempt, int target, size_t units) {
  PackOptions options;
  options.target = target;
  options.urgent_first = attempt % 2 == 1;
  options.by_slack = attempt % 4 < 2;
  options.best_fill = attempt != 4;
  options.noise = attempt < 5 ? 0 : static_cast<uint64_t>(attempt);
  options.fill_nodes = units > 3'000 ? 200 : 2'000;
  return options;
}

}  // namespace

PhasePlanner::PhasePlanner(const Model& model, Budget& budget)
    : model_(model), budget_(budget), fixed_(model) {
  FindPossible();
  FindBounds(0);
}

void PhasePlanner::FindPossible() {
  units_.resize(model_.phases.size());
  classes_.resize(model_.phases.size());
  earliest_.assign(model_.phases.size(), -1);
  for (size_t c = 0; c < model_.classes.size(); ++c) {
    const std::vector<int>& members = model_.classes[c].units;
    const Unit& unit = model_.units[members.front()];
    const auto [from, to] = fixed_.PhaseRoom(unit.phase);
    const int day = EarliestAlone(fixed_, members.front(), from);
    budget_.Spend(day - from + 1);
    if (day > to || day >= model_.day_count()) {
      for (int u : members) impossible_weight_ += model_.units[u].weight;
      continue;
    }
    int& earliest = earliest_[unit.phase];
    earliest = earliest < 0 ? day : std::min(earliest, day);
    classes_[unit.phase].push_back(static_cast<int>(c));
    units_[unit.phase].insert(units_[unit.phase].end(), members.begin(), members.end());
  }
}

size_t PhasePlanner::unit_count() const {
  size_t units = 0;
  for (const std::vector<int>& phase : units_) units += phase.size();
  return units;
}

/// Computes the bounds of the phases from `first` on; the earlier ones stay.
void PhasePlanner::FindBounds(size_t first) {
  bounds_.resize(first);
  bounds_from_.resize(first);
  int chained = 0;
  for (size_t p = 0; p < model_.phases.size(); ++p) {
    if (p >= first) {
      const int phase = static_cast<int>(p);
      const int from = std::max(fixed_.PhaseRoom(phase).first, chained);
      const bool by_order = from > model_.phases[p].not_before;
      bounds_from_.push_back(from);
      bounds_.push_back(BoundPhase(fixed_, phase, classes_[p], from,
                                   by_order ? BoundBy::kPhaseOrder : BoundBy::kNotBefore));
    }
    if (bounds_[p].day >= 0) chained = bounds_[p].day + 1 + model_.phases[p].soak;
  }
}

/// Packing has proven that `phase` cannot end before `day`. The bounds of the phases after it rise
/// as well.
void PhasePlanner::RaiseBound(int phase, int day) {
  if (bounds_[phase].day >= day) return;
  bounds_[phase] = {day, BoundBy::kCapacity};
  FindBounds(static_cast<size_t>(phase) + 1);
}

PhasePlanner::Attempt PhasePlanner::Measure(const State& state, int phase) const {
  Attempt attempt;
  for (int u : units_[phase]) {
    if (state.CellOf(u) < 0) {
      attempt.left_weight += model_.units[u].weight;
    } else {
      attempt.cells.emplace_back(u, state.CellOf(u));
    }
  }
  attempt.last_day = state.PhaseSpan(phase).second;
  return attempt;
}

void PhasePlanner::Clear(State& state, int phase) const {
  for (int u : units_[phase]) {
    if (state.CellOf(u) >= 0) state.Remove(u);
  }
}

void PhasePlanner::Apply(State& state, int phase, const Attempt& attempt) const {
  Clear(state, phase);
  for (const auto& [unit, cell] : attempt.cells) state.Place(unit, cell);
}

/// Plans one phase. Returns the weight that it leaves out.
double PhasePlanner::PlanPhase(State& state, int phase, int cap) {
  const auto [from, room_to] = state.PhaseRoom(phase);
  const int to = std::min(room_to, cap);
  if (units_[phase].empty() || from > to) return Measure(state, phase).left_weight;
  const std::array<int, 3> days{phase, from, to};
  if (const auto known = known_.find(days); known != known_.end()) {
    budget_.Spend(static_cast<int64_t>(known->second.cells.size()));
    Apply(state, phase, known->second);
    return known->second.left_weight;
  }
  Attempt best = PackPhase(state, phase, from, to);
  Apply(state, phase, best);
  const double left = best.left_weight;
  known_units_ += best.cells.size();
  if (model_.ticket_limit <= 0 && known_units_ <= kMostKnownUnits) {
    known_.emplace(days, std::move(best));
  }
  return left;
}

PhasePlanner::Attempt PhasePlanner::PackPhase(State& state, int phase, int from, int to) {
  const BoundBy by = BoundBy::kNone;
  const int bound = BoundPhase(fixed_, phase, classes_[phase], from, by).day;
  const int target = std::min(bound, to);
  const int64_t steps_end = budget_.steps() + kPhaseSteps;
  Attempt best;
  best.left_weight = -1;
  const int attempts = AttemptsFor(units_[phase].size());
  for (int i = 0; i < attempts; ++i) {
    if (i > 0 && (budget_.Exhausted() || budget_.steps() > steps_end)) break;
    Clear(state, phase);
    PackOptions options = OptionsFor(i, target, units_[phase].size());
    if (best.left_weight > 0 && i % 2 == 1) {
      options.dense_first = true;
      options.best_fill = false;
      options.urgent_first = false;
    }
    std::vector<int> left = Pack(state, units_[phase], from, to, options, budget_);
    if (!left.empty() && left.size() <= 200 && !budget_.Exhausted()) {
      Budget share(kRepairSteps, nullptr);
      Repair(state, std::move(left), from, to, /*replace_lighter=*/best.left_weight != 0, share);
      budget_.Spend(share.steps());
    }
    Attempt attempt = Measure(state, phase);
    const bool better =
        best.left_weight < 0 || attempt.left_weight < best.left_weight - 1e-9 ||
        (attempt.left_weight <= best.left_weight + 1e-9 && attempt.last_day < best.last_day);
    if (better) best = std::move(attempt);
    if (best.left_weight > 0) continue;
    if (best.last_day <= bound) break;
    to = best.last_day - 1;
  }
  if (best.left_weight == 0) ShortenAsBins(state, phase, from, bound, best);
  return best;
}

/// Whether every unit of the phase may use every open cell of the days from..to, so that only
/// minutes limit which units share a cell.
bool PhasePlanner::OnlyMinutesBind(const State& state, int phase, int from, int to) const {
  if (model_.ticket_limit > 0) return false;
  const std::vector<int>& site = model_.units[units_[phase].front()].sites;
  int64_t devices = 0;
  for (int c : classes_[phase]) {
    const Unit& unit = model_.units[model_.classes[c].units.front()];
    if (!unit.pools.empty() || unit.forced_cell >= 0 || unit.minutes <= 0) return false;
    if (model_.visit_minutes > 0 && (unit.sites != site || site.size() > 1)) return false;
    for (int t = 0; t < model_.teams; ++t) {
      if (!ServedBy(model_, unit, t)) return false;
    }
    if (!AllowedOnDay(model_, unit, from) || !AllowedOnDay(model_, unit, to)) return false;
    if (model_.AllowedDays(unit.window, from, to) != to - from + 1) return false;
    devices += unit.devices * static_cast<int64_t>(model_.classes[c].units.size());
  }
  for (int cell = from * model_.cells_per_day(); cell < (to + 1) * model_.cells_per_day(); ++cell) {
    if (!model_.IsOpen(cell)) continue;
    if (model_.cell_minutes[cell] >= kUnlimited / 2) return false;
    if (model_.cell_devices[cell] - state.UsedDevices(cell) < devices) return false;
  }
  return true;
}

/// The phase as a packing into the days from..to. Absent where more than minutes limits it. Clears
/// the phase in `state`.
std::optional<PhasePlanner::Bins> PhasePlanner::BinsOf(State& state, int phase, int from, int to,
                                                       const Attempt& best) const {
  Clear(state, phase);
  if (to < from || state.PhaseSpan(phase).second > to || !OnlyMinutesBind(state, phase, from, to)) {
    return std::nullopt;
  }
  Bins bins;
  std::vector<int> bin_of_cell(model_.cell_count(), -1);
  const int site = model_.units[units_[phase].front()].sites.front();
  for (int cell = from * model_.cells_per_day(); cell < (to + 1) * model_.cells_per_day(); ++cell) {
    if (!model_.IsOpen(cell)) continue;
    const int64_t visit = state.Visited(cell, site) ? 0 : model_.visit_minutes;
    bin_of_cell[cell] = static_cast<int>(bins.cells.size());
    bins.cells.push_back(cell);
    bins.capacities.push_back(
        std::max<int64_t>(0, model_.cell_minutes[cell] - state.UsedMinutes(cell) - visit));
  }
  for (const auto& [unit, cell] : best.cells) {
    bins.sizes.push_back(model_.units[unit].minutes);
    bins.bin_of.push_back(bin_of_cell[cell]);
  }
  return bins;
}

/// Makes a packing that leaves nothing out the best attempt.
void PhasePlanner::Take(const Bins& bins, int last_fixed, Attempt& best) const {
  best.last_day = last_fixed;
  for (size_t i = 0; i < bins.bin_of.size(); ++i) {
    best.cells[i].second = bins.cells[bins.bin_of[i]];
    best.last_day = std::max(best.last_day, model_.DayOf(best.cells[i].second));
  }
}

/// Best-fit decreasing, where that ends sooner than the best attempt.
void PhasePlanner::StartByBestFit(State& state, int phase, int from, Attempt& best) {
  std::optional<Bins> bins = BinsOf(state, phase, from, best.last_day - 1, best);
  if (!bins.has_value()) return;
  bins->bin_of = BestFitDecreasing(bins->sizes, bins->capacities);
  budget_.Spend(static_cast<int64_t>(bins->sizes.size()) * 8);
  if (std::count(bins->bin_of.begin(), bins->bin_of.end(), -1) > 0) return;
  Take(*bins, state.PhaseSpan(phase).second, best);
}

/// Packs a phase whose cells all hold the same into the fewest cells, and raises its bound to what
/// is proven.
void PhasePlanner::PackFewest(State& state, int phase, int from, Attempt& best) {
  if (budget_.Exhausted()) return;
  std::optional<Bins> bins = BinsOf(state, phase, from, best.last_day, best);
  if (!bins.has_value() || bins->cells.empty()) return;
  const int64_t capacity = bins->capacities.front();
  if (std::count(bins->capacities.begin(), bins->capacities.end(), capacity) !=
      static_cast<long>(bins->capacities.size())) {
    return;
  }
  const int last_fixed = state.PhaseSpan(phase).second;
  BinPacking packing = BestFitDecreasing(bins->sizes, capacity);
  const std::set<int> used(bins->bin_of.begin(), bins->bin_of.end());
  if (static_cast<int64_t>(used.size()) < packing.bins) {
    std::vector<int> number(bins->cells.size(), -1);
    int next = 0;
    for (const int bin : used) number[bin] = next++;
    for (size_t i = 0; i < bins->bin_of.size(); ++i) packing.bin_of[i] = number[bins->bin_of[i]];
    packing.bins = next;
  }
  PackIntoFewest(bins->sizes, capacity, kFewestSteps << depth_, budget_, packing);
  bins->bin_of = packing.bin_of;
  if (model_.DayOf(bins->cells[packing.bins - 1]) < best.last_day) Take(*bins, last_fixed, best);
  if (from != bounds_from_[phase] || packing.bound <= 0) return;
  RaiseBound(phase, model_.DayOf(bins->cells[packing.bound - 1]));
}

/// Shortens a phase that is limited by minutes only. First FillBins shortens best-fit decreasing a
/// day at a time; that finds most packings fast. Then PackFewest rounds the linear program over
/// patterns, and CompleteByParts goes on where that does not apply. Then the dive tries each day
/// from the bound up; it finds the remaining packings or proves that there is none.
void PhasePlanner::ShortenAsBins(State& state, int phase, int from, int bound, Attempt& best) {
  if (best.last_day <= bound) return;
  StartByBestFit(state, phase, from, best);
  const auto shorten = [&](Way way) {
    while (best.last_day > bound &&
           PackDays(state, phase, from, best.last_day - 1, way, best) == DiveAnswer::kPacked) {
    }
  };
  shorten(Way::kFill);
  if (best.last_day <= bound) return;
  PackFewest(state, phase, from, best);
  if (from == bounds_from_[phase]) bound = std::max(bound, bounds_[phase].day);
  shorten(Way::kParts);
  for (int to = std::max(from, bound); to < best.last_day && !budget_.Exhausted(); ++to) {
    const DiveAnswer answer = PackDays(state, phase, from, to, Way::kDive, best);
    if (answer == DiveAnswer::kPacked) return;
    if (answer != DiveAnswer::kImpossible || from != bounds_from_[phase]) continue;
    if (bounds_[phase].day == to) RaiseBound(phase, to + 1);
  }
  open_packing_ |= best.last_day > bound && OnlyMinutesBind(state, phase, from, best.last_day);
}

/// Packs the phase into the days from..to, if only minutes limit it.
DiveAnswer PhasePlanner::PackDays(State& state, int phase, int from, int to, Way way,
                                  Attempt& best) {
  if (budget_.Exhausted()) return DiveAnswer::kGaveUp;
  std::optional<Bins> bins = BinsOf(state, phase, from, to, best);
  if (!bins.has_value()) return DiveAnswer::kGaveUp;
  DiveAnswer answer = DiveAnswer::kGaveUp;
  if (way == Way::kDive) {
    answer =
        DiveForBins(bins->sizes, bins->capacities, bins->bin_of, kDiveSteps << depth_, budget_);
  } else if (FillBins(bins->sizes, bins->capacities, bins->bin_of, kBinSteps << depth_, budget_) ||
             (way == Way::kParts && CompleteByParts(bins->sizes, bins->capacities, bins->bin_of,
                                                    kPartsSteps << depth_, budget_))) {
    answer = DiveAnswer::kPacked;
  }
  if (answer == DiveAnswer::kPacked) Take(*bins, state.PhaseSpan(phase).second, best);
  return answer;
}

Assignment PhasePlanner::PlanAround(const Disturbance& disturbance, const std::vector<int>& caps,
                                    int let_go, uint64_t seed) {
  const auto stays = [&](int unit, int day) {
    const auto what = static_cast<uint64_t>(seed % 2 == 1 ? day : unit + 4'096);
    const uint64_t mixed = (what * 2654435761u + seed * 40503u) * 0x9e3779b97f4a7c15u;
    return static_cast<int>((mixed >> 40) % 100) >= let_go;
  };
  State state = fixed_;
  for (size_t p = 0; p < model_.phases.size(); ++p) {
    const int phase = static_cast<int>(p);
    const auto [from, room_to] = state.PhaseRoom(phase);
    const int to = std::min(room_to, caps[p]);
    if (from > to) continue;
    std::vector<int> rest;
    for (int unit : units_[p]) {
      const int cell = disturbance.Wanted(unit);
      const int day = cell < 0 ? -1 : model_.DayOf(cell);
      budget_.Spend();
      if (day >= from && day <= to && stays(unit, day) && state.Fits(unit, cell)) {
        state.Place(unit, cell);
      } else {
        rest.push_back(unit);
      }
    }
    PackOptions options;
    options.target = to;
    std::vector<int> left = Pack(state, rest, from, to, options, budget_);
    if (left.empty() || left.size() > 200) continue;
    Budget share(kRepairSteps, nullptr);
    Repair(state, std::move(left), from, to, /*replace_lighter=*/false, share);
    budget_.Spend(share.steps());
  }
  return AssignmentOf(state);
}

bool PhasePlanner::SearchDeeper() {
  constexpr int kDeepest = 20;
  if (!open_packing_ || depth_ == kDeepest) return false;
  ++depth_;
  known_.clear();
  return true;
}

Assignment PhasePlanner::Plan(const std::vector<int>& caps, double most_left) {
  State state = fixed_;
  double left = 0;
  for (size_t p = 0; p < model_.phases.size() && left <= most_left + 1e-9; ++p) {
    left += PlanPhase(state, static_cast<int>(p), caps[p]);
  }
  return AssignmentOf(state);
}

}  // namespace kirikae::planner

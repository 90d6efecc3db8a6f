// Plans all phases one after another, each as early as possible.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "service/planner/bound.h"
#include "service/planner/budget.h"
#include "service/planner/disturbance.h"
#include "service/planner/dive.h"
#include "service/planner/exact.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// Holds what all attempts share: which units can be placed at all, and the bounds of plans that
/// place all of those. The model must outlive this object.
class PhasePlanner {
 public:
  PhasePlanner(const Model& model, Budget& budget);

  /// A plan of every phase. No phase goes beyond its entry in `caps` (open-day numbers). Leaves the
  /// later phases out as soon as the earlier ones leave out more than `most_left` of the possible
  /// weight.
  Assignment Plan(const std::vector<int>& caps,
                  double most_left = std::numeric_limits<double>::infinity());
  /// A plan that keeps units in their published cells where the rules allow it, and packs the
  /// others around them. Of the units that could stay, about `let_go` percent are packed anew. An
  /// odd `seed` chooses them by whole days, an even one unit by unit.
  Assignment PlanAround(const Disturbance& disturbance, const std::vector<int>& caps, int let_go,
                        uint64_t seed);

  /// Each Plan() doubles the steps of the packings of the one before, from now on. False when no
  /// phase so far was a packing that needed more.
  bool SearchDeeper();

  /// The weight of the units that no plan can place.
  double impossible_weight() const { return impossible_weight_; }
  /// By phase: the bound for plans that place every possible unit.
  const std::vector<PhaseBound>& bounds() const { return bounds_; }
  /// By phase: the first day on which any possible unit of it can be placed, or -1.
  const std::vector<int>& earliest() const { return earliest_; }
  /// The possible units of a phase.
  const std::vector<int>& units(int phase) const { return units_[phase]; }
  /// The possible units by phase.
  const std::vector<std::vector<int>>& all_units() const { return units_; }
  /// The number of possible units.
  size_t unit_count() const;
  const State& fixed() const { return fixed_; }

 private:
  struct Attempt {
    double left_weight = 0;
    int last_day = -1;
    std::vector<std::pair<int, int>> cells;
  };

  void FindPossible();
  void FindBounds(size_t first);
  double PlanPhase(State& state, int phase, int cap);
  Attempt PackPhase(State& state, int phase, int from, int to);
  bool OnlyMinutesBind(const State& state, int phase, int from, int to) const;
  /// A phase as a packing: its open cells, what each holds, and the sizes of `Attempt::cells` with
  /// their bins (-1: a cell outside).
  struct Bins {
    std::vector<int> cells;
    std::vector<int64_t> capacities;
    std::vector<int64_t> sizes;
    std::vector<int> bin_of;
  };

  std::optional<Bins> BinsOf(State& state, int phase, int from, int to, const Attempt& best) const;
  void Take(const Bins& bins, int last_fixed, Attempt& best) const;
  void StartByBestFit(State& state, int phase, int from, Attempt& best);
  void PackFewest(State& state, int phase, int from, Attempt& best);
  void ShortenAsBins(State& state, int phase, int from, int bound, Attempt& best);
  /// How PackDays packs: by FillBins; the same and then by parts; by diving.
  enum class Way { kFill, kParts, kDive };
  DiveAnswer PackDays(State& state, int phase, int from, int to, Way way, Attempt& best);
  void RaiseBound(int phase, int day);
  Attempt Measure(const State& state, int phase) const;
  void Clear(State& state, int phase) const;
  void Apply(State& state, int phase, const Attempt& attempt) const;

  const Model& model_;
  Budget& budget_;
  State fixed_;
  std::vector<std::vector<int>> units_;
  std::vector<std::vector<int>> classes_;
  std::vector<PhaseBound> bounds_;
  /// By phase: the first day that its bound was computed from.
  std::vector<int> bounds_from_;
  std::vector<int> earliest_;
  double impossible_weight_ = 0;
  /// A packing ended with a gap to its bound.
  bool open_packing_ = false;
  int depth_ = 0;
  /// What PackPhase() found for a phase on given days. The phases share nothing but days and the
  /// help desk, so it is the same whenever it is asked again: {phase, first day, last day}.
  std::map<std::array<int, 3>, Attempt> known_;
  size_t known_units_ = 0;
};

}  // namespace kirikae::planner

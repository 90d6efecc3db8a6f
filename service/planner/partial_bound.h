// Proven bounds of plans that can't place everything.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "service/planner/budget.h"
#include "service/planner/state.h"
#include "service/planner/window_count.h"

namespace kirikae::planner {

/// Bounds what the phases can place. The phases share no day, so what they place together is
/// bounded by the best way to divide the days among them. What a range of days takes of a phase is
/// first counted (WindowCount). Where the best division rests on that, flows replace the count
/// (MostByFlow), and then prices (PriceBound). Where the tickets
/// of one phase fall on days of the next, prices then bound all phases together, division by
/// division. `fixed` holds only the fixed units; `units` has, by
/// phase, those that can be placed at all. Both must outlive this object. Once the steps are used,
/// what is known remains. Not thread-safe.
class PartialBound {
 public:
  PartialBound(const State& fixed, const std::vector<std::vector<int>>& units, Budget& budget);

  /// Whether the problem is small enough for these bounds; without it, call nothing else.
  bool usable() const { return usable_; }
  /// No plan places more weight of `units`. Looks no closer once that is at most `enough`.
  double MostWeight(double enough = 0);
  /// By phase: its last day in the division of the days that MostWeight() rests on; -1: it stays
  /// empty. A plan that ends its phases so may place as much.
  std::vector<int> DivisionEnds();
  /// By phase: no plan that places at least `weight`, and ends the earlier phases on the days of
  /// `last_day`, ends the phase before this day. -1: none known, or the phase may stay empty.
  std::vector<int> LastDays(double weight, const std::vector<int>& last_day);

 private:
  enum class By : char { kNothing, kCount, kFlow, kPrices };
  /// What a range of days takes of a phase.
  struct Range {
    double most = 0;
    By by = By::kNothing;
  };
  /// The most weight of a phase and the later ones, when the phase may begin on a given day.
  struct Division {
    double most = 0;
    /// The number of ranges in it that a closer look may lower.
    int rough = 0;
    /// The phase's last day; -1: it stays empty.
    int end = -1;
    /// The ranges known when this was computed.
    int64_t known = -1;
  };

  bool MayLook() const;
  int FirstDay(int phase, int start) const;
  Range& At(int phase, int from, int to);
  const Range& Counted(int phase, int from, int to);
  void Look(int phase, int from, int to, double enough);
  double ByPrices(const std::vector<int>& units, int from, int to, double enough) const;
  const Division& From(size_t phase, int start);
  Division Ending(size_t phase, int start, int end);
  bool LookAlong(size_t phase, int start, Division division, double enough);
  /// The days of the phases before some phase; {0, -1}: it stays empty.
  using Days = std::vector<std::pair<int, int>>;
  bool JointlyBounded(const Days& before, double placed, int start, double enough);
  bool EndingBounded(const Days& before, double placed, int start, std::pair<int, int> ends,
                     double enough);
  double Jointly(const Days& days, double enough);

  const State& fixed_;
  const Model& model_;
  const std::vector<std::vector<int>>& units_;
  Budget& budget_;
  bool usable_ = false;
  bool whole_ = true;
  /// Whether the help desk's tickets of one phase fall on days of another.
  bool coupled_ = false;
  /// What joint looks have proven; what they could not.
  double jointly_most_ = 1e300;
  double jointly_open_ = -1;
  int joint_looks_ = 0;
  int64_t steps_left_ = 0;
  int64_t known_ = 0;
  std::vector<double> all_;
  std::vector<WindowCount> counts_;
  /// By phase, first and last day.
  std::vector<std::vector<Range>> ranges_;
  /// By phase and first day; one phase more, which is empty.
  std::vector<std::vector<Division>> from_;
};

}  // namespace kirikae::planner

#include "service/planner/cap_trials.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "service/planner/dice.h"
#include "service/planner/search_limits.h"

namespace kirikae::planner {
namespace {

constexpr int kMostTrials = 60;
/// Times that the ends of the best division are shifted one after another.
constexpr int kMostRounds = 4;
/// Steps after which no further trial begins where there are many units.
constexpr int64_t kSteps = 15'000'000;

}  // namespace

std::vector<int> OpenCaps(const Model& model) {
  return std::vector<int>(model.phases.size(), model.day_count() - 1);
}

Finish Judge(const Model& model, const Assignment& assignment) {
  State state(model);
  Restore(state, assignment);
  return FinishOf(state);
}

CapTrials::CapTrials(PhasePlanner& planner, PlanBounds& bounds, Budget& budget)
    : planner_(planner), bounds_(bounds), budget_(budget) {}

void CapTrials::Run(Assignment& best, Finish& finish) {
  if (WorthTrying(finish)) AlongDivision(best, finish);
  if (WorthTrying(finish)) OneAtATime(best, finish);
  if (WorthTrying(finish)) Together(best, finish);
}

bool CapTrials::WorthTrying(const Finish& finish) {
  if (bounds_.Proven(finish)) return false;
  return planner_.unit_count() <= kNeighbourhoodUnits || bounds_.MayPlaceMore(finish);
}

int64_t CapTrials::StepsEnd() const {
  return planner_.unit_count() <= kNeighbourhoodUnits ? std::numeric_limits<int64_t>::max()
                                                      : budget_.steps() + kSteps;
}

bool CapTrials::Try(const std::vector<int>& caps, Assignment& best, Finish& finish) {
  Assignment attempt = planner_.Plan(caps, finish.left_weight - planner_.impossible_weight());
  Finish judged = Judge(planner_.fixed().model(), attempt);
  if (Compare(judged, finish) >= 0) return false;
  best = std::move(attempt);
  finish = std::move(judged);
  return true;
}

/// Ends the phases as the bound's best division of the days does, or a few days from there.
void CapTrials::AlongDivision(Assignment& best, Finish& finish) {
  // A whole search is better where there are few units.
  if (planner_.unit_count() <= kExactUnits) return;
  std::vector<int> caps = bounds_.DivisionEnds();
  if (caps.empty()) return;
  const int last = planner_.fixed().model().day_count() - 1;
  const int64_t steps_end = StepsEnd();
  Try(caps, best, finish);
  bool better = true;
  for (int round = 0; better && round < kMostRounds; ++round) {
    better = false;
    for (size_t p = 0; p < caps.size(); ++p) {
      const int middle = caps[p];
      for (const int change : {-1, 1, -2, 2}) {
        const int cap = std::min(middle + change, last);
        if (middle < 0 || cap < -1 || cap == caps[p]) continue;
        if (budget_.Exhausted() || budget_.steps() > steps_end) return;
        std::vector<int> changed = caps;
        changed[p] = cap;
        if (!Try(changed, best, finish)) continue;
        caps = std::move(changed);
        better = true;
      }
    }
  }
}

void CapTrials::OneAtATime(Assignment& best, Finish& finish) {
  const Model& model = planner_.fixed().model();
  const int64_t steps_end = StepsEnd();
  std::vector<int> caps = OpenCaps(model);
  int trials = 0;
  for (size_t p = 0; p + 1 < model.phases.size(); ++p) {
    const int last = finish.last_day[p];
    const int first = std::max(0, planner_.earliest()[p]);
    if (last < 0) continue;
    const int step = std::max(1, (last - first) / 15);
    int kept = caps[p];
    for (int cap = last - 1; cap >= first - 1 && trials < kMostTrials; cap -= step) {
      if (budget_.Exhausted() || budget_.steps() > steps_end) return;
      caps[p] = cap;
      ++trials;
      if (Try(caps, best, finish)) kept = cap;
    }
    caps[p] = kept;
  }
}

/// When phases compete with each other, several of them must end sooner, or stay out, at the same
/// time. This tries random combinations.
void CapTrials::Together(Assignment& best, Finish& finish) {
  const Model& model = planner_.fixed().model();
  const size_t phases = model.phases.size();
  if (phases < 3 || planner_.unit_count() > kMostNeighbourhoodUnits) return;
  Dice dice(1);
  const int64_t steps_end = StepsEnd();
  for (int trial = 0; trial < kMostTrials && !budget_.Exhausted(); ++trial) {
    if (budget_.steps() > steps_end) return;
    std::vector<int> caps = OpenCaps(model);
    for (size_t p = 0; p + 1 < phases; ++p) {
      const int first = std::max(0, planner_.earliest()[p]);
      const int last = std::max(first, finish.last_day[p]);
      const size_t choice = dice.Below(3);
      if (choice == 0) caps[p] = first - 1;
      if (choice == 1) {
        caps[p] = first + static_cast<int>(dice.Below(static_cast<size_t>(last - first) + 1));
      }
    }
    Try(caps, best, finish);
  }
}

}  // namespace kirikae::planner

#include "service/planner/write_solution.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "service/planner/improve.h"
#include "service/planner/reasons.h"

namespace kirikae::planner {
namespace {

class Writer {
 public:
  Writer(PlanSearch& search, const State& plan, const Proofs& proofs, bool reasons)
      : search_(search),
        problem_(search.problem()),
        model_(search.model()),
        plan_(plan),
        finish_(FinishOf(plan)),
        proofs_(proofs),
        reasons_(reasons) {}

  PlanSolution Write() {
    WritePlacements();
    WritePhases();
    solution_.status = StatusOf();
    for (Objective objective : search_.objectives()) {
      solution_.objectives.push_back(ResultOf(objective));
    }
    solution_.steps = search_.budget().steps();
    solution_.stopped = search_.budget().stopped();
    return std::move(solution_);
  }

 private:
  void WritePlacements() {
    std::map<int, std::vector<LeftReason>> of_class;
    for (size_t i = 0; i < problem_.items.size(); ++i) {
      const int unit = model_.unit_of_item[i];
      const int cell = plan_.CellOf(unit);
      if (cell >= 0) {
        solution_.placements.push_back({problem_.items[i].id, model_.days[model_.DayOf(cell)],
                                        model_.slot_names[model_.SlotOf(cell)],
                                        model_.team_names[model_.TeamOf(cell)]});
        continue;
      }
      const auto [known, is_new] = of_class.try_emplace(model_.units[unit].class_id);
      if (is_new && reasons_) known->second = ReasonsFor(problem_, plan_, unit);
      solution_.left.push_back({problem_.items[i].id, known->second});
    }
  }

  void WritePhases() {
    const PhasePlanner& planner = search_.planner();
    const bool all_possible = !search_.bounds().LeavesOutMore(finish_);
    const std::vector<int> partial = search_.bounds().PartialDays(finish_);
    for (size_t p = 0; p < model_.phases.size(); ++p) {
      PhaseResult row;
      row.id = problem_.phases[p].id;
      const auto [first, last] = plan_.PhaseSpan(static_cast<int>(p));
      if (last >= 0) {
        row.first_day = model_.days[first];
        row.last_day = model_.days[last];
      }
      const int fixed_last = planner.fixed().PhaseSpan(static_cast<int>(p)).second;
      const int least = fixed_last >= 0 ? fixed_last : planner.earliest()[p];
      int bound = all_possible ? planner.bounds()[p].day : least;
      row.bound_by = all_possible ? planner.bounds()[p].by : BoundBy::kNone;
      if (partial[p] > bound && partial[p] <= last) {
        bound = partial[p];
        row.bound_by = BoundBy::kCapacity;
      }
      if (proofs_.searched && last > bound) {
        bound = last;
        row.bound_by = BoundBy::kSearch;
      }
      if (last >= 0 && bound >= 0 && bound < model_.day_count()) {
        row.last_day_bound = model_.days[bound];
      } else {
        row.bound_by = BoundBy::kNone;
      }
      solution_.phases.push_back(std::move(row));
    }
  }

  /// A proven lower bound on the weight left out.
  double LeastLeft() const {
    if (!search_.bounds().LeavesOutMore(finish_)) return search_.planner().impossible_weight();
    return std::min(search_.bounds().least_left(), finish_.left_weight);
  }

  Status StatusOf() const {
    if (!solution_.left.empty()) {
      return solution_.placements.empty() ? Status::kInfeasible : Status::kPartial;
    }
    for (const PhaseResult& phase : solution_.phases) {
      if (phase.last_day != phase.last_day_bound) return Status::kFeasible;
    }
    return Status::kOptimal;
  }

  ObjectiveResult ResultOf(Objective objective) const {
    ObjectiveResult result{objective, 0, 0};
    switch (objective) {
      case Objective::kPlaced:
        for (const Item& item : problem_.items) result.bound += item.weight;
        result.value = result.bound - finish_.left_weight;
        result.bound = proofs_.searched ? result.value : result.bound - LeastLeft();
        break;
      case Objective::kFinish:
        for (const PhaseResult& phase : solution_.phases) {
          if (phase.last_day.has_value()) {
            result.value = std::max(result.value, 1.0 + model_.FirstOnOrAfter(*phase.last_day));
          }
          if (phase.last_day_bound.has_value()) {
            result.bound =
                std::max(result.bound, 1.0 + model_.FirstOnOrAfter(*phase.last_day_bound));
          }
        }
        break;
      case Objective::kStability:
        result.value = StabilityCost(search_.disturbance(), plan_);
        result.bound = proofs_.least_disturbance;
        break;
      case Objective::kVisits:
        result.value = static_cast<double>(VisitCount(plan_));
        if (solution_.left.empty()) result.bound = static_cast<double>(SitesPlaced(plan_));
        if (proofs_.all) result.bound = result.value;
        break;
      case Objective::kLevel:
        result.value = static_cast<double>(LevelSpread(plan_));
        if (proofs_.all) result.bound = result.value;
        break;
    }
    return result;
  }

  PlanSearch& search_;
  const PlanProblem& problem_;
  const Model& model_;
  const State& plan_;
  const Finish finish_;
  const Proofs proofs_;
  const bool reasons_;
  PlanSolution solution_;
};

}  // namespace

PlanSolution WriteSolution(PlanSearch& search, const State& plan, const Proofs& proofs,
                           bool reasons) {
  return Writer(search, plan, proofs, reasons).Write();
}

}  // namespace kirikae::planner

#include "service/planner/solver.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/planner/budget.h"
#include "service/planner/dice.h"
#include "service/planner/disturbance.h"
#include "service/planner/exact.h"
#include "service/planner/horizon.h"
#include "service/planner/improve.h"
#include "service/planner/left_groups.h"
#include "service/planner/model.h"
#include "service/planner/neighbourhood.h"
#include "service/planner/partial_bound.h"
#include "service/planner/phase_plan.h"
#include "service/planner/placed_bound.h"
#include "service/planner/reasons.h"
#include "service/planner/relax.h"
#include "service/planner/shortage.h"
#include "service/planner/stability_bound.h"
#include "service/planner/validate.h"

namespace kirikae::planner {
namespace {

/// Up to kExactUnits units a whole search usually completes; up to kProvableUnits it is worth
/// trying.
constexpr size_t kExactUnits = 14;
constexpr int64_t kExactNodes = 3'000'000;
constexpr int64_t kAllObjectivesNodes = 400'000;
constexpr size_t kProvableUnits = 60;
constexpr int64_t kProofNodes = 1'200'000;
/// Neighbourhood search runs up to kNeighbourhoodUnits units; up to kMostNeighbourhoodUnits only
/// when something possible is left out.
constexpr size_t kNeighbourhoodUnits = 150;
constexpr size_t kMostNeighbourhoodUnits = 1'000;
constexpr int64_t kNeighbourhoodSteps = 6'000'000;
constexpr size_t kMostPlaces = 4'000'000;
/// Trials of an earlier end for a phase; the steps of each.
constexpr int kMostEarlierEnds = 4;
constexpr int64_t kEarlierEndSteps = 12'000'000;
constexpr int kMaxCapTrials = 60;
/// Steps after which no further trial begins where there are many units.
constexpr int64_t kCapSteps = 15'000'000;
constexpr size_t kMaxRelaxedItems = 3'000;
constexpr int64_t kTrialSteps = 200'000;
/// Number of plans around the published positions; steps after which no further one begins.
constexpr int kMostArounds = 30;
constexpr int64_t kAroundSteps = 10'000'000;

/// One solve: plans, searches, improves, and writes the result.
class Solver {
 public:
  Solver(const PlanProblem& problem, const SolveOptions& options)
      : problem_(problem),
        options_(options),
        model_(BuildModel(problem, LastUsefulDay(problem))),
        budget_(options.max_steps, options.should_stop),
        disturbance_(problem, model_),
        planner_(model_, budget_),
        partial_bound_(planner_.fixed(), planner_.all_units(), budget_),
        final_(model_) {
    objectives_ = problem.policy.objectives;
    for (Objective objective : {Objective::kPlaced, Objective::kFinish, Objective::kStability,
                                Objective::kVisits, Objective::kLevel}) {
      if (problem.policy.objectives.empty()) objectives_.push_back(objective);
    }
    ChooseGoal();
  }

  PlanSolution Run() {
    Assignment best;
    Finish finish;
    Find(best, finish);
    TryEarlierEnds(best, finish);
    if (disturbance_.any()) PreferPublished(best, finish);
    Restore(final_, best);
    Improve(problem_, objectives_, final_, budget_);
    SearchAllObjectives();
    SearchDeeper();
    finish_ = FinishOf(final_);
    // Where STABILITY counts more than FINISH, this plan may differ from the proven one.
    searched_ = searched_ && Compare(finish_, finish) == 0;
    SearchStability();
    return Write();
  }

  /// Solves changed problems until the items left out are placed. Items that stay out get the
  /// reason that no change helps. Each trial gets few steps; with more steps it could only place
  /// more.
  void Relax(PlanSolution& solution) {
    SolveOptions trial_options = options_;
    trial_options.find_relaxations = false;
    trial_options.max_steps = std::min(options_.max_steps, kTrialSteps);
    Relaxations relaxations =
        FindRelaxations(problem_, solution, ShortagesOfPlan(),
                        [&](const PlanProblem& changed) -> std::optional<std::vector<Left>> {
                          absl::StatusOr<PlanSolution> trial = Solve(changed, trial_options);
                          if (!trial.ok() || trial->stopped) return std::nullopt;
                          solution.steps += trial->steps;
                          return std::move(trial->left);
                        });
    solution.relaxations = std::move(relaxations.found);
    solution.relaxation_steps = std::move(relaxations.steps);
    const std::set<std::string> beyond(relaxations.beyond_help.begin(),
                                       relaxations.beyond_help.end());
    for (Left& left : solution.left) {
      if (beyond.count(left.item) == 0) continue;
      left.reasons.push_back({left.reasons.front().code, NoHelp()});
    }
  }

 private:
  /// The best plan by PLACED and FINISH, as far as the searches find and prove it.
  void Find(Assignment& best, Finish& finish) {
    best = planner_.Plan(OpenCaps());
    finish = Judge(best);
    if (LeavesOutMore(finish)) {
      BoundLeft(finish);
      if (WorthTrying(finish)) TryCaps(best, finish);
      if (WorthTrying(finish)) TryCapsTogether(best, finish);
    }
    if (!ProvenByBounds(finish)) SearchAround(best, finish);
    if (LeavesOutMore(finish)) BoundLeft(finish);
    if (!ProvenByBounds(finish)) SearchWhole(best, finish);
  }

  /// Where something is left out and a phase may end earlier: solves the problem with a deadline a
  /// day before its end. An early phase may then have other units, or none.
  void TryEarlierEnds(Assignment& best, Finish& finish) {
    const size_t units = UnitCount();
    if (units <= kExactUnits || units > kProvableUnits || searched_ || TooManyPlaces()) return;
    for (int turn = 0; turn < kMostEarlierEnds && LeavesOutMore(finish); ++turn) {
      if (budget_.Exhausted() || finish.left_weight > least_left_ + 1e-9) return;
      const std::vector<int> bounds = PartialDays(finish);
      size_t open = 0;
      while (open < bounds.size() && bounds[open] == finish.last_day[open]) ++open;
      if (open == bounds.size()) return;
      PlanProblem earlier = problem_;
      earlier.phases[open].deadline = model_.days[finish.last_day[open]] - 1;
      SolveOptions options = options_;
      options.max_steps = std::min(options_.max_steps, kEarlierEndSteps);
      Solver solver(earlier, options);
      Assignment attempt;
      Finish judged;
      solver.Find(attempt, judged);
      budget_.Spend(solver.budget_.steps());
      if (Compare(judged, finish) >= 0) return;
      best = std::move(attempt);
      finish = Judge(best);
    }
  }

  /// The shortages over the whole calendar; the solver's own model may end earlier. Its cells are
  /// the first ones of the whole calendar.
  std::vector<domain::Sentence> ShortagesOfPlan() const {
    const Model whole = BuildModel(problem_);
    State state(whole);
    Restore(state, AssignmentOf(final_));
    return Shortages(problem_, state);
  }

  /// The goal is PLACED, FINISH and STABILITY in the policy's order. PLACED and FINISH are part of
  /// it even when the policy does not list them.
  void ChooseGoal() {
    goal_.order.clear();
    for (Objective objective : objectives_) {
      if (objective == Objective::kVisits || objective == Objective::kLevel) continue;
      goal_.order.push_back(objective);
    }
    for (Objective objective : {Objective::kPlaced, Objective::kFinish}) {
      if (std::count(goal_.order.begin(), goal_.order.end(), objective) == 0) {
        goal_.order.push_back(objective);
      }
    }
    goal_.bounded_left = planner_.impossible_weight();
  }

  size_t UnitCount() const {
    size_t units = 0;
    for (size_t p = 0; p < model_.phases.size(); ++p) {
      units += planner_.units(static_cast<int>(p)).size();
    }
    return units;
  }

  /// A whole search lists the cells of every unit; this limits the memory.
  bool TooManyPlaces() const {
    return UnitCount() * static_cast<size_t>(model_.cell_count()) > kMostPlaces;
  }

  /// Whether a plan leaves out more than no plan can place.
  bool LeavesOutMore(const Finish& finish) const {
    return finish.left_weight > planner_.impossible_weight() + 1e-9;
  }

  double PossibleWeight() const {
    double weight = 0;
    for (const std::vector<int>& phase : planner_.all_units()) {
      for (const int u : phase) weight += model_.units[u].weight;
    }
    return weight;
  }

  /// Bounds the weight left out, as closely as it takes to prove that of `finish`.
  void BoundLeft(const Finish& finish) {
    const double impossible = planner_.impossible_weight();
    std::vector<int> possible;
    for (const std::vector<int>& phase : planner_.all_units()) {
      possible.insert(possible.end(), phase.begin(), phase.end());
    }
    double least = LeastLeftOut(planner_.fixed(), possible);
    if (partial_bound_.usable()) {
      const double placed = PossibleWeight() - (finish.left_weight - impossible);
      least = std::max(least, PossibleWeight() - partial_bound_.MostWeight(placed));
    }
    least += impossible;
    const bool whole = std::all_of(problem_.items.begin(), problem_.items.end(),
                                   [](const Item& i) { return i.weight == std::floor(i.weight); });
    // Items are left out whole, so whole weights round up. The factor removes rounding errors of
    // the sums.
    least = whole ? std::ceil(least - 1e-6) : least * (1 - 1e-9);
    least_left_ = std::max(least_left_, least);
  }

  /// By phase, for plans that leave out no more weight than `finish` and end the earlier phases as
  /// it does: no last day is earlier. -1: none known.
  std::vector<int> PartialDays(const Finish& finish) {
    if (!partial_bound_.usable()) return std::vector<int>(finish.last_day.size(), -1);
    const double left = finish.left_weight - planner_.impossible_weight();
    return partial_bound_.LastDays(PossibleWeight() - left, finish.last_day);
  }

  void RefreshBounds(SearchGoal& goal, const Finish& finish) {
    goal.bounds.clear();
    if (LeavesOutMore(finish)) {
      goal.bounds = PartialDays(finish);
      goal.bounded_left = finish.left_weight;
      goal.least_left = least_left_;
      return;
    }
    goal.bounds = WholeDays(finish);
  }

  /// The same for plans that place everything possible.
  std::vector<int> WholeDays(const Finish& finish) {
    std::vector<int> days(finish.last_day.size(), -1);
    // In large problems the planner's own bounds do, and cost less.
    if (UnitCount() <= kNeighbourhoodUnits) days = PartialDays(finish);
    for (size_t p = 0; p < days.size(); ++p) days[p] = std::max(days[p], planner_.bounds()[p].day);
    return days;
  }
  std::vector<int> OpenCaps() const {
    return std::vector<int>(model_.phases.size(), model_.day_count() - 1);
  }

  Finish Judge(const Assignment& assignment) const {
    State state(model_);
    Restore(state, assignment);
    return FinishOf(state);
  }

  /// Whether no plan leaves out less, and every phase ends on its bound.
  bool ProvenByBounds(const Finish& finish) {
    if (LeavesOutMore(finish)) {
      return finish.left_weight <= least_left_ + 1e-9 && PartialDays(finish) == finish.last_day;
    }
    const auto on_bound = [&] {
      for (size_t p = 0; p < finish.last_day.size(); ++p) {
        if (finish.last_day[p] != planner_.bounds()[p].day) return false;
      }
      return true;
    };
    return on_bound() || WholeDays(finish) == finish.last_day;
  }

  /// Whether something may be gained that is worth many plans: always for a few units, else only
  /// where more weight may be placed.
  bool WorthTrying(const Finish& finish) {
    if (ProvenByBounds(finish)) return false;
    return UnitCount() <= kNeighbourhoodUnits || finish.left_weight > least_left_ + 1e-9;
  }

  int64_t CapStepsEnd() const {
    return UnitCount() <= kNeighbourhoodUnits ? std::numeric_limits<int64_t>::max()
                                              : budget_.steps() + kCapSteps;
  }

  /// When an early phase waits for its last units, a later phase may miss its deadline. So this
  /// tries to end early phases sooner, one at a time.
  void TryCaps(Assignment& best, Finish& finish) {
    const int64_t steps_end = CapStepsEnd();
    std::vector<int> caps = OpenCaps();
    int trials = 0;
    for (size_t p = 0; p + 1 < model_.phases.size(); ++p) {
      const int last = finish.last_day[p];
      const int first = std::max(0, planner_.earliest()[p]);
      if (last < 0) continue;
      const int step = std::max(1, (last - first) / 15);
      int kept = caps[p];
      for (int cap = last - 1; cap >= first - 1 && trials < kMaxCapTrials; cap -= step) {
        if (budget_.Exhausted() || budget_.steps() > steps_end) return;
        caps[p] = cap;
        ++trials;
        Assignment attempt = planner_.Plan(caps);
        Finish judged = Judge(attempt);
        if (Compare(judged, finish) < 0) {
          best = std::move(attempt);
          finish = std::move(judged);
          kept = cap;
        }
      }
      caps[p] = kept;
    }
  }

  /// When phases compete with each other, several of them must end sooner, or stay out, at the same
  /// time. This tries random combinations.
  void TryCapsTogether(Assignment& best, Finish& finish) {
    const size_t phases = model_.phases.size();
    if (phases < 3 || UnitCount() > kMostNeighbourhoodUnits) return;
    Dice dice(1);
    const int64_t steps_end = CapStepsEnd();
    for (int trial = 0; trial < kMaxCapTrials && !budget_.Exhausted(); ++trial) {
      if (budget_.steps() > steps_end) return;
      std::vector<int> caps = OpenCaps();
      for (size_t p = 0; p + 1 < phases; ++p) {
        const int first = std::max(0, planner_.earliest()[p]);
        const int last = std::max(first, finish.last_day[p]);
        const size_t choice = dice.Below(3);
        if (choice == 0) caps[p] = first - 1;
        if (choice == 1) {
          caps[p] = first + static_cast<int>(dice.Below(static_cast<size_t>(last - first) + 1));
        }
      }
      Assignment attempt = planner_.Plan(caps);
      Finish judged = Judge(attempt);
      if (Compare(judged, finish) >= 0) continue;
      best = std::move(attempt);
      finish = std::move(judged);
    }
  }

  void SearchWhole(Assignment& best, Finish& finish) {
    const size_t units = UnitCount();
    if (units > kProvableUnits || TooManyPlaces() || budget_.Exhausted()) return;
    SearchGoal goal = goal_;
    RefreshBounds(goal, finish);
    goal.order = {Objective::kPlaced, Objective::kFinish};
    ExactResult result =
        SearchExactly(model_, best, goal, units > kExactUnits ? kProofNodes : kExactNodes, budget_);
    searched_ = result.proven;
    best = std::move(result.assignment);
    finish = Judge(best);
  }

  /// Improves a plan that has a gap and is too large for a whole search.
  void SearchAround(Assignment& best, Finish& finish) {
    const size_t units = UnitCount();
    const size_t most = WorthTrying(finish) && LeavesOutMore(finish) ? kMostNeighbourhoodUnits
                                                                     : kNeighbourhoodUnits;
    if (units <= kExactUnits || units > most || TooManyPlaces() || budget_.Exhausted()) return;
    SearchGoal goal = goal_;
    RefreshBounds(goal, finish);
    goal.order = {Objective::kPlaced, Objective::kFinish};
    best = SearchNeighbourhoods(model_, best, goal, kNeighbourhoodSteps, budget_);
    finish = Judge(best);
  }

  bool StabilityBefore(Objective other) const {
    const auto at = std::find(goal_.order.begin(), goal_.order.end(), Objective::kStability);
    return std::find(at, goal_.order.end(), other) != goal_.order.end();
  }

  /// Tries plans that keep units in their published cells and pack the rest around them; each
  /// attempt keeps fewer. Takes the plan with the least disturbance among those that are as good on
  /// the objectives that count more.
  void PreferPublished(Assignment& best, const Finish& finish) {
    const bool stay_first = StabilityBefore(Objective::kFinish);
    const std::vector<int> caps = stay_first ? OpenCaps() : finish.last_day;
    const int64_t steps_end = budget_.steps() + kAroundSteps;
    double least = ImprovedCost(best);
    const double bound = StabilityBound(best);
    for (int attempt = 0; attempt < kMostArounds; ++attempt) {
      if (least <= bound + 1e-9 || budget_.Exhausted() || budget_.steps() > steps_end) return;
      const Assignment around =
          planner_.PlanAround(disturbance_, caps, 3 * attempt, static_cast<uint64_t>(attempt));
      const Finish judged = Judge(around);
      const bool as_good = stay_first ? judged.left_weight <= finish.left_weight + 1e-9
                                      : Compare(judged, finish) <= 0;
      if (!as_good) continue;
      const double cost = ImprovedCost(around);
      if (cost >= least) continue;
      least = cost;
      best = around;
    }
  }

  /// The disturbance of a plan after every unit that can has returned to its published cell.
  double ImprovedCost(const Assignment& assignment) {
    State state(model_);
    Restore(state, assignment);
    Improve(problem_, {Objective::kPlaced, Objective::kFinish, Objective::kStability}, state,
            budget_);
    return StabilityCost(disturbance_, state);
  }

  /// A lower bound on the disturbance of plans with this plan's last days; of all plans where
  /// STABILITY counts more than FINISH.
  double StabilityBound(const Assignment& assignment) const {
    State state(model_);
    Restore(state, assignment);
    if (StabilityBefore(Objective::kFinish)) {
      return CheapestCells(
          disturbance_, model_,
          std::vector<std::pair<int, int>>(model_.phases.size(), {0, model_.day_count() - 1}));
    }
    return CheapestCells(disturbance_, model_, PhaseDays(state));
  }

  /// Searches for the best plan by all objectives when there are few units.
  void SearchAllObjectives() {
    if (UnitCount() > kExactUnits || TooManyPlaces() || budget_.Exhausted() || NothingToGain())
      return;
    SearchGoal goal = goal_;
    RefreshBounds(goal, FinishOf(final_));
    goal.order = WholeOrder();
    if (disturbance_.any()) goal.disturbance = &disturbance_;
    const ExactResult result =
        SearchExactly(model_, AssignmentOf(final_), goal,
                      disturbance_.any() ? kExactNodes : kAllObjectivesNodes, budget_);
    all_proven_ = result.proven;
    stability_proven_ = result.proven;
    Restore(final_, result.assignment);
    if (!all_proven_) Improve(problem_, objectives_, final_, budget_);
  }

  /// Searches for less disturbance with the same weight and last days, and proves that there is
  /// none, where there are too many units for SearchAllObjectives().
  void SearchStability() {
    const size_t units = UnitCount();
    if ((units <= kExactUnits && all_proven_) || units > kProvableUnits || TooManyPlaces() ||
        budget_.Exhausted()) {
      return;
    }
    const double cost = StabilityCost(disturbance_, final_);
    if (!disturbance_.any() || !Counts(Objective::kStability) ||
        StabilityBefore(Objective::kFinish) ||
        cost <= StabilityBound(AssignmentOf(final_)) + 1e-9 || PriceStability(cost)) {
      return;
    }
    SearchGoal goal = goal_;
    RefreshBounds(goal, finish_);
    goal.order = {Objective::kPlaced, Objective::kFinish, Objective::kStability};
    goal.disturbance = &disturbance_;
    goal.least_cost = priced_stability_;
    const Assignment around =
        SearchNeighbourhoods(model_, AssignmentOf(final_), goal, kNeighbourhoodSteps, budget_);
    if (Compare(Judge(around), finish_) == 0) {
      Restore(final_, around);
      if (StabilityCost(disturbance_, final_) <= priced_stability_ + 1e-9) {
        Improve(problem_, objectives_, final_, budget_);
        return;
      }
    }
    const ExactResult result =
        SearchExactly(model_, AssignmentOf(final_), goal, kProofNodes, budget_);
    stability_proven_ = result.proven;
    searched_ = searched_ || result.proven;
    if (result.assignment == AssignmentOf(final_)) return;
    Restore(final_, result.assignment);
    const bool as_before = Compare(FinishOf(final_), finish_) == 0;
    finish_ = FinishOf(final_);
    if (!as_before) priced_stability_ = 0;
    Improve(problem_, objectives_, final_, budget_);
    if (!stability_proven_) PriceStability(StabilityCost(disturbance_, final_));
  }

  /// Bounds the disturbance by prices. True when that proves `cost`.
  bool PriceStability(double cost) {
    priced_stability_ = std::max(
        priced_stability_,
        PricedStability(disturbance_, planner_.fixed(), final_, planner_.all_units(), budget_));
    return cost <= priced_stability_ + 1e-9;
  }

  /// Uses the steps left where a phase is a packing with a gap to its bound: plans again with twice
  /// the steps, and takes a plan that ends sooner.
  void SearchDeeper() {
    Finish finish = FinishOf(final_);
    if (goal_.order.front() != Objective::kPlaced || StabilityBefore(Objective::kFinish)) return;
    while (!ProvenByBounds(finish) && !budget_.Exhausted() && planner_.SearchDeeper()) {
      const Assignment attempt = planner_.Plan(OpenCaps());
      const Finish judged = Judge(attempt);
      if (Compare(judged, finish) >= 0) continue;
      finish = judged;
      Restore(final_, attempt);
      Improve(problem_, objectives_, final_, budget_);
    }
  }

  bool Counts(Objective objective) const {
    return std::count(objectives_.begin(), objectives_.end(), objective) > 0;
  }

  /// Whether STABILITY, VISITS and LEVEL can't get better.
  bool NothingToGain() const {
    const bool stays =
        !Counts(Objective::kStability) || !disturbance_.any() ||
        (goal_.order.back() == Objective::kStability && StabilityCost(disturbance_, final_) <= 0);
    return stays && (!Counts(Objective::kVisits) || VisitCount(final_) <= SitesPlaced()) &&
           (!Counts(Objective::kLevel) || LevelSpread(final_) == 0);
  }

  int64_t SitesPlaced() const {
    std::set<int> sites;
    for (size_t u = 0; u < model_.units.size(); ++u) {
      if (final_.CellOf(static_cast<int>(u)) < 0) continue;
      sites.insert(model_.units[u].sites.begin(), model_.units[u].sites.end());
    }
    return static_cast<int64_t>(sites.size());
  }

  /// The objectives in the policy's order, with PLACED before VISITS and LEVEL (an empty plan would
  /// be best in those) and with PLACED and FINISH added where missing.
  std::vector<Objective> WholeOrder() const {
    std::vector<Objective> order;
    const auto add = [&](Objective objective) {
      if (std::count(order.begin(), order.end(), objective) == 0) order.push_back(objective);
    };
    for (const Objective objective : objectives_) {
      if (objective == Objective::kVisits || objective == Objective::kLevel) {
        add(Objective::kPlaced);
      }
      if (objective != Objective::kStability || disturbance_.any()) add(objective);
    }
    add(Objective::kPlaced);
    add(Objective::kFinish);
    return order;
  }

  PlanSolution Write() {
    PlanSolution solution;
    WritePlacements(solution);
    WritePhases(solution);
    solution.status = StatusOf(solution);
    for (Objective objective : objectives_) {
      solution.objectives.push_back(ResultOf(objective, solution));
    }
    solution.steps = budget_.steps();
    solution.stopped = budget_.stopped();
    return solution;
  }

  void WritePlacements(PlanSolution& solution) const {
    std::map<int, std::vector<LeftReason>> of_class;
    for (size_t i = 0; i < problem_.items.size(); ++i) {
      const int unit = model_.unit_of_item[i];
      const int cell = final_.CellOf(unit);
      if (cell >= 0) {
        solution.placements.push_back({problem_.items[i].id, model_.days[model_.DayOf(cell)],
                                       model_.slot_names[model_.SlotOf(cell)],
                                       model_.team_names[model_.TeamOf(cell)]});
        continue;
      }
      const int class_id = model_.units[unit].class_id;
      auto known = of_class.find(class_id);
      if (known == of_class.end()) {
        known = of_class.emplace(class_id, ReasonsFor(problem_, final_, unit)).first;
      }
      solution.left.push_back({problem_.items[i].id, known->second});
    }
  }

  void WritePhases(PlanSolution& solution) {
    const bool all_possible = !LeavesOutMore(finish_);
    const std::vector<int> partial = PartialDays(finish_);
    for (size_t p = 0; p < model_.phases.size(); ++p) {
      PhaseResult row;
      row.id = problem_.phases[p].id;
      const auto [first, last] = final_.PhaseSpan(static_cast<int>(p));
      if (last >= 0) {
        row.first_day = model_.days[first];
        row.last_day = model_.days[last];
      }
      const int fixed_last = planner_.fixed().PhaseSpan(static_cast<int>(p)).second;
      const int least = fixed_last >= 0 ? fixed_last : planner_.earliest()[p];
      int bound = all_possible ? planner_.bounds()[p].day : least;
      row.bound_by = all_possible ? planner_.bounds()[p].by : BoundBy::kNone;
      if (partial[p] > bound && partial[p] <= last) {
        bound = partial[p];
        row.bound_by = BoundBy::kCapacity;
      }
      if (searched_ && last > bound) {
        bound = last;
        row.bound_by = BoundBy::kSearch;
      }
      if (last >= 0 && bound >= 0 && bound < model_.day_count()) {
        row.last_day_bound = model_.days[bound];
      } else {
        row.bound_by = BoundBy::kNone;
      }
      solution.phases.push_back(std::move(row));
    }
  }

  /// A proven lower bound on the weight left out.
  double LeastLeft() const {
    if (!LeavesOutMore(finish_)) return planner_.impossible_weight();
    return std::min(least_left_, finish_.left_weight);
  }

  Status StatusOf(const PlanSolution& solution) const {
    if (!solution.left.empty()) {
      return solution.placements.empty() ? Status::kInfeasible : Status::kPartial;
    }
    for (const PhaseResult& phase : solution.phases) {
      if (phase.last_day != phase.last_day_bound) return Status::kFeasible;
    }
    return Status::kOptimal;
  }

  ObjectiveResult ResultOf(Objective objective, const PlanSolution& solution) const {
    ObjectiveResult result{objective, 0, 0};
    switch (objective) {
      case Objective::kPlaced:
        for (const Item& item : problem_.items) result.bound += item.weight;
        result.value = result.bound - finish_.left_weight;
        result.bound = searched_ ? result.value : result.bound - LeastLeft();
        break;
      case Objective::kFinish:
        for (const PhaseResult& phase : solution.phases) {
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
        result.value = StabilityCost(disturbance_, final_);
        result.bound = std::max(priced_stability_, StabilityBound(AssignmentOf(final_)));
        if (stability_proven_) result.bound = result.value;
        break;
      case Objective::kVisits:
        result.value = static_cast<double>(VisitCount(final_));
        if (solution.left.empty()) result.bound = static_cast<double>(SitesPlaced());
        if (all_proven_) result.bound = result.value;
        break;
      case Objective::kLevel:
        result.value = static_cast<double>(LevelSpread(final_));
        if (all_proven_) result.bound = result.value;
        break;
    }
    return result;
  }

  const PlanProblem& problem_;
  const SolveOptions& options_;
  const Model model_;
  Budget budget_;
  const Disturbance disturbance_;
  PhasePlanner planner_;
  PartialBound partial_bound_;
  State final_;
  std::vector<Objective> objectives_;
  SearchGoal goal_;
  Finish finish_;
  bool searched_ = false;
  bool stability_proven_ = false;
  /// Proven by prices: no plan with the same weight and last days disturbs less.
  double priced_stability_ = 0;
  /// Proven: the least weight that any plan leaves out, as far as BoundLeft() knows.
  double least_left_ = 0;
  /// A whole search proved that no plan is better by all objectives in their order.
  bool all_proven_ = false;
};

}  // namespace

absl::StatusOr<PlanSolution> Solve(const PlanProblem& problem, const SolveOptions& options) {
  if (const std::vector<Fault> faults = Validate(problem); !faults.empty()) {
    std::string text = faults.front().path + ": " + faults.front().text.English();
    if (faults.size() > 1) text += " (and " + std::to_string(faults.size() - 1) + " more)";
    return absl::InvalidArgumentError(absl::string_view(text.data(), text.size()));
  }
  Solver solver(problem, options);
  PlanSolution solution = solver.Run();
  solution.left_groups = GroupLeft(problem, solution);
  if (!solution.left.empty() && options.find_relaxations && !solution.stopped &&
      problem.items.size() <= kMaxRelaxedItems) {
    solver.Relax(solution);
  }
  return solution;
}

}  // namespace kirikae::planner

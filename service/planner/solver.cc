#include "service/planner/solver.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/planner/cap_trials.h"
#include "service/planner/improve.h"
#include "service/planner/left_groups.h"
#include "service/planner/objectives.h"
#include "service/planner/plan_search.h"
#include "service/planner/reasons.h"
#include "service/planner/relax.h"
#include "service/planner/search_limits.h"
#include "service/planner/shortage.h"
#include "service/planner/stability_search.h"
#include "service/planner/validate.h"
#include "service/planner/write_solution.h"

namespace kirikae::planner {
namespace {

constexpr int64_t kAllObjectivesNodes = 400'000;
constexpr size_t kMaxRelaxedItems = 3'000;
constexpr int64_t kTrialSteps = 200'000;

/// One solve: plans, searches, improves, and writes the result.
class Solver {
 public:
  Solver(const PlanProblem& problem, const SolveOptions& options)
      : problem_(problem),
        options_(options),
        search_(problem, options),
        stability_(search_),
        final_(search_.model()) {}

  PlanSolution Run() {
    Assignment best;
    Finish finish;
    search_.Find(best, finish);
    search_.TryEarlierEnds(best, finish);
    if (search_.disturbance().any()) stability_.PreferPublished(best, finish);
    Restore(final_, best);
    ImproveFinal();
    SearchAllObjectives();
    SearchDeeper();
    // Where STABILITY counts more than FINISH, this plan may differ from the proven one.
    bool searched = search_.searched() && Compare(FinishOf(final_), finish) == 0;
    if (!all_proven_) searched = stability_.Search(final_) || searched;
    return WriteSolution(search_, final_, {searched, all_proven_, LeastDisturbance()},
                         options_.find_reasons);
  }

  /// Solves changed problems until the items left out are placed. Items that stay out get the
  /// reason that no change helps. Each trial gets few steps; with more steps it could only place
  /// more.
  void Relax(const SolveOptions& options, PlanSolution& solution) {
    SolveOptions trial_options = options;
    trial_options.should_end_search = nullptr;
    trial_options.find_relaxations = trial_options.find_reasons = false;
    trial_options.max_steps = std::min(options.max_steps, kTrialSteps);
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
  /// The shortages over the whole calendar; the solver's own model may end earlier. Its cells are
  /// the first ones of the whole calendar.
  std::vector<domain::Sentence> ShortagesOfPlan() const {
    const Model whole = BuildModel(problem_);
    State state(whole);
    Restore(state, AssignmentOf(final_));
    return Shortages(problem_, state);
  }

  void ImproveFinal() { Improve(problem_, search_.objectives(), final_, search_.budget()); }

  /// Searches for the best plan by all objectives when there are few units.
  void SearchAllObjectives() {
    if (search_.unit_count() > kExactUnits || search_.TooManyPlaces() ||
        search_.budget().Exhausted() || NothingToGain()) {
      return;
    }
    const bool any = search_.disturbance().any();
    SearchGoal goal = search_.GoalFor(FinishOf(final_), WholeOrder(search_.objectives(), any));
    if (any) goal.disturbance = &search_.disturbance();
    const ExactResult result =
        SearchExactly(search_.model(), AssignmentOf(final_), goal,
                      any ? kExactNodes : kAllObjectivesNodes, search_.budget());
    all_proven_ = result.proven;
    Restore(final_, result.assignment);
    if (!all_proven_) ImproveFinal();
  }

  /// Uses the steps left where a phase is a packing with a gap to its bound: plans again with twice
  /// the steps, and takes a plan that ends sooner.
  void SearchDeeper() {
    const std::vector<Objective>& core = search_.core();
    if (core.front() != Objective::kPlaced || StabilityBefore(core, Objective::kFinish)) return;
    Finish finish = FinishOf(final_);
    while (!search_.bounds().Proven(finish) && !search_.budget().Exhausted() &&
           search_.planner().SearchDeeper()) {
      const Assignment attempt = search_.planner().Plan(OpenCaps(search_.model()));
      const Finish judged = Judge(search_.model(), attempt);
      if (Compare(judged, finish) >= 0) continue;
      finish = judged;
      Restore(final_, attempt);
      ImproveFinal();
    }
  }

  double LeastDisturbance() const {
    if (!Lists(search_.objectives(), Objective::kStability)) return 0;
    if (all_proven_ || stability_.proven()) return StabilityCost(search_.disturbance(), final_);
    return stability_.Bound(final_);
  }

  /// Whether STABILITY, VISITS and LEVEL can't get better.
  bool NothingToGain() const {
    const std::vector<Objective>& objectives = search_.objectives();
    const Disturbance& disturbance = search_.disturbance();
    const bool stays =
        !Lists(objectives, Objective::kStability) || !disturbance.any() ||
        (search_.core().back() == Objective::kStability && StabilityCost(disturbance, final_) <= 0);
    return stays &&
           (!Lists(objectives, Objective::kVisits) || VisitCount(final_) <= SitesPlaced(final_)) &&
           (!Lists(objectives, Objective::kLevel) || LevelSpread(final_) == 0);
  }

  const PlanProblem& problem_;
  const SolveOptions& options_;
  PlanSearch search_;
  StabilitySearch stability_;
  State final_;
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
  const auto is_over = [&options] { return options.should_stop && options.should_stop(); };
  SolveOptions search = options;
  if (options.should_end_search) {
    search.should_stop = [&] { return options.should_end_search() || is_over(); };
  }
  Solver solver(problem, search);
  PlanSolution solution = solver.Run();
  solution.left_groups = GroupLeft(problem, solution);
  if (!solution.left.empty() && options.find_relaxations && !is_over() &&
      problem.items.size() <= kMaxRelaxedItems) {
    solver.Relax(options, solution);
  }
  return solution;
}

}  // namespace kirikae::planner

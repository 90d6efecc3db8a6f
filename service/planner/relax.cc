#include "service/planner/relax.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

namespace kirikae::planner {
namespace {

constexpr int64_t kMostMinutes = 480;
constexpr int64_t kMinuteStep = 5;
constexpr int64_t kShareSteps = 20;

bool IsShortage(LeftCode code) {
  return code == LeftCode::kCapacity || code == LeftCode::kPoolLimit ||
         code == LeftCode::kDeadline || code == LeftCode::kPhaseOrder ||
         code == LeftCode::kHelpDesk || code == LeftCode::kGroupTooLarge;
}

class Relaxer {
 public:
  Relaxer(const PlanProblem& problem, const PlanSolution& solution, const TrialSolve& solve)
      : problem_(problem), solve_(solve) {
    std::unordered_map<std::string, const Item*> items;
    for (const Item& item : problem.items) items.emplace(item.id, &item);
    wanted_.resize(problem.phases.size());
    for (const Left& left : solution.left) {
      if (left.reasons.empty() || !IsShortage(left.reasons.front().code)) continue;
      const Item& item = *items.at(left.item);
      for (size_t p = 0; p < problem.phases.size(); ++p) {
        if (problem.phases[p].id != item.phase) continue;
        wanted_[p].insert(item.id);
        departments_.insert(item.department);
      }
    }
  }

  std::vector<Relaxation> Run() {
    for (size_t p = 0; p < problem_.phases.size(); ++p) {
      if (wanted_[p].empty()) continue;
      ExtendDeadline(p);
      AddMinutes(p);
      RaiseShare(p);
      AddTeam(p);
    }
    return std::move(found_);
  }

 private:
  bool Works(const PlanProblem& changed, size_t phase) const {
    bool solved = false;
    const std::vector<Left> left = solve_(changed, solved);
    return solved && std::none_of(left.begin(), left.end(), [&](const Left& row) {
             return wanted_[phase].count(row.item) > 0;
           });
  }

  /// The smallest amount in 1..most for which `change(amount)` works, or nothing.
  template <typename Change>
  std::optional<int64_t> Smallest(size_t phase, int64_t most, Change change) const {
    if (most < 1 || !Works(change(most), phase)) return std::nullopt;
    int64_t fails = 0, works = most;
    while (works - fails > 1) {
      const int64_t middle = fails + (works - fails) / 2;
      (Works(change(middle), phase) ? works : fails) = middle;
    }
    return works;
  }

  void Add(size_t phase, Message change) {
    found_.push_back({std::move(change),
                      {"places the $0 items of $1 that are left out",
                       {std::to_string(wanted_[phase].size()), problem_.phases[phase].id}}});
  }

  void ExtendDeadline(size_t p) {
    const Phase& phase = problem_.phases[p];
    if (!phase.deadline.has_value()) return;
    const auto days = Smallest(p, problem_.calendar.last_day - *phase.deadline, [&](int64_t more) {
      PlanProblem changed = problem_;
      changed.phases[p].deadline = *phase.deadline + more;
      return changed;
    });
    if (!days.has_value()) return;
    Add(p, {"deadline of $0 to $1", {phase.id, absl::FormatCivilTime(*phase.deadline + *days)}});
  }

  void AddMinutes(size_t p) {
    std::optional<int64_t> least;
    size_t best = 0;
    for (size_t t = 0; t < problem_.teams.size(); ++t) {
      if (!problem_.teams[t].minutes_per_slot.has_value()) continue;
      const int64_t most = least.has_value() ? *least - 1 : kMostMinutes / kMinuteStep;
      const auto steps = Smallest(p, most, [&](int64_t amount) {
        PlanProblem changed = problem_;
        *changed.teams[t].minutes_per_slot += amount * kMinuteStep;
        return changed;
      });
      if (!steps.has_value()) continue;
      least = steps;
      best = t;
    }
    if (!least.has_value()) return;
    Add(p, {"$0 more minutes in each slot of team $1",
            {std::to_string(*least * kMinuteStep), problem_.teams[best].id}});
  }

  void RaiseShare(size_t p) {
    const double share = problem_.policy.department_daily_share;
    const int64_t now = static_cast<int64_t>(share * kShareSteps + 1e-9);
    const auto steps = Smallest(p, kShareSteps - now, [&](int64_t amount) {
      PlanProblem changed = problem_;
      const double raised = static_cast<double>(now + amount) / kShareSteps;
      changed.policy.department_daily_share = raised;
      for (Pool& pool : changed.pools) {
        if (departments_.count(pool.id) > 0 && pool.daily_share.has_value()) {
          pool.daily_share = std::max(*pool.daily_share, raised);
        }
      }
      return changed;
    });
    if (!steps.has_value()) return;
    Add(p, {"daily share of departments to $0 %",
            {std::to_string((now + *steps) * 100 / kShareSteps)}});
  }

  void AddTeam(size_t p) {
    PlanProblem changed = problem_;
    Team team = problem_.teams.front();
    team.id = problem_.teams.front().id + "+";
    while (std::any_of(problem_.teams.begin(), problem_.teams.end(),
                       [&](const Team& each) { return each.id == team.id; })) {
      team.id += "+";
    }
    team.sites.clear();
    changed.teams.push_back(team);
    if (Works(changed, p)) {
      Add(p, {"one more team like $0, for all sites", {problem_.teams.front().id}});
    }
  }

  const PlanProblem& problem_;
  const TrialSolve& solve_;
  std::vector<std::set<std::string>> wanted_;
  std::set<std::string> departments_;
  std::vector<Relaxation> found_;
};

}  // namespace

std::vector<Relaxation> FindRelaxations(const PlanProblem& problem, const PlanSolution& solution,
                                        const TrialSolve& solve) {
  return Relaxer(problem, solution, solve).Run();
}

}  // namespace kirikae::planner

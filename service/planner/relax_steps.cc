#include "service/planner/relax_steps.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <utility>

#include "service/planner/adjustment.h"

namespace kirikae::planner {
namespace {

constexpr size_t kMostSteps = 6;
constexpr double kEpsilon = 1e-9;

/// What a plan leaves out.
struct Out {
  std::set<std::string> items;
  double weight = 0;
};

class StepFinder {
 public:
  StepFinder(const PlanProblem& problem, const PlanSolution& solution,
             const std::set<std::string>& beyond, const TrialSolve& solve)
      : problem_(problem), solve_(solve), adjustments_(ListAdjustments(problem, solution)) {
    for (const Item& item : problem.items) weight_of_[item.id] = item.weight;
    for (const Left& left : solution.left) out_.items.insert(left.item);
    out_.weight = WeightOf(out_.items);
    first_ = out_;
    least_ = WeightOf(beyond);
  }

  std::vector<Relaxation> Run() {
    while (out_.weight > least_ + kEpsilon && steps_.size() + 1 < kMostSteps) {
      if (!TakeBest()) break;
    }
    if (out_.weight > least_ + kEpsilon && !TakeTogether()) {
      // A change made by an earlier step would have to go further: all in one step.
      Restore(std::vector<int64_t>(adjustments_.size(), 0));
      steps_.clear();
      out_ = first_;
      TakeTogether();
    }
    return std::move(steps_);
  }

 private:
  double WeightOf(const std::set<std::string>& items) const {
    double weight = 0;
    for (const std::string& item : items) weight += weight_of_.at(item);
    return weight;
  }

  std::vector<int64_t> Amounts() const {
    std::vector<int64_t> amounts;
    for (const Adjustment& adjustment : adjustments_) amounts.push_back(adjustment.amount);
    return amounts;
  }

  /// What the plan with the adjustments as they are leaves out; absent when it can't be solved.
  const std::optional<Out>& Try() {
    const auto [at, is_new] = tried_.try_emplace(Amounts());
    if (!is_new) return at->second;
    const auto left = solve_(Adjusted(problem_, adjustments_));
    if (!left.has_value()) return at->second;
    Out out;
    for (const Left& row : *left) out.items.insert(row.item);
    out.weight = WeightOf(out.items);
    at->second = std::move(out);
    return at->second;
  }

  bool LeavesAtMost(double weight) {
    const std::optional<Out>& out = Try();
    return out.has_value() && out->weight <= weight + kEpsilon;
  }

  /// Lowers an adjustment that works to the least amount that leaves out no more.
  void Lower(Adjustment& adjustment, double weight) {
    int64_t fails = 0, works = adjustment.amount;
    while (works - fails > 1) {
      adjustment.amount = fails + (works - fails) / 2;
      (LeavesAtMost(weight) ? works : fails) = adjustment.amount;
    }
    adjustment.amount = works;
  }

  /// The single change that places most. False when none places more.
  bool TakeBest() {
    const std::vector<int64_t> before = Amounts();
    size_t best = adjustments_.size();
    double least = out_.weight;
    for (size_t k = 0; k < adjustments_.size(); ++k) {
      if (before[k] > 0 || adjustments_[k].most_alone < 1) continue;
      adjustments_[k].amount = adjustments_[k].most_alone;
      if (LeavesAtMost(least - 2 * kEpsilon)) {
        least = Try()->weight;
        best = k;
      }
      adjustments_[k].amount = before[k];
    }
    if (best == adjustments_.size()) return false;
    adjustments_[best].amount = adjustments_[best].most_alone;
    Lower(adjustments_[best], least);
    Record(before);
    return true;
  }

  /// All changes that are needed to place the rest: drops those that are not, the last first, and
  /// lowers the others. False when those not made yet are not enough.
  bool TakeTogether() {
    const std::vector<int64_t> before = Amounts();
    for (Adjustment& adjustment : adjustments_) {
      if (adjustment.amount == 0) adjustment.amount = adjustment.most;
    }
    if (!LeavesAtMost(least_)) {
      Restore(before);
      return false;
    }
    for (size_t k = adjustments_.size(); k-- > 0;) {
      if (before[k] > 0) continue;
      const int64_t amount = std::exchange(adjustments_[k].amount, 0);
      if (!LeavesAtMost(least_)) adjustments_[k].amount = amount;
    }
    for (size_t k = 0; k < adjustments_.size(); ++k) {
      if (before[k] == 0 && adjustments_[k].amount > 0) Lower(adjustments_[k], least_);
    }
    Record(before);
    return true;
  }

  void Restore(const std::vector<int64_t>& amounts) {
    for (size_t k = 0; k < amounts.size(); ++k) adjustments_[k].amount = amounts[k];
  }

  void Record(const std::vector<int64_t>& before) {
    const Out now = *Try();
    Relaxation step;
    for (size_t k = 0; k < adjustments_.size(); ++k) {
      if (adjustments_[k].amount == before[k]) continue;
      step.changes.push_back(adjustments_[k].change(adjustments_[k].amount));
      step.change.push_back(adjustments_[k].text(adjustments_[k].amount));
      step.measures.push_back(adjustments_[k].measure(adjustments_[k].amount));
    }
    for (const Item& item : problem_.items) {
      const bool was_out = out_.items.count(item.id) > 0, is_out = now.items.count(item.id) > 0;
      if (was_out && !is_out) step.places.push_back(item.id);
      if (!was_out && is_out) step.leaves.push_back(item.id);
    }
    step.left_count = static_cast<int64_t>(now.items.size());
    if (now.items.empty()) {
      step.effect.push_back({"places all", {}});
    } else {
      step.effect.push_back(
          {"places $0 of the $1 left out",
           {std::to_string(step.places.size()), std::to_string(out_.items.size())}});
    }
    if (!step.leaves.empty()) {
      step.effect.push_back({"but leaves out $0 placed now", {std::to_string(step.leaves.size())}});
    }
    out_ = now;
    steps_.push_back(std::move(step));
  }

  const PlanProblem& problem_;
  const TrialSolve& solve_;
  std::vector<Adjustment> adjustments_;
  std::unordered_map<std::string, double> weight_of_;
  /// By amounts of the adjustments.
  std::map<std::vector<int64_t>, std::optional<Out>> tried_;
  Out first_, out_;
  double least_ = 0;
  std::vector<Relaxation> steps_;
};

}  // namespace

std::vector<Relaxation> FindSteps(const PlanProblem& problem, const PlanSolution& solution,
                                  const std::set<std::string>& beyond, const TrialSolve& solve) {
  return StepFinder(problem, solution, beyond, solve).Run();
}

}  // namespace kirikae::planner

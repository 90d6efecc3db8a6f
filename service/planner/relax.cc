#include "service/planner/relax.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "service/planner/adjustment.h"
#include "service/planner/relax_steps.h"

namespace kirikae::planner {
namespace {

using domain::Sentence;

/// Parts of what is left out that are tried one by one.
constexpr size_t kMostParts = 4;

class Relaxer {
 public:
  Relaxer(const PlanProblem& problem, const PlanSolution& solution,
          const std::vector<Sentence>& shortages, const TrialSolve& solve)
      : problem_(problem),
        solution_(solution),
        shortages_(shortages),
        solve_(solve),
        adjustments_(ListAdjustments(problem, solution)) {
    for (const Item& item : problem.items) phase_of_[item.id] = item.phase;
    for (const Left& left : solution.left) {
      left_.insert(left.item);
      std::vector<std::string>& causes = causes_[left.item];
      causes.push_back(phase_of_[left.item]);
      for (const LeftReason& reason : left.reasons) causes.emplace_back(Name(reason.code));
    }
  }

  Relaxations Run() {
    for (Adjustment& adjustment : adjustments_) adjustment.amount = adjustment.most;
    const std::optional<std::set<std::string>> beyond = Try();
    if (!beyond.has_value()) return {};
    beyond_ = *beyond;
    // Items that exclude each other may swap: that helps only when more weight is placed.
    double weight_now = 0, weight_then = 0;
    for (const Item& item : problem_.items) {
      weight_now += left_.count(item.id) > 0 ? item.weight : 0;
      weight_then += beyond_.count(item.id) > 0 ? item.weight : 0;
    }
    Relaxations all;
    if (weight_then >= weight_now - 1e-9) {
      all.beyond_help.assign(left_.begin(), left_.end());
      return all;
    }
    for (const std::string& item : beyond_) {
      if (left_.count(item) > 0) all.beyond_help.push_back(item);
    }
    Singles(beyond_);
    if (found_.empty()) {
      all.steps = FindSteps(problem_, solution_, beyond_, solve_);
      Together();
    } else {
      all.steps = {found_.front()};
    }
    for (const std::set<std::string>& part : Parts()) Singles(Outside(part));
    all.found = std::move(found_);
    return all;
  }

 private:
  PlanProblem Changed() const { return Adjusted(problem_, adjustments_); }

  /// What the current combination leaves out; absent when it can't be solved. The parts of what is
  /// left out ask for the same combinations.
  const std::optional<std::set<std::string>>& Try() {
    std::vector<int64_t> amounts;
    for (const Adjustment& adjustment : adjustments_) amounts.push_back(adjustment.amount);
    const auto [at, is_new] = tried_.try_emplace(std::move(amounts));
    if (!is_new) return at->second;
    const auto left = solve_(Changed());
    if (!left.has_value()) return at->second;
    at->second.emplace();
    for (const Left& row : *left) at->second->insert(row.item);
    return at->second;
  }

  /// Whether the current combination leaves out only items in `may_stay`.
  bool Works(const std::set<std::string>& may_stay) {
    const std::optional<std::set<std::string>>& out = Try();
    if (!out.has_value() ||
        !std::includes(may_stay.begin(), may_stay.end(), out->begin(), out->end())) {
      return false;
    }
    still_out_ = *out;
    return true;
  }

  /// Finds the smallest amount up to `most` that works while all other amounts stay. When even
  /// `most` does not work: false, and the amount stays as it was.
  bool Lower(Adjustment& adjustment, int64_t most, const std::set<std::string>& may_stay) {
    const int64_t before = adjustment.amount;
    adjustment.amount = most;
    if (most < 1 || !Works(may_stay)) {
      adjustment.amount = before;
      return false;
    }
    int64_t fails = 0, works = most;
    while (works - fails > 1) {
      adjustment.amount = fails + (works - fails) / 2;
      (Works(may_stay) ? works : fails) = adjustment.amount;
    }
    adjustment.amount = works;
    return true;
  }

  void Clear() {
    for (Adjustment& adjustment : adjustments_) adjustment.amount = 0;
  }

  /// Groups the items left out by phase and reasons, without those beyond help. Empty when there is
  /// only one group; at most the first kMostParts groups.
  std::vector<std::set<std::string>> Parts() const {
    std::map<std::vector<std::string>, std::set<std::string>> parts;
    for (const auto& [item, causes] : causes_) {
      if (beyond_.count(item) == 0) parts[causes].insert(item);
    }
    std::vector<std::set<std::string>> several;
    for (const auto& [causes, part] : parts) {
      if (parts.size() > 1 && several.size() < kMostParts) several.push_back(part);
    }
    return several;
  }

  std::set<std::string> Outside(const std::set<std::string>& part) const {
    std::set<std::string> outside = beyond_;
    for (const std::string& item : left_) {
      if (part.count(item) == 0) outside.insert(item);
    }
    return outside;
  }

  /// Offers every change that works alone. Of the teams that need more minutes, only the one that
  /// needs least; the same for devices.
  void Singles(const std::set<std::string>& may_stay) {
    std::optional<size_t> raised[2];
    int64_t least[2] = {0, 0};
    std::vector<std::pair<size_t, int64_t>> singles;
    for (size_t k = 0; k < adjustments_.size(); ++k) {
      Clear();
      Adjustment& adjustment = adjustments_[k];
      const Change one = adjustment.change(1);
      const auto* const team = std::get_if<RaiseTeam>(&one);
      const int kind = team != nullptr && team->add_devices > 0 ? 1 : 0;
      int64_t most = adjustment.most_alone;
      if (team != nullptr && raised[kind].has_value()) most = std::min(most, least[kind] - 1);
      if (!Lower(adjustment, most, may_stay)) continue;
      if (team == nullptr) {
        singles.emplace_back(k, adjustment.amount);
        continue;
      }
      raised[kind] = k;
      least[kind] = adjustment.amount;
    }
    for (int kind = 0; kind < 2; ++kind) {
      if (raised[kind].has_value()) singles.emplace_back(*raised[kind], least[kind]);
    }
    std::sort(singles.begin(), singles.end());
    for (const auto& [k, amount] : singles) {
      Clear();
      adjustments_[k].amount = amount;
      Offer(may_stay);
    }
  }

  /// Starts with every change at its largest amount, removes changes that are not needed (the last
  /// first), then lowers the others one by one.
  void Together() {
    for (Adjustment& adjustment : adjustments_) adjustment.amount = adjustment.most;
    for (size_t k = adjustments_.size(); k-- > 0;) {
      const int64_t amount = adjustments_[k].amount;
      adjustments_[k].amount = 0;
      if (!Works(beyond_)) adjustments_[k].amount = amount;
    }
    for (Adjustment& adjustment : adjustments_) {
      if (adjustment.amount > 1) Lower(adjustment, adjustment.amount, beyond_);
    }
    Offer(beyond_);
  }

  /// Solves the current combination, which is known to work, and records it with its effect.
  void Offer(const std::set<std::string>& may_stay) {
    Relaxation relaxation;
    for (const Adjustment& adjustment : adjustments_) {
      if (adjustment.amount == 0) continue;
      relaxation.changes.push_back(adjustment.change(adjustment.amount));
      relaxation.change.push_back(adjustment.text(adjustment.amount));
      relaxation.measures.push_back(adjustment.measure(adjustment.amount));
    }
    const auto is_known = [&](const Relaxation& row) { return row.changes == relaxation.changes; };
    if (relaxation.changes.empty() || std::any_of(found_.begin(), found_.end(), is_known)) return;
    if (!Works(may_stay)) return;
    std::set<std::string> phases;
    for (const Item& item : problem_.items) {
      const bool was_out = left_.count(item.id) > 0, stays_out = still_out_.count(item.id) > 0;
      if (was_out && !stays_out) {
        relaxation.places.push_back(item.id);
        phases.insert(item.phase);
      }
      if (!was_out && stays_out) relaxation.leaves.push_back(item.id);
    }
    relaxation.left_count = static_cast<int64_t>(still_out_.size());
    const size_t placed = relaxation.places.size();
    const auto of_phase = std::count_if(left_.begin(), left_.end(), [&](const std::string& item) {
      return phases.count(phase_of_[item]) > 0;
    });
    if (still_out_.empty()) {
      relaxation.effect.push_back({"places all", {}});
    } else if (phases.size() == 1 && of_phase == static_cast<std::ptrdiff_t>(placed)) {
      relaxation.effect.push_back({"places all of $0", {*phases.begin()}});
    } else {
      relaxation.effect.push_back(
          {"places $0 of the $1 left out", {std::to_string(placed), std::to_string(left_.size())}});
    }
    if (!relaxation.leaves.empty()) {
      relaxation.effect.push_back(
          {"but leaves out $0 placed now", {std::to_string(relaxation.leaves.size())}});
    }
    if (found_.empty()) {
      relaxation.effect.insert(relaxation.effect.end(), shortages_.begin(), shortages_.end());
    }
    found_.push_back(std::move(relaxation));
  }

  const PlanProblem& problem_;
  const PlanSolution& solution_;
  const std::vector<Sentence>& shortages_;
  const TrialSolve& solve_;
  std::vector<Adjustment> adjustments_;
  std::set<std::string> left_;
  /// By amounts of the adjustments: what the plan leaves out.
  std::map<std::vector<int64_t>, std::optional<std::set<std::string>>> tried_;
  /// By item left out: its phase, then the codes of its reasons.
  std::map<std::string, std::vector<std::string>> causes_;
  std::set<std::string> beyond_;
  /// The items that the last working combination leaves out.
  std::set<std::string> still_out_;
  std::unordered_map<std::string, std::string> phase_of_;
  std::vector<Relaxation> found_;
};

}  // namespace

Relaxations FindRelaxations(const PlanProblem& problem, const PlanSolution& solution,
                            const std::vector<Sentence>& shortages, const TrialSolve& solve) {
  return Relaxer(problem, solution, shortages, solve).Run();
}

}  // namespace kirikae::planner

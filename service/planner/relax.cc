#include "service/planner/relax.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace kirikae::planner {
namespace {

using domain::Sentence;

constexpr int64_t kMostMinutes = 480;
constexpr int64_t kDayMinutes = 1'440;
constexpr int64_t kMinuteStep = 5;
constexpr int64_t kShareSteps = 20;
constexpr int64_t kMostDays = 366;
/// Teams and pools that are tried one by one.
constexpr size_t kMostTeams = 8;
constexpr size_t kMostPools = 6;
/// Parts of what is left out that are tried one by one.
constexpr size_t kMostParts = 4;

/// One change with an amount from 1 to `most`, or to `most_alone` when it is offered alone.
struct Adjustment {
  int64_t most = 0;
  int64_t most_alone = 0;
  std::function<Change(int64_t)> change;
  std::function<Sentence(int64_t)> text;
  /// The amount in the current combination; 0: not part of it.
  int64_t amount = 0;
};

std::string DayText(absl::CivilDay day) { return absl::FormatCivilTime(day); }

/// Lists the possible changes in the order in which they are offered.
class AdjustmentLister {
 public:
  AdjustmentLister(const PlanProblem& problem, const PlanSolution& solution) : problem_(problem) {
    std::unordered_map<std::string, const Item*> items;
    for (const Item& item : problem.items) items.emplace(item.id, &item);
    for (const Left& left : solution.left) {
      const Item& item = *items.at(left.item);
      phases_.insert(item.phase);
      AddPool(item.department);
      for (const std::string& pool : item.pools) AddPool(pool);
    }
  }

  std::vector<Adjustment> List() {
    Deadlines();
    Calendar();
    Teams();
    Shares();
    Limits();
    HelpDesk();
    OneMoreTeam();
    return std::move(adjustments_);
  }

 private:
  void AddPool(const std::string& pool) {
    if (pool.empty() || std::count(pools_.begin(), pools_.end(), pool) > 0) return;
    if (pools_.size() < kMostPools) pools_.push_back(pool);
  }

  void Add(int64_t most, std::function<Change(int64_t)> change,
           std::function<Sentence(int64_t)> text,
           std::optional<int64_t> most_alone = std::nullopt) {
    if (most < 1) return;
    adjustments_.push_back(
        {most, std::min(most, most_alone.value_or(most)), std::move(change), std::move(text), 0});
  }

  void Deadlines() {
    const absl::CivilDay last = problem_.calendar.last_day;
    for (const Phase& phase : problem_.phases) {
      if (!phase.deadline.has_value() || phases_.count(phase.id) == 0) continue;
      const absl::CivilDay deadline = *phase.deadline;
      Add(
          last + kMostDays - deadline,
          [id = phase.id, deadline](int64_t days) {
            return MoveDeadline{id, deadline + days};
          },
          [id = phase.id, deadline](int64_t days) {
            return Sentence{"move the deadline of $0 to $1", {id, DayText(deadline + days)}};
          },
          last - deadline);
    }
  }

  void Calendar() {
    const absl::CivilDay last = problem_.calendar.last_day;
    Add(
        kMostDays, [last](int64_t days) { return ExtendCalendar{last + days}; },
        [last](int64_t days) {
          return Sentence{"extend the calendar to $0", {DayText(last + days)}};
        });
  }

  void Teams() {
    for (size_t t = 0; t < std::min(kMostTeams, problem_.teams.size()); ++t) {
      const Team& team = problem_.teams[t];
      if (team.minutes_per_slot.has_value()) {
        const int64_t now = *team.minutes_per_slot;
        const int64_t most =
            now >= kDayMinutes ? now / 2 : std::min(kMostMinutes, kDayMinutes - now);
        Add(
            most / kMinuteStep,
            [id = team.id](int64_t steps) {
              return RaiseTeam{id, steps * kMinuteStep, 0};
            },
            [id = team.id](int64_t steps) {
              return Sentence{"$0 more minutes in each slot of team $1",
                              {std::to_string(steps * kMinuteStep), id}};
            });
      }
      if (team.devices_per_slot.has_value()) {
        Add(
            std::max<int64_t>(10, *team.devices_per_slot),
            [id = team.id](int64_t more) {
              return RaiseTeam{id, 0, more};
            },
            [id = team.id](int64_t more) {
              return Sentence{"$0 more device(s) in each slot of team $1",
                              {std::to_string(more), id}};
            });
      }
    }
  }

  const Pool* RowOf(const std::string& pool) const {
    for (const Pool& row : problem_.pools) {
      if (row.id == pool) return &row;
    }
    return nullptr;
  }

  /// From `share` in steps of 5 % up to 100 %.
  void AddShare(const std::string& pool, double share) {
    const auto now = static_cast<int64_t>(std::floor(share * kShareSteps + 1e-9));
    Add(
        kShareSteps - now,
        [pool, now](int64_t steps) {
          return ChangeShare{pool, static_cast<double>(now + steps) / kShareSteps};
        },
        [pool, now](int64_t steps) {
          const std::string percent = std::to_string((now + steps) * 100 / kShareSteps);
          return pool.empty() ? Sentence{"raise the daily share of departments to $0 %", {percent}}
                              : Sentence{"raise the daily share of $0 to $1 %", {pool, percent}};
        });
  }

  void Shares() {
    const double policy = problem_.policy.department_daily_share;
    AddShare("", policy);
    std::set<std::string> departments;
    for (const Item& item : problem_.items) departments.insert(item.department);
    for (const std::string& pool : pools_) {
      const Pool* const row = RowOf(pool);
      if (row != nullptr && row->daily_share.has_value()) {
        AddShare(pool, *row->daily_share);
      } else if (departments.count(pool) > 0 && policy < 1) {
        AddShare(pool, policy);
      }
    }
  }

  void Limits() {
    for (const std::string& pool : pools_) {
      const Pool* const row = RowOf(pool);
      if (row == nullptr || row->daily_limit == 0) continue;
      const int64_t now = row->daily_limit;
      Add(
          std::min<int64_t>(1'000, static_cast<int64_t>(problem_.items.size())),
          [pool, now](int64_t more) {
            return ChangePoolLimit{pool, now + more};
          },
          [pool, now](int64_t more) {
            return Sentence{"raise the daily limit of $0 to $1",
                            {pool, std::to_string(now + more)}};
          });
    }
  }

  void HelpDesk() {
    const planner::HelpDesk& desk = problem_.policy.help_desk;
    if (desk.daily_limit <= 0) return;
    double tickets = 0;
    for (double each : desk.tickets_per_device) tickets += each;
    for (double each : desk.carried) tickets += each;
    const double most = std::ceil(tickets * static_cast<double>(problem_.items.size())) + 1;
    const auto now = static_cast<int64_t>(desk.daily_limit);
    Add(
        static_cast<int64_t>(std::min(most, 1e9)),
        [now](int64_t more) { return ChangeHelpDesk{static_cast<double>(now + more)}; },
        [now](int64_t more) {
          return Sentence{"raise the help desk to $0 tickets a day", {std::to_string(now + more)}};
        });
  }

  /// A new team with the capacity of the largest team, for all sites.
  void OneMoreTeam() {
    Team team = *std::max_element(
        problem_.teams.begin(), problem_.teams.end(), [](const Team& a, const Team& b) {
          return std::pair(a.minutes_per_slot.value_or(0), a.devices_per_slot.value_or(0)) <
                 std::pair(b.minutes_per_slot.value_or(0), b.devices_per_slot.value_or(0));
        });
    const std::string like = team.id;
    const auto taken = [&] {
      return std::any_of(problem_.teams.begin(), problem_.teams.end(),
                         [&](const Team& each) { return each.id == team.id; });
    };
    while (taken()) team.id += "+";
    team.sites.clear();
    Add(
        1, [team](int64_t) { return AddTeam{team}; },
        [like](int64_t) {
          return Sentence{"one more team like $0, for all sites", {like}};
        });
  }

  const PlanProblem& problem_;
  std::set<std::string> phases_;
  std::vector<std::string> pools_;
  std::vector<Adjustment> adjustments_;
};

class Relaxer {
 public:
  Relaxer(const PlanProblem& problem, const PlanSolution& solution,
          const std::vector<Sentence>& shortages, const TrialSolve& solve)
      : problem_(problem),
        shortages_(shortages),
        solve_(solve),
        adjustments_(AdjustmentLister(problem, solution).List()) {
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
    const auto beyond = solve_(Changed());
    if (!beyond.has_value()) return {};
    // Items that exclude each other may swap: that helps only when more weight is placed.
    double weight_now = 0, weight_then = 0;
    for (const Left& left : *beyond) beyond_.insert(left.item);
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
    if (found_.empty()) Together();
    for (const std::set<std::string>& part : Parts()) Singles(Outside(part));
    all.found = std::move(found_);
    return all;
  }

 private:
  PlanProblem Changed() const {
    PlanProblem changed = problem_;
    std::vector<Change> changes;
    for (const Adjustment& adjustment : adjustments_) {
      if (adjustment.amount > 0) changes.push_back(adjustment.change(adjustment.amount));
    }
    Apply(changes, nullptr, changed);
    return changed;
  }

  /// Whether the current combination leaves out only items in `may_stay`.
  bool Works(const std::set<std::string>& may_stay) {
    const auto left = solve_(Changed());
    if (!left.has_value() || !std::all_of(left->begin(), left->end(), [&](const Left& row) {
          return may_stay.count(row.item) > 0;
        })) {
      return false;
    }
    still_out_.clear();
    for (const Left& row : *left) still_out_.insert(row.item);
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
  const std::vector<Sentence>& shortages_;
  const TrialSolve& solve_;
  std::vector<Adjustment> adjustments_;
  std::set<std::string> left_;
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

#include "service/planner/adjustment.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
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

  /// What is changed, and how much of its unit an amount of 1 is. `offset` is what the first step
  /// lacks.
  struct Scale {
    MeasureKind kind;
    std::string subject = {};
    int64_t each = 1;
    int64_t offset = 0;
  };

  void Add(const Scale& scale, int64_t most, std::function<Change(int64_t)> change,
           std::function<Sentence(int64_t)> text,
           std::optional<int64_t> most_alone = std::nullopt) {
    if (most < 1) return;
    const auto measure = [scale](int64_t amount) {
      return Measure{scale.kind, scale.subject, amount * scale.each - scale.offset};
    };
    adjustments_.push_back({most, std::min(most, most_alone.value_or(most)), std::move(change),
                            std::move(text), measure, 0});
  }

  void Deadlines() {
    const absl::CivilDay last = problem_.calendar.last_day;
    for (const Phase& phase : problem_.phases) {
      if (!phase.deadline.has_value() || phases_.count(phase.id) == 0) continue;
      const absl::CivilDay deadline = *phase.deadline;
      Add(
          {MeasureKind::kDeadline, phase.id}, last + kMostDays - deadline,
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
        {MeasureKind::kCalendar}, kMostDays,
        [last](int64_t days) { return ExtendCalendar{last + days}; },
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
            {MeasureKind::kTeamMinutes, team.id, kMinuteStep}, most / kMinuteStep,
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
            {MeasureKind::kTeamDevices, team.id}, std::max<int64_t>(10, *team.devices_per_slot),
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
    const auto percent = static_cast<int64_t>(std::lround(share * 100));
    constexpr int64_t kPercentStep = 100 / kShareSteps;
    Add(
        {MeasureKind::kShare, pool, kPercentStep, percent - now * kPercentStep}, kShareSteps - now,
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
          {MeasureKind::kPoolLimit, pool},
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
        {MeasureKind::kHelpDesk}, static_cast<int64_t>(std::min(most, 1e9)),
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
        {MeasureKind::kAddedTeam, like}, 1, [team](int64_t) { return AddTeam{team}; },
        [like](int64_t) {
          return Sentence{"one more team like $0, for all sites", {like}};
        });
  }

  const PlanProblem& problem_;
  std::set<std::string> phases_;
  std::vector<std::string> pools_;
  std::vector<Adjustment> adjustments_;
};

}  // namespace

std::vector<Adjustment> ListAdjustments(const PlanProblem& problem, const PlanSolution& solution) {
  return AdjustmentLister(problem, solution).List();
}

PlanProblem Adjusted(const PlanProblem& problem, const std::vector<Adjustment>& adjustments) {
  PlanProblem changed = problem;
  std::vector<Change> changes;
  for (const Adjustment& adjustment : adjustments) {
    if (adjustment.amount > 0) changes.push_back(adjustment.change(adjustment.amount));
  }
  Apply(changes, nullptr, changed);
  return changed;
}

}  // namespace kirikae::planner

#include "service/planner/change.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "service/planner/model.h"
#include "service/planner/solution.h"

namespace kirikae::planner {
namespace {

constexpr int64_t kMostDelay = 3'660;

/// Applies the changes one after another and collects their faults.
class Applier {
 public:
  Applier(const PlanSolution* before, PlanProblem& problem) : before_(before), problem_(problem) {}

  void operator()(const DelayGate& change) {
    Phase* const phase = FindPhase(change.phase);
    if (phase != nullptr && Delay(change.open_days)) phase->soak_days += change.open_days;
  }

  void operator()(const DelayPhase& change) {
    Phase* const phase = FindPhase(change.phase);
    if (phase == nullptr || !Delay(change.open_days)) return;
    absl::CivilDay from = std::max(problem_.calendar.first_day,
                                   phase->not_before.value_or(problem_.calendar.first_day));
    if (before_ != nullptr) {
      for (const PhaseResult& row : before_->phases) {
        if (row.id == phase->id && row.first_day.has_value()) from = *row.first_day;
      }
    }
    const std::vector<absl::CivilDay> days = OpenDays(problem_.calendar);
    const auto at = std::lower_bound(days.begin(), days.end(), from);
    const bool beyond = days.end() - at <= change.open_days;
    const absl::CivilDay start = beyond ? problem_.calendar.last_day + 1 : *(at + change.open_days);
    if (phase->deadline.has_value() && *phase->deadline < start) {
      // Validate() rejects a start after the deadline. Here that is a possible answer: nothing of
      // the phase can be placed. A blackout says the same.
      problem_.blackouts.push_back({std::nullopt, phase->deadline, "", "", phase->id});
    } else {
      phase->not_before = start;
    }
  }

  void operator()(const MoveDeadline& change) {
    if (Phase* const phase = FindPhase(change.phase); phase != nullptr) {
      phase->deadline = change.deadline;
    }
  }

  void operator()(const ChangeCapacity& change) {
    bool found = change.team.empty();
    for (Team& team : problem_.teams) {
      if (!change.team.empty() && team.id != change.team) continue;
      found = true;
      CapacityChange row = change.change;
      // A limit that the team does not have can only be set to 0 (closed).
      if (!team.minutes_per_slot.has_value() && row.set_minutes != 0) row.set_minutes.reset();
      if (!team.devices_per_slot.has_value() && row.set_devices != 0) row.set_devices.reset();
      team.changes.push_back(std::move(row));
    }
    if (!found) Add("team", "No team is called $0", {change.team});
  }

  void operator()(const ChangeShare& change) {
    if (!std::isfinite(change.share) || change.share < 0 || change.share > 1) {
      Add("share", "$0 is not a share between 0 and 1", {std::to_string(change.share)});
      return;
    }
    if (change.pool.empty()) {
      problem_.policy.department_daily_share = change.share;
      return;
    }
    for (Pool& pool : problem_.pools) {
      if (pool.id != change.pool) continue;
      pool.daily_share = change.share;
      return;
    }
    const bool known =
        std::any_of(problem_.items.begin(), problem_.items.end(), [&](const Item& item) {
          return item.department == change.pool ||
                 std::find(item.pools.begin(), item.pools.end(), change.pool) != item.pools.end();
        });
    if (!known) {
      Add("pool", "Nothing to be placed belongs to $0", {change.pool});
      return;
    }
    problem_.pools.push_back({change.pool, std::nullopt, change.share, 0});
  }

  void operator()(const AddBlackout& change) { problem_.blackouts.push_back(change.blackout); }

  void operator()(const AddTeam& change) { problem_.teams.push_back(change.team); }

  void operator()(const ChangeHelpDesk& change) {
    problem_.policy.help_desk.daily_limit = change.daily_limit;
  }

  void operator()(const RaiseTeam& change) {
    for (Team& team : problem_.teams) {
      if (team.id != change.team) continue;
      if (team.minutes_per_slot.has_value()) *team.minutes_per_slot += change.add_minutes;
      if (team.devices_per_slot.has_value()) *team.devices_per_slot += change.add_devices;
      return;
    }
    Add("team", "No team is called $0", {change.team});
  }

  void operator()(const ExtendCalendar& change) {
    problem_.calendar.last_day = std::max(problem_.calendar.last_day, change.last_day);
  }

  void operator()(const ChangePoolLimit& change) {
    for (Pool& pool : problem_.pools) {
      if (pool.id != change.pool) continue;
      pool.daily_limit = change.daily_limit;
      return;
    }
    Add("pool", "No pool called $0 has a limit of its own", {change.pool});
  }

  std::vector<Fault> Run(const std::vector<Change>& changes) {
    for (index_ = 0; index_ < changes.size(); ++index_) std::visit(*this, changes[index_]);
    return std::move(faults_);
  }

 private:
  void Add(const std::string& field, std::string format, std::vector<std::string> args) {
    faults_.push_back(
        {"changes[" + std::to_string(index_) + "]." + field, {std::move(format), std::move(args)}});
  }

  Phase* FindPhase(const std::string& id) {
    for (Phase& phase : problem_.phases) {
      if (phase.id == id) return &phase;
    }
    Add("phase", "No phase is called $0", {id});
    return nullptr;
  }

  bool Delay(int64_t open_days) {
    if (open_days >= 0 && open_days <= kMostDelay) return true;
    Add("openDays", "$0 is not a delay between 0 and $1 days",
        {std::to_string(open_days), std::to_string(kMostDelay)});
    return false;
  }

  const PlanSolution* before_;
  PlanProblem& problem_;
  size_t index_ = 0;
  std::vector<Fault> faults_;
};

}  // namespace

ChangeCapacity TeamAway(std::string team, absl::CivilDay from, absl::CivilDay to) {
  ChangeCapacity away{std::move(team), {}};
  away.change.from = from;
  away.change.to = to;
  away.change.set_minutes = 0;
  away.change.set_devices = 0;
  // So low that no other addition on such a day opens the slot again.
  away.change.add_minutes = -1'000'000'000;
  away.change.add_devices = -1'000'000'000;
  return away;
}

std::vector<Fault> Apply(const std::vector<Change>& changes, const PlanSolution* before,
                         PlanProblem& problem) {
  return Applier(before, problem).Run(changes);
}

}  // namespace kirikae::planner

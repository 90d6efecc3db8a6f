#include "tests/support/plan_oracle.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "tests/support/plan_checker.h"

namespace kirikae::planner {
namespace {

struct Spot {
  int day;
  std::string slot;
  const Team* team;
};

class Oracle {
 public:
  Oracle(const PlanProblem& problem, long max_nodes)
      : problem_(problem), nodes_(max_nodes), days_(CalendarDays(problem.calendar)) {
    std::vector<std::string> slots = problem.calendar.slots;
    if (slots.empty()) slots = {"day"};
    for (int d = 0; d < static_cast<int>(days_.size()); ++d) {
      for (const std::string& slot : slots) {
        for (const Team& team : problem.teams) spots_.push_back({d, slot, &team});
      }
    }
    for (size_t p = 0; p < problem.phases.size(); ++p) phase_number_[problem.phases[p].id] = p;
    where_.assign(problem.items.size(), -1);
    for (size_t i = 0; i < problem.items.size(); ++i) {
      if (problem.items[i].fixed.has_value()) where_[i] = SpotOf(*problem.items[i].fixed);
    }
    const std::vector<Objective>& order = problem.policy.objectives;
    const auto stability = std::find(order.begin(), order.end(), Objective::kStability);
    stay_first_ = std::find(stability, order.end(), Objective::kFinish) != order.end();
    Bundle();
    Limits();
  }

  std::optional<OracleResult> Run() {
    Try(0, 0);
    if (nodes_ <= 0) return std::nullopt;
    OracleResult result;
    for (const Item& item : problem_.items) result.placed_weight += item.weight;
    result.placed_weight -= best_left_;
    result.last_day = best_last_;
    result.stability = best_cost_;
    return result;
  }

 private:
  int SpotOf(const Position& p) const {
    for (size_t s = 0; s < spots_.size(); ++s) {
      if (days_[spots_[s].day] == p.day && spots_[s].slot == p.slot &&
          spots_[s].team->id == p.team) {
        return static_cast<int>(s);
      }
    }
    return -1;
  }

  void Bundle() {
    std::map<std::string, size_t> of_group;
    for (size_t i = 0; i < problem_.items.size(); ++i) {
      const Item& item = problem_.items[i];
      if (item.fixed.has_value()) continue;
      if (!item.group.empty() && of_group.count(item.group) > 0) {
        bundles_[of_group[item.group]].push_back(i);
      } else {
        if (!item.group.empty()) of_group[item.group] = bundles_.size();
        bundles_.push_back({i});
      }
    }
  }

  void Limits() {
    std::map<std::string, int64_t> size;
    std::set<std::string> departments;
    pools_.resize(problem_.items.size());
    for (size_t i = 0; i < problem_.items.size(); ++i) {
      const Item& item = problem_.items[i];
      pools_[i].insert(item.pools.begin(), item.pools.end());
      if (!item.department.empty()) pools_[i].insert(item.department);
      departments.insert(item.department);
      for (const std::string& pool : pools_[i]) ++size[pool];
    }
    for (const auto& [pool, members] : size) {
      int64_t limit = 1'000'000;
      std::optional<double> share;
      int64_t base = members;
      for (const Pool& row : problem_.pools) {
        if (row.id != pool) continue;
        if (row.daily_limit > 0) limit = row.daily_limit;
        if (row.size.has_value()) base = *row.size;
        share = row.daily_share;
      }
      if (!share.has_value() && departments.count(pool) > 0) {
        share = problem_.policy.department_daily_share;
      }
      if (share.has_value()) {
        const auto part =
            static_cast<int64_t>(std::floor(*share * static_cast<double>(base) + 1e-9));
        limit = std::min(limit, std::max<int64_t>(1, part));
      }
      limit_[pool] = limit;
    }
  }

  static void Change(std::optional<int64_t>& limit, const std::optional<int64_t>& set, int64_t add,
                     int64_t& sum) {
    if (set.has_value()) limit = set;
    sum += add;
  }

  bool SpotHolds(int s) const {
    const Spot& spot = spots_[s];
    std::optional<int64_t> minutes = spot.team->minutes_per_slot;
    std::optional<int64_t> devices = spot.team->devices_per_slot;
    int64_t more_minutes = 0, more_devices = 0;
    const absl::CivilDay day = days_[spot.day];
    for (const CapacityChange& c : spot.team->changes) {
      if (c.from.has_value() && day < *c.from) continue;
      if (c.to.has_value() && day > *c.to) continue;
      if (c.weekday.has_value() && absl::GetWeekday(day) != *c.weekday) continue;
      if (!c.slot.empty() && c.slot != spot.slot) continue;
      Change(minutes, c.set_minutes, c.add_minutes, more_minutes);
      Change(devices, c.set_devices, c.add_devices, more_devices);
    }
    if (minutes.has_value()) minutes = std::max<int64_t>(0, *minutes + more_minutes);
    if (devices.has_value()) devices = std::max<int64_t>(0, *devices + more_devices);
    if (minutes == 0 || devices == 0) return false;
    int64_t used = 0, count = 0;
    std::set<std::string> sites;
    for (size_t i = 0; i < where_.size(); ++i) {
      if (where_[i] != s) continue;
      used += problem_.items[i].minutes;
      ++count;
      sites.insert(problem_.items[i].site);
    }
    used += static_cast<int64_t>(sites.size()) * problem_.policy.visit_minutes;
    return (!minutes.has_value() || used <= *minutes) &&
           (!devices.has_value() || count <= *devices);
  }

  bool PoolsHold(int day) const {
    std::map<std::string, int64_t> use;
    for (size_t i = 0; i < where_.size(); ++i) {
      if (where_[i] < 0 || spots_[where_[i]].day != day) continue;
      for (const std::string& pool : pools_[i]) ++use[pool];
    }
    for (const auto& [pool, count] : use) {
      if (count > limit_.at(pool)) return false;
    }
    return true;
  }

  bool HelpDeskHolds() const {
    const HelpDesk& desk = problem_.policy.help_desk;
    if (desk.daily_limit <= 0) return true;
    std::vector<double> load(days_.size(), 0), added(days_.size(), 0);
    for (size_t d = 0; d < std::min(days_.size(), desk.carried.size()); ++d) {
      load[d] = desk.carried[d];
    }
    for (int at : where_) {
      if (at < 0) continue;
      for (size_t k = 0; k < desk.tickets_per_device.size(); ++k) {
        const size_t day = spots_[at].day + k;
        if (day < load.size()) added[day] += desk.tickets_per_device[k];
      }
    }
    for (size_t d = 0; d < load.size(); ++d) {
      if (added[d] > 0 && load[d] + added[d] > desk.daily_limit + 1e-7) return false;
    }
    return true;
  }

  bool PhasesHold(std::vector<int>& last) const {
    const size_t phases = problem_.phases.size();
    std::vector<int> first(phases, -1);
    last.assign(phases, -1);
    for (size_t i = 0; i < where_.size(); ++i) {
      if (where_[i] < 0) continue;
      const size_t p = phase_number_.at(problem_.items[i].phase);
      const int day = spots_[where_[i]].day;
      if (first[p] < 0 || day < first[p]) first[p] = day;
      last[p] = std::max(last[p], day);
    }
    int open_from = 0;
    for (size_t p = 0; p < phases; ++p) {
      if (first[p] < 0) continue;
      if (first[p] < open_from) return false;
      open_from = last[p] + 1 + static_cast<int>(problem_.phases[p].soak_days);
    }
    return true;
  }

  bool ItemMay(size_t i, int s) const {
    const Item& item = problem_.items[i];
    const Spot& spot = spots_[s];
    const absl::CivilDay day = days_[spot.day];
    const Phase& phase = problem_.phases[phase_number_.at(item.phase)];
    if (phase.not_before.has_value() && day < *phase.not_before) return false;
    if (phase.deadline.has_value() && day > *phase.deadline) return false;
    if (item.not_before.has_value() && day < *item.not_before) return false;
    if (item.not_after.has_value() && day > *item.not_after) return false;
    const std::vector<std::string>& sites = spot.team->sites;
    if (!sites.empty() && std::find(sites.begin(), sites.end(), item.site) == sites.end()) {
      return false;
    }
    for (const Blackout& b : problem_.blackouts) {
      const bool dates =
          (!b.from.has_value() || *b.from <= day) && (!b.to.has_value() || day <= *b.to);
      const std::string below = b.department + "/";
      const bool department = b.department.empty() || item.department == b.department ||
                              item.department.rfind(below, 0) == 0;
      if (dates && department && (b.site.empty() || b.site == item.site) &&
          (b.phase.empty() || b.phase == item.phase)) {
        return false;
      }
    }
    if (item.group.empty()) return true;
    for (size_t j = 0; j < where_.size(); ++j) {
      if (j == i || problem_.items[j].group != item.group || where_[j] < 0) continue;
      if (where_[j] != s) return false;
    }
    return true;
  }

  double Cost() const {
    double cost = 0;
    for (size_t i = 0; i < where_.size(); ++i) {
      const std::optional<Position>& published = problem_.items[i].published;
      if (!published.has_value()) continue;
      const bool placed = where_[i] >= 0;
      if (placed && days_[spots_[where_[i]].day] == published->day) {
        const Spot& spot = spots_[where_[i]];
        if (spot.slot != published->slot || spot.team->id != published->team) cost += 0.25;
        continue;
      }
      int before = 0;
      for (absl::CivilDay day : days_) before += day < published->day ? 1 : 0;
      cost += before < 5 ? 3 : 1;
    }
    return cost;
  }

  /// The partial plan is already worse than the best: last days only grow.
  bool Worse(double left, const std::vector<int>& last) const {
    if (!found_) return false;
    if (left != best_left_) return left > best_left_;
    if (stay_first_) return false;
    for (size_t p = 0; p < last.size(); ++p) {
      if (last[p] != best_last_[p]) return last[p] > best_last_[p];
    }
    return false;
  }

  bool Better(double left, const std::vector<int>& last, double cost) const {
    if (left != best_left_) return left < best_left_;
    if (stay_first_ && cost != best_cost_) return cost < best_cost_;
    if (last != best_last_) return last < best_last_;
    return cost < best_cost_;
  }

  void Try(size_t b, double left) {
    if (--nodes_ <= 0) return;
    std::vector<int> last;
    if (!PhasesHold(last) || Worse(left, last)) return;
    if (b == bundles_.size()) {
      const double cost = Cost();
      if (found_ && !Better(left, last, cost)) return;
      found_ = true;
      best_left_ = left;
      best_last_ = last;
      best_cost_ = cost;
      return;
    }
    const std::vector<size_t>& bundle = bundles_[b];
    for (int s = 0; s < static_cast<int>(spots_.size()) && nodes_ > 0; ++s) {
      bool may = true;
      for (size_t i : bundle) may = may && ItemMay(i, s);
      if (!may) continue;
      for (size_t i : bundle) where_[i] = s;
      if (SpotHolds(s) && PoolsHold(spots_[s].day) && HelpDeskHolds()) Try(b + 1, left);
      for (size_t i : bundle) where_[i] = -1;
    }
    for (size_t i : bundle) left += problem_.items[i].weight;
    Try(b + 1, left);
  }

  const PlanProblem& problem_;
  long nodes_;
  const std::vector<absl::CivilDay> days_;
  std::vector<Spot> spots_;
  std::map<std::string, size_t> phase_number_;
  std::vector<int> where_;
  std::vector<std::vector<size_t>> bundles_;
  std::vector<std::set<std::string>> pools_;
  std::map<std::string, int64_t> limit_;
  bool stay_first_ = false;
  bool found_ = false;
  double best_left_ = 0;
  std::vector<int> best_last_;
  double best_cost_ = 0;
};

}  // namespace

std::optional<OracleResult> SolveExhaustively(const PlanProblem& problem, long max_nodes) {
  return Oracle(problem, max_nodes).Run();
}

}  // namespace kirikae::planner

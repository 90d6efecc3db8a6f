#include "service/planner/horizon.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "service/planner/model.h"

namespace kirikae::planner {
namespace {

bool CountsLaterDays(const HelpDesk& desk) {
  return desk.daily_limit > 0 &&
         std::any_of(desk.tickets_per_device.begin(), desk.tickets_per_device.end(),
                     [](double tickets) { return tickets > 0; }) &&
         desk.tickets_per_device.size() > 1;
}

/// Finds the first day from which nothing begins that a plan could wait for.
class Settling {
 public:
  explicit Settling(const PlanProblem& problem)
      : last_(problem.calendar.last_day), day_(problem.calendar.first_day) {
    for (const Phase& phase : problem.phases) From(phase.not_before);
    for (const Blackout& blackout : problem.blackouts) After(blackout.to);
    for (const Team& team : problem.teams) {
      for (const CapacityChange& change : team.changes) {
        From(change.from);
        After(change.to);
      }
    }
    for (const Item& item : problem.items) {
      From(item.not_before);
      // A day of its own: the item is there already, or a move to it costs less.
      if (item.fixed.has_value()) After(item.fixed->day);
      if (item.published.has_value()) After(item.published->day);
    }
  }

  absl::CivilDay day() const { return day_; }

 private:
  void From(const std::optional<absl::CivilDay>& day) {
    if (day.has_value() && *day <= last_) day_ = std::max(day_, *day);
  }
  void After(const std::optional<absl::CivilDay>& day) {
    if (day.has_value() && *day < last_) day_ = std::max(day_, *day + 1);
    if (day.has_value() && *day == last_) day_ = last_;
  }

  const absl::CivilDay last_;
  absl::CivilDay day_;
};

}  // namespace

absl::CivilDay LastUsefulDay(const PlanProblem& problem) {
  const absl::CivilDay last = problem.calendar.last_day;
  if (CountsLaterDays(problem.policy.help_desk)) return last;
  const std::vector<absl::CivilDay> days = OpenDays(problem.calendar);
  bool by_weekday = false;
  for (const Team& team : problem.teams) {
    for (const CapacityChange& change : team.changes) by_weekday |= change.weekday.has_value();
  }
  std::unordered_map<std::string, int64_t> items;
  for (const Item& item : problem.items) ++items[item.phase];
  const auto settled = std::lower_bound(days.begin(), days.end(), Settling(problem).day());
  auto begin = static_cast<size_t>(settled - days.begin());
  begin = std::max(begin, problem.policy.help_desk.carried.size());
  const auto kind = [&](size_t day) {
    return by_weekday ? static_cast<size_t>(absl::GetWeekday(days[day])) : 0;
  };
  std::array<bool, 7> occurs{};
  for (size_t day = begin; day < days.size(); ++day) occurs[kind(day)] = true;
  // The first day after those that the phases so far can need.
  size_t end = begin;
  for (const Phase& phase : problem.phases) {
    const int64_t needed = items[phase.id];
    if (needed == 0) continue;
    std::array<int64_t, 7> seen{};
    for (size_t day = begin; day < days.size(); ++day) {
      if (seen[kind(day)]++ < needed) end = std::max(end, day + 1);
    }
    // Too few days are left after the latest start, so each of them may be needed.
    for (size_t k = 0; k < seen.size(); ++k) {
      if (occurs[k] && seen[k] < needed) return last;
    }
    begin = end + static_cast<size_t>(phase.soak_days + problem.policy.reserve.days);
  }
  return end == 0 || end >= days.size() ? last : days[end - 1];
}

}  // namespace kirikae::planner

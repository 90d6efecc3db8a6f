#include "service/app/plans/problem.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "service/app/plans/items.h"
#include "service/app/rollouts/working_days.h"
#include "service/domain/errors.h"
#include "service/planner/model.h"
#include "service/planner/validate.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

constexpr int kDefaultSpan = 400;
constexpr int kBatch = 1000;
constexpr size_t kMostNamed = 5;

void AddTeamsAndPhases(const RolloutFile& file, planner::PlanProblem& problem) {
  for (const TeamSpec& spec : file.teams) {
    planner::Team& team = problem.teams.emplace_back();
    team.id = spec.id;
    team.minutes_per_slot = spec.minutes_per_slot;
    team.devices_per_slot = spec.devices_per_slot;
    team.sites = spec.sites;
    team.changes = spec.changes;
  }
  for (const PhaseSpec& spec : file.phases) {
    problem.phases.push_back({spec.id, spec.not_before, spec.deadline, spec.soak_days});
  }
  for (const BlackoutSpec& spec : file.calendar.blackouts) {
    problem.blackouts.push_back({spec.from, spec.to, spec.department, spec.site, spec.phase});
  }
  problem.policy.department_daily_share = file.policy.department_daily_share;
  problem.policy.visit_minutes = file.policy.visit_minutes;
  problem.policy.help_desk = file.policy.help_desk;
  problem.policy.objectives = file.policy.objectives;
}

// Makes each phase that has not begun wait for the soak of every phase before it, counted from the
// last day on which work was done in that phase.
void WaitForSoaks(const RolloutFile& file, const OfficeCalendar& office, const PlanItems& items,
                  planner::PlanProblem& problem) {
  const auto& worked = items.worked_until();
  for (size_t p = 0; p < worked.size(); ++p) {
    if (!worked[p].has_value()) continue;
    const absl::CivilDay last = problem.calendar.last_day;
    const absl::CivilDay ready = AfterSoak(CalendarOf(file.calendar, office, *worked[p], last),
                                           *worked[p], file.phases[p].soak_days);
    const size_t next = items.running().has_value() ? *items.running() + 1 : 0;
    for (size_t q = std::max(p + 1, next); q < problem.phases.size(); ++q) {
      auto& not_before = problem.phases[q].not_before;
      if (!not_before.has_value() || *not_before < ready) not_before = ready;
    }
  }
}

// Starts the calendar on the day of the earliest fixed item. Other items wait for the first day
// that may be used.
void ReachBack(const RolloutFile& file, const OfficeCalendar& office,
               planner::PlanProblem& problem) {
  const absl::CivilDay usable = problem.calendar.first_day;
  absl::CivilDay first = usable;
  for (const planner::Item& item : problem.items) {
    if (item.fixed.has_value()) first = std::min(first, item.fixed->day);
  }
  if (first == usable) return;
  problem.calendar = CalendarOf(file.calendar, office, first, problem.calendar.last_day);
  for (planner::Item& item : problem.items) {
    if (item.fixed.has_value() || (item.not_before.has_value() && *item.not_before > usable)) {
      continue;
    }
    item.not_before = usable;
  }
}

// Subtracts the capacity that work done today has used.
void TakeOffUsed(const RolloutFile& file, const PlanItems& items, absl::CivilDay today,
                 planner::PlanProblem& problem) {
  if (problem.calendar.first_day > today) return;
  std::set<std::tuple<std::string, std::string, std::string>> visits;
  for (const planner::Item& item : problem.items) {
    if (!item.fixed.has_value() || item.fixed->day != today) continue;
    visits.insert({item.fixed->team, item.fixed->slot, item.site});
  }
  for (const auto& [place, used] : items.used_today()) {
    const auto& [team_id, slot] = place;
    int64_t minutes = used.minutes;
    for (const std::string& site : used.sites) {
      if (visits.count({team_id, slot, site}) == 0) minutes += file.policy.visit_minutes;
    }
    for (planner::Team& team : problem.teams) {
      if (team.id != team_id) continue;
      planner::CapacityChange change;
      change.from = today;
      change.to = today;
      change.slot = slot;
      change.add_minutes = -minutes;
      change.add_devices = -used.devices;
      team.changes.push_back(std::move(change));
    }
  }
}

// Carries over the tickets still expected from devices that were switched already. Waves that have
// begun continue whatever the help desk's limit is, so on a day that they fill, nothing is carried
// over.
void CarryTickets(const RolloutFile& file, const OfficeCalendar& office, const PlanItems& items,
                  planner::PlanProblem& problem) {
  planner::HelpDesk& desk = problem.policy.help_desk;
  if (desk.daily_limit <= 0 || items.switched().empty()) return;
  const planner::Calendar& calendar = problem.calendar;
  const absl::CivilDay begin = std::min(items.switched().begin()->first, calendar.first_day);
  const std::vector<absl::CivilDay> days =
      planner::OpenDays(CalendarOf(file.calendar, office, begin, calendar.last_day));
  std::vector<double> before(days.size(), 0), begun(days.size(), 0);
  // Tickets from work on a closed day come on the next open day.
  const auto add = [&](absl::CivilDay day, int64_t devices, std::vector<double>& load) {
    auto at = static_cast<size_t>(std::lower_bound(days.begin(), days.end(), day) - days.begin());
    for (const double tickets : desk.tickets_per_device) {
      if (at >= load.size()) break;
      load[at++] += tickets * static_cast<double>(devices);
    }
  };
  for (const auto& [day, devices] : items.switched()) add(day, devices, before);
  for (const planner::Item& item : problem.items) {
    if (item.fixed.has_value()) add(item.fixed->day, 1, begun);
  }
  const auto first = std::lower_bound(days.begin(), days.end(), calendar.first_day) - days.begin();
  for (auto d = static_cast<size_t>(first); d < days.size(); ++d) {
    desk.carried.push_back(begun[d] > 0 ? std::clamp(desk.daily_limit - begun[d], 0.0, before[d])
                                        : before[d]);
  }
  while (!desk.carried.empty() && desk.carried.back() == 0) desk.carried.pop_back();
}

// The number in `items[12].fixed`, or nothing.
std::optional<size_t> FixedItem(std::string_view path) {
  constexpr std::string_view kItems = "items[";
  const size_t end = path.find("].fixed");
  if (!path.starts_with(kItems) || end == std::string_view::npos) return std::nullopt;
  const std::string_view digits = path.substr(kItems.size(), end - kItems.size());
  size_t number = 0;
  if (!absl::SimpleAtoi(absl::string_view(digits.data(), digits.size()), &number)) {
    return std::nullopt;
  }
  return number;
}

// Removes fixed items that no longer obey the rules from the problem: a wave that has begun
// continues even if the rules changed since.
void DropWhatDoesNotFit(BuiltProblem& built) {
  std::vector<planner::Item>& items = built.problem.items;
  std::vector<std::string> dropped;
  while (true) {
    std::set<size_t> unfit;
    for (const planner::Fault& fault : planner::Validate(built.problem)) {
      if (const auto item = FixedItem(fault.path)) unfit.insert(*item);
    }
    if (unfit.empty()) break;
    for (auto at = unfit.rbegin(); at != unfit.rend(); ++at) {
      dropped.push_back(items[*at].id);
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(*at));
    }
  }
  if (dropped.empty()) return;
  std::sort(dropped.begin(), dropped.end());
  std::string names;
  for (size_t i = 0; i < std::min(dropped.size(), kMostNamed); ++i) {
    names += (i == 0 ? "" : ", ") + dropped[i];
  }
  if (dropped.size() > kMostNamed) names += ", …";
  built.warnings.push_back(
      {"BEGUN_DOES_NOT_FIT",
       domain::Sentence("$0 device(s) of waves that have begun don't fit the rules any more; they "
                        "stay where they are: $1",
                        {std::to_string(dropped.size()), names})});
}

}  // namespace

absl::StatusOr<BuiltProblem> BuildProblem(store::ReadView& view, const RolloutFile& file,
                                          const OfficeCalendar& office, const PlanFrame& frame) {
  BuiltProblem built;
  planner::PlanProblem& problem = built.problem;
  const CalendarSpec& spec = file.calendar;
  const absl::CivilDay first = std::max(frame.first_day, spec.first_day.value_or(frame.first_day));
  const absl::CivilDay last = spec.last_day.value_or(first + kDefaultSpan);
  if (last >= first) problem.calendar = CalendarOf(spec, office, first, last);
  if (last < first || planner::OpenDays(problem.calendar).empty()) {
    return domain::NoWorkingDayLeft(absl::FormatCivilTime(first), absl::FormatCivilTime(last));
  }
  AddTeamsAndPhases(file, problem);
  PlanItems items(file, frame, ExpectedDaysOf(file, office, frame.today, last));
  RETURN_IF_ERROR(items.Prepare(view));
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<domain::Device> batch,
                     view.ListDevices({.after = after, .limit = kBatch}));
    for (const domain::Device& device : batch) items.Add(device);
    if (batch.size() < static_cast<size_t>(kBatch)) break;
    after = batch.back().asset_tag;
  }
  problem.items = items.TakeItems();
  problem.pools = items.Pools(built.warnings);
  built.blocked = items.TakeBlocked();
  built.conditional = items.TakeConditional();
  built.done = items.TakeDone();
  WaitForSoaks(file, office, items, problem);
  TakeOffUsed(file, items, frame.today, problem);
  ReachBack(file, office, problem);
  CarryTickets(file, office, items, problem);
  DropWhatDoesNotFit(built);
  return built;
}

}  // namespace kirikae::app

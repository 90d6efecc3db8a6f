#include "service/api/plan_problem.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "service/api/device_filter.h"
#include "service/domain/errors.h"
#include "service/domain/readiness.h"
#include "service/status_macros.h"
#include "service/text/holidays.h"

namespace kirikae::api {
namespace {

constexpr int kDefaultSpan = 400;
constexpr int kBatch = 1000;

planner::Calendar CalendarOf(const CalendarSpec& spec, absl::CivilDay first_day) {
  planner::Calendar calendar;
  calendar.first_day = std::max(first_day, spec.first_day.value_or(first_day));
  calendar.last_day = spec.last_day.value_or(calendar.first_day + kDefaultSpan);
  calendar.open_days = spec.open_days;
  calendar.closed_days = spec.closed_days;
  calendar.slots = spec.slots;
  calendar.weekly_open = spec.weekly_open;
  for (absl::CivilDay day = calendar.first_day; day <= calendar.last_day; ++day) {
    const bool opened = std::count(spec.open_days.begin(), spec.open_days.end(), day) > 0;
    if (!opened && IsOfficeHoliday(day)) calendar.closed_days.push_back(day);
  }
  return calendar;
}

bool AnyOpenDay(const planner::Calendar& calendar) {
  const auto has = [](const std::vector<absl::CivilDay>& days, absl::CivilDay day) {
    return std::find(days.begin(), days.end(), day) != days.end();
  };
  for (absl::CivilDay day = calendar.first_day; day <= calendar.last_day; ++day) {
    const absl::Weekday weekday = absl::GetWeekday(day);
    const std::vector<absl::Weekday>& open = calendar.weekly_open;
    const bool weekly = open.empty()
                            ? weekday != absl::Weekday::saturday && weekday != absl::Weekday::sunday
                            : std::find(open.begin(), open.end(), weekday) != open.end();
    if ((weekly || has(calendar.open_days, day)) && !has(calendar.closed_days, day)) return true;
  }
  return false;
}

void AddTeamsAndPhases(const RolloutFile& file, planner::PlanProblem& problem) {
  for (const TeamSpec& spec : file.teams) {
    planner::Team& team = problem.teams.emplace_back();
    team.id = spec.id;
    team.minutes_per_slot = spec.minutes_per_slot;
    team.devices_per_slot = spec.devices_per_slot;
    team.sites = spec.sites;
  }
  for (const PhaseSpec& spec : file.phases) {
    problem.phases.push_back({spec.id, spec.not_before, spec.deadline, spec.soak_days});
  }
  for (const BlackoutSpec& spec : file.calendar.blackouts) {
    problem.blackouts.push_back({spec.from, spec.to, spec.department, spec.site, spec.phase});
  }
  problem.policy.department_daily_share = file.policy.department_daily_share;
  problem.policy.visit_minutes = file.policy.visit_minutes;
}

// Turns devices into items.
class ItemMaker {
 public:
  explicit ItemMaker(const RolloutFile& file) : file_(file), to_(file.to) {}

  absl::Status Prepare(store::ReadView& view) {
    ASSIGN_OR_RETURN(const DeviceFilter scope, ParseDeviceSelector(file_.scope));
    scope_ = scope;
    for (const PhaseSpec& phase : file_.phases) {
      ASSIGN_OR_RETURN(DeviceFilter filter, ParseDeviceSelector(phase.select));
      selectors_.push_back(std::move(filter));
    }
    ASSIGN_OR_RETURN(
        const std::vector<domain::Placement> placements,
        view.ListPlacements(
            {.rollout = file_.id, .team = "", .until = std::nullopt, .open_only = false}));
    for (const domain::Placement& placement : placements) {
      placements_.emplace(placement.asset_tag, placement);
    }
    return absl::OkStatus();
  }

  void Add(const domain::Device& device, BuiltProblem& built) {
    if (device.state != domain::DeviceState::kActive || device.auth_method != file_.from ||
        !scope_->Matches(device)) {
      return;
    }
    const auto placed = placements_.find(device.asset_tag);
    if (placed != placements_.end() && IsFinished(placed->second.state)) return;
    const auto selects = [&](const DeviceFilter& filter) { return filter.Matches(device); };
    const auto phase = std::find_if(selectors_.begin(), selectors_.end(), selects);
    if (phase == selectors_.end()) return;
    if (const auto blockers = domain::Blockers(device, to_); !blockers.empty()) {
      v1::BlockedDevice blocked;
      blocked.set_asset_tag(device.asset_tag);
      for (const domain::Blocker& blocker : blockers) blocked.add_codes(blocker.code);
      built.blocked.push_back(std::move(blocked));
      return;
    }
    planner::Item item;
    item.id = device.asset_tag;
    item.phase = file_.phases[static_cast<size_t>(phase - selectors_.begin())].id;
    item.department = device.department;
    item.site = device.site;
    const auto minutes = file_.policy.minutes.find(device.kind);
    item.minutes =
        minutes == file_.policy.minutes.end() ? file_.policy.default_minutes : minutes->second;
    if (const auto label = device.labels.find(file_.policy.group_by);
        label != device.labels.end()) {
      item.group = label->second;
    }
    if (device.kind == domain::DeviceKind::kSharedCounterTerminal &&
        file_.policy.counter_daily_share.has_value()) {
      item.pools.push_back("窓口:" + device.department);
      counters_.insert(item.pools.back());
    }
    // A device put off may go on its day or later, and its old date promises nothing.
    if (placed != placements_.end() && placed->second.state == domain::PlacementState::kDeferred) {
      item.not_before = placed->second.until;
    } else if (placed != placements_.end() && placed->second.day.has_value() &&
               placed->second.state != domain::PlacementState::kFailed &&
               placed->second.state != domain::PlacementState::kRolledBack) {
      item.published =
          planner::Position{*placed->second.day, placed->second.slot, placed->second.team};
    }
    built.problem.items.push_back(std::move(item));
  }

  void AddPools(planner::PlanProblem& problem) const {
    for (const std::string& id : counters_) {
      problem.pools.push_back({id, std::nullopt, file_.policy.counter_daily_share, 0});
    }
  }

 private:
  static bool IsFinished(domain::PlacementState state) {
    return state == domain::PlacementState::kMigrated ||
           state == domain::PlacementState::kVerified || state == domain::PlacementState::kExempt;
  }

  const RolloutFile& file_;
  const domain::AuthMethod to_;
  std::optional<DeviceFilter> scope_;
  std::vector<DeviceFilter> selectors_;
  std::map<std::string, domain::Placement> placements_;
  std::set<std::string> counters_;
};

}  // namespace

bool IsOfficeHoliday(absl::CivilDay day) {
  if (text::HolidayOn(day).has_value()) return true;
  return (day.month() == 12 && day.day() >= 29) || (day.month() == 1 && day.day() <= 3);
}

absl::StatusOr<BuiltProblem> BuildProblem(store::ReadView& view, const RolloutFile& file,
                                          absl::CivilDay first_day) {
  BuiltProblem built;
  built.problem.calendar = CalendarOf(file.calendar, first_day);
  if (!AnyOpenDay(built.problem.calendar)) {
    return domain::NoWorkingDayLeft(absl::FormatCivilTime(built.problem.calendar.first_day),
                                    absl::FormatCivilTime(built.problem.calendar.last_day));
  }
  AddTeamsAndPhases(file, built.problem);
  ItemMaker items(file);
  RETURN_IF_ERROR(items.Prepare(view));
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<domain::Device> batch,
                     view.ListDevices({.after = after, .limit = kBatch}));
    for (const domain::Device& device : batch) items.Add(device, built);
    if (batch.size() < static_cast<size_t>(kBatch)) break;
    after = batch.back().asset_tag;
  }
  items.AddPools(built.problem);
  return built;
}

}  // namespace kirikae::api

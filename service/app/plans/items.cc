#include "service/app/plans/items.h"

#include <algorithm>
#include <utility>

#include "service/domain/placement_states.h"
#include "service/domain/readiness.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::PlacementState;
using domain::Sentence;

const char kCounter[] = "窓口:";

void Raise(std::optional<absl::CivilDay>& day, const std::optional<absl::CivilDay>& other) {
  if (other.has_value() && (!day.has_value() || *day < *other)) day = other;
}

}  // namespace

PlanItems::PlanItems(const RolloutFile& file, const PlanFrame& frame, domain::ExpectedDays expected)
    : file_(file),
      frame_(frame),
      expected_(std::move(expected)),
      worked_until_(file.phases.size()) {}

absl::Status PlanItems::Prepare(store::ReadView& view) {
  ASSIGN_OR_RETURN(const DeviceFilter scope, ParseDeviceSelector(file_.scope));
  scope_ = scope;
  for (const PhaseSpec& phase : file_.phases) {
    ASSIGN_OR_RETURN(DeviceFilter filter, ParseDeviceSelector(phase.select));
    selectors_.push_back(std::move(filter));
  }
  for (const PoolSpec& spec : file_.pools) {
    Pooled pool{&spec, std::nullopt};
    if (!spec.select.empty()) {
      ASSIGN_OR_RETURN(DeviceFilter filter, ParseDeviceSelector(spec.select));
      pool.filter = std::move(filter);
    }
    pools_.push_back(std::move(pool));
  }
  ASSIGN_OR_RETURN(const std::vector<domain::Wave> waves, view.ListWaves(file_.id));
  std::map<int64_t, domain::WaveState> wave_states;
  for (const domain::Wave& wave : waves) wave_states[wave.number] = wave.state;
  ASSIGN_OR_RETURN(
      std::vector<domain::Placement> placements,
      view.ListPlacements(
          {.rollout = file_.id, .team = "", .until = std::nullopt, .open_only = false}));
  for (domain::Placement& placement : placements) {
    const auto wave = wave_states.find(placement.wave);
    const bool has_begun = domain::HasBegun(
        placement, wave == wave_states.end() ? domain::WaveState::kPlanned : wave->second,
        frame_.today);
    const bool attempted = domain::IsAttempted(placement.state) && !placement.off_schedule &&
                           placement.day <= frame_.today;
    const auto phase = PhaseNumber(placement.phase);
    if ((has_begun || attempted) && phase.has_value()) {
      running_ = std::max(running_.value_or(0), *phase);
    }
    const std::string tag = placement.asset_tag;
    standings_.emplace(tag, Standing{std::move(placement), has_begun});
  }
  return absl::OkStatus();
}

std::optional<size_t> PlanItems::PhaseNumber(const std::string& id) const {
  for (size_t i = 0; i < file_.phases.size(); ++i) {
    if (file_.phases[i].id == id) return i;
  }
  return std::nullopt;
}

const PlanItems::Standing* PlanItems::Find(const domain::Device& device) const {
  const auto found = standings_.find(device.asset_tag);
  return found == standings_.end() ? nullptr : &found->second;
}

int PlanItems::MinutesOf(const domain::Device& device) const {
  const auto minutes = file_.policy.minutes.find(device.kind);
  return minutes == file_.policy.minutes.end() ? file_.policy.default_minutes : minutes->second;
}

void PlanItems::Count(const domain::Device& device) {
  ++departments_[device.department];
  if (device.kind == domain::DeviceKind::kSharedCounterTerminal) {
    ++counters_[kCounter + device.department];
  }
  for (Pooled& pool : pools_) {
    const bool is_in = pool.filter.has_value()
                           ? pool.filter->Matches(device)
                           : pool.spec->id == device.department ||
                                 (device.kind == domain::DeviceKind::kSharedCounterTerminal &&
                                  pool.spec->id == kCounter + device.department);
    if (is_in) ++pool.size;
  }
}

// Records the work done at the device. It decides when the soak of the device's phase ends, and
// what remains of today's capacity.
void PlanItems::NoteWork(const domain::Device& device, const Standing& standing, size_t own_phase) {
  const domain::Placement& placement = standing.placement;
  if (!domain::IsAttempted(placement.state) && !standing.has_begun) return;
  std::optional<absl::CivilDay> day = placement.day;
  if (domain::IsAttempted(placement.state) && placement.marked_time.has_value()) {
    day = absl::ToCivilDay(*placement.marked_time, frame_.zone);
  }
  if (!day.has_value()) return;
  const bool was_switched = placement.state == PlacementState::kMigrated ||
                            placement.state == PlacementState::kVerified ||
                            placement.state == PlacementState::kRolledBack;
  if (was_switched) ++switched_[*day];
  const size_t phase = PhaseNumber(placement.phase).value_or(own_phase);
  Raise(worked_until_[phase], standing.has_begun ? day : std::min(*day, frame_.today));
  if (placement.day == frame_.today && !placement.off_schedule && !standing.has_begun) {
    Used& used = used_today_[{placement.team, placement.slot}];
    used.minutes += MinutesOf(device);
    ++used.devices;
    used.sites.insert(device.site);
  }
}

domain::Prospect PlanItems::ProspectOf(const domain::Device& device) const {
  return domain::ProspectOf(domain::Blockers(device, file_.to, file_.policy.minimum_os), expected_,
                            frame_.today);
}

void PlanItems::AddBlocked(const domain::Device& device, const domain::Prospect& prospect) {
  BlockedDevice& blocked = blocked_.emplace_back();
  blocked.asset_tag = device.asset_tag;
  for (const domain::Blocker& blocker :
       domain::Blockers(device, file_.to, file_.policy.minimum_os)) {
    blocked.codes.push_back(blocker.code);
  }
  if (prospect.overdue) blocked.codes.emplace_back("DUE_DATE_PASSED");
}

// Whether the lease ends before the first day on which the device could be switched: it is given
// back as it is.
bool PlanItems::LeaseEndsBefore(const domain::Device& device, const planner::Item& item) const {
  if (!device.lease_ends_on.has_value()) return false;
  absl::CivilDay first = std::max(frame_.first_day, item.not_before.value_or(frame_.first_day));
  const std::optional<size_t> phase = PhaseNumber(item.phase);
  if (phase.has_value()) first = std::max(first, file_.phases[*phase].not_before.value_or(first));
  return *device.lease_ends_on < first;
}

std::vector<std::string> PlanItems::PoolsOf(const domain::Device& device) const {
  std::vector<std::string> pools;
  const auto is_named = [](const std::string& id) {
    return [&id](const Pooled& pool) { return !pool.filter.has_value() && pool.spec->id == id; };
  };
  const std::string counter = kCounter + device.department;
  if (device.kind == domain::DeviceKind::kSharedCounterTerminal &&
      (file_.policy.counter_daily_share.has_value() ||
       std::any_of(pools_.begin(), pools_.end(), is_named(counter)))) {
    pools.push_back(counter);
  }
  for (const Pooled& pool : pools_) {
    if (pool.filter.has_value() && pool.filter->Matches(device)) pools.push_back(pool.spec->id);
  }
  return pools;
}

planner::Item PlanItems::MakeItem(const domain::Device& device, const Standing* standing,
                                  size_t own_phase) {
  planner::Item item;
  item.id = device.asset_tag;
  item.department = device.department;
  item.site = device.site;
  item.minutes = MinutesOf(device);
  item.pools = PoolsOf(device);
  const bool fixed = standing != nullptr && standing->has_begun;
  size_t phase = own_phase;
  if (fixed) phase = PhaseNumber(standing->placement.phase).value_or(own_phase);
  // A device of an earlier phase is planned in the phase that is running now.
  item.phase = file_.phases[std::max(phase, running_.value_or(0))].id;
  if (fixed) {
    item.fixed = planner::Position{*standing->placement.day, standing->placement.slot,
                                   standing->placement.team};
    return item;  // a wave that has begun does not hold the rest of a group to its slot
  }
  if (const auto label = device.labels.find(file_.policy.group_by); label != device.labels.end()) {
    item.group = label->second;
  }
  if (standing == nullptr) return item;
  const domain::Placement& placement = standing->placement;
  if (placement.state == PlacementState::kDeferred) Raise(item.not_before, placement.until);
  // Only a planned day in the future counts as published: not a past day, and not a day on which
  // the device failed or was deferred.
  if (domain::IsOpen(placement.state) && placement.day >= frame_.first_day) {
    item.published = planner::Position{*placement.day, placement.slot, placement.team};
  }
  return item;
}

void PlanItems::Add(const domain::Device& device) {
  const auto selects = [&](const DeviceFilter& filter) { return filter.Matches(device); };
  const auto selector = std::find_if(selectors_.begin(), selectors_.end(), selects);
  const Standing* const standing = Find(device);
  const bool in_scope = device.state == domain::DeviceState::kActive && scope_->Matches(device);
  if (in_scope) Count(device);
  if (selector == selectors_.end()) return;
  const auto own_phase = static_cast<size_t>(selector - selectors_.begin());
  if (standing != nullptr) {
    NoteWork(device, *standing, own_phase);
    if (domain::IsFinished(standing->placement.state)) {
      done_.push_back(device.asset_tag);
      return;
    }
  }
  if (!in_scope || device.auth_method != file_.from) return;
  const bool fixed = standing != nullptr && standing->has_begun;
  const domain::Prospect prospect = fixed ? domain::Prospect() : ProspectOf(device);
  if (prospect.blocked) {
    AddBlocked(device, prospect);
    return;
  }
  planner::Item item = MakeItem(device, standing, own_phase);
  if (!fixed) {
    Raise(item.not_before, prospect.ready_on);
    if (LeaseEndsBefore(device, item)) {
      blocked_.push_back({device.asset_tag, {"LEASE_ENDS"}});
      return;
    }
  }
  if (!prospect.IsReady()) conditional_.push_back({device.asset_tag, prospect.conditions});
  items_.push_back(std::move(item));
}

std::vector<planner::Pool> PlanItems::Pools(std::vector<PlanWarning>& warnings) const {
  std::map<std::string, planner::Pool> pools;
  for (const auto& [id, size] : departments_) pools[id] = {id, size, std::nullopt, 0};
  if (file_.policy.counter_daily_share.has_value()) {
    for (const auto& [id, size] : counters_) {
      pools[id] = {id, size, file_.policy.counter_daily_share, 0};
    }
  }
  for (const Pooled& pool : pools_) {
    const PoolSpec& spec = *pool.spec;
    if (pool.size == 0) {
      warnings.push_back(
          {"POOL_WITHOUT_DEVICES", Sentence("The pool $0 has no device in scope.", {spec.id})});
      continue;
    }
    const auto known = pools.find(spec.id);
    planner::Pool row =
        known == pools.end() ? planner::Pool{spec.id, pool.size, std::nullopt, 0} : known->second;
    if (spec.size.has_value()) row.size = *spec.size;
    if (spec.daily_share.has_value()) row.daily_share = spec.daily_share;
    row.daily_limit = spec.daily_limit;
    pools[spec.id] = std::move(row);
  }
  std::vector<planner::Pool> rows;
  for (auto& [id, pool] : pools) {
    if (!id.empty()) rows.push_back(std::move(pool));
  }
  return rows;
}

}  // namespace kirikae::app

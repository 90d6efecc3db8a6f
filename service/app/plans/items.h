// Selects the devices that a plan is about, with their facts.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "service/app/inventory/device_filter.h"
#include "service/app/plans/problem.h"
#include "service/app/rollouts/rollout_file.h"

namespace kirikae::app {

/// Turns devices into items: call Prepare, then Add for each device, then read the results.
class PlanItems {
 public:
  /// `expected`: the days by which the policy expects blockers to be gone.
  PlanItems(const RolloutFile& file, const PlanFrame& frame, domain::ExpectedDays expected);

  /// Reads the rollout's waves and placements. INVALID_ARGUMENT for an unreadable filter.
  absl::Status Prepare(store::ReadView& view);
  void Add(const domain::Device& device);

  std::vector<planner::Item> TakeItems() { return std::move(items_); }
  std::vector<BlockedDevice> TakeBlocked() { return std::move(blocked_); }
  std::vector<ConditionalDevice> TakeConditional() { return std::move(conditional_); }
  std::vector<std::string> TakeDone() { return std::move(done_); }
  /// The pools of departments, counters and the file, with all their devices in scope. Pools of the
  /// file without devices are left out and named in `warnings`.
  std::vector<planner::Pool> Pools(std::vector<PlanWarning>& warnings) const;
  /// By phase number: the last day on which anything was done in the phase; absent: nothing yet.
  const std::vector<std::optional<absl::CivilDay>>& worked_until() const { return worked_until_; }
  /// The number of the last phase that has begun; absent: none has.
  const std::optional<size_t>& running() const { return running_; }
  /// By day: the number of devices switched. They are not items, but their tickets are still
  /// expected.
  const std::map<absl::CivilDay, int64_t>& switched() const { return switched_; }
  /// The capacity of a team's slot that work done today has used; it is subtracted from the slot's
  /// capacity.
  struct Used {
    int64_t minutes = 0;
    int64_t devices = 0;
    std::set<std::string> sites;
  };
  const std::map<std::pair<std::string, std::string>, Used>& used_today() const {
    return used_today_;
  }

 private:
  struct Pooled {
    const PoolSpec* spec;
    std::optional<DeviceFilter> filter;
    int64_t size = 0;
  };
  struct Standing {
    domain::Placement placement;
    bool has_begun = false;
  };

  const Standing* Find(const domain::Device& device) const;
  std::optional<size_t> PhaseNumber(const std::string& id) const;
  int MinutesOf(const domain::Device& device) const;
  void Count(const domain::Device& device);
  void NoteWork(const domain::Device& device, const Standing& standing, size_t own_phase);
  domain::Prospect ProspectOf(const domain::Device& device) const;
  void AddBlocked(const domain::Device& device, const domain::Prospect& prospect);
  bool LeaseEndsBefore(const domain::Device& device, const planner::Item& item) const;
  planner::Item MakeItem(const domain::Device& device, const Standing* standing, size_t own_phase);
  std::vector<std::string> PoolsOf(const domain::Device& device) const;

  const RolloutFile& file_;
  const PlanFrame& frame_;
  const domain::ExpectedDays expected_;
  std::optional<DeviceFilter> scope_;
  std::vector<DeviceFilter> selectors_;
  std::vector<Pooled> pools_;
  std::map<std::string, Standing> standings_;
  std::map<std::string, int64_t> departments_;
  std::map<std::string, int64_t> counters_;
  std::vector<std::optional<absl::CivilDay>> worked_until_;
  std::optional<size_t> running_;
  std::map<absl::CivilDay, int64_t> switched_;
  std::map<std::pair<std::string, std::string>, Used> used_today_;
  std::vector<planner::Item> items_;
  std::vector<BlockedDevice> blocked_;
  std::vector<ConditionalDevice> conditional_;
  std::vector<std::string> done_;
};

}  // namespace kirikae::app

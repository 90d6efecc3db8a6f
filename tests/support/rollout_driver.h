// Drives a rollout through the API as operators and approvers do, with a clock that tests set.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"
#include "kirikae/v1/types.pb.h"
#include "tests/support/daemon.h"

namespace kirikae::testing {

/// One rollout of a daemon. A failing call fails the test. Not thread-safe.
class RolloutDriver {
 public:
  /// `rollout` is its id.
  RolloutDriver(Daemon& daemon, std::string rollout)
      : daemon_(daemon), rollout_(std::move(rollout)) {}

  /// Restarts the daemon at that hour (0 to 23, Japan) of that day; `kirikaed check` must find
  /// nothing in between.
  void GoTo(absl::CivilDay day, int hour = 16);
  absl::CivilDay today() const { return today_; }

  v1::Rollout Rollout() const;
  v1::Phase Phase(const std::string& id) const;
  v1::Progress Progress() const;
  std::vector<v1::Wave> Waves() const;
  v1::Wave Wave(int number) const;
  /// Tags of today's and overdue devices.
  std::vector<std::string> Due() const;
  std::string Report() const;  ///< HTML, in English

  /// Marks through `kirikae mark`; returns its exit code.
  int Mark(const std::string& outcome, const std::vector<std::string>& tags,
           const std::vector<std::string>& more = {});
  /// Makes, submits and approves a plan.
  void ApproveNewPlan();
  /// The number of devices in the inventory with this placement state.
  int CountInInventory(const std::string& state) const;

  /// Expects that progress, report and inventory agree.
  void ExpectCountsAgree() const;

 private:
  Daemon& daemon_;
  const std::string rollout_;
  absl::CivilDay today_;
};

}  // namespace kirikae::testing

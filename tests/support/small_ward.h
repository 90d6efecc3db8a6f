// A ward of a few devices, whose plans can be worked out by hand.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/support/daemon.h"

namespace kirikae::testing {

/// Lines of a text, without their ends.
std::vector<std::string> LinesOf(const std::string& text);

/// `count` ready staff devices of a department (`総務部/総務課`), tagged `PREFIX-01` on.
struct DeviceBatch {
  std::string prefix;
  int count = 0;
  std::string department;
};

/// Imports the devices and their one user, whose face is registered.
void ImportDevices(const Daemon& daemon, const std::vector<DeviceBatch>& batches);

/// Applies a rollout `small` with these lines of YAML (phases, teams, policy, calendar, …).
void ApplyRollout(const Daemon& daemon, const std::string& yaml);

/// Makes plan `number`, submits and approves it; `flags` go to `plan create`.
void ApprovePlan(const Daemon& daemon, int number, const std::vector<std::string>& flags = {});

/// The days of a plan's placements by tag.
std::map<std::string, std::string> PlanDays(const Daemon& daemon, int number);

/// Restarts the daemon with its clock at a time, such as `2025-04-02T17:00:00+09:00`.
void MoveClock(Daemon& daemon, const std::string& time);

/// Runs kirikae and expects it to succeed.
ProgramResult Succeed(const Daemon& daemon, const std::vector<std::string>& args);

/// Expects `kirikaed check` to find nothing.
void ExpectSound(const Daemon& daemon);

}  // namespace kirikae::testing

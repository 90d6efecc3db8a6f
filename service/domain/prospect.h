// When a device that can't be switched yet should be ready.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "service/domain/readiness.h"

namespace kirikae::domain {

/// The day on which each kind of blocker is expected to be gone; an absent kind is not expected to
/// go.
using ExpectedDays = std::map<Awaited, absl::CivilDay>;

/// What has to happen before a device can be switched.
struct Condition {
  std::string code;       ///< of the blocker
  absl::CivilDay day;     ///< on which it should be gone
  bool recorded = false;  ///< the day is from the records, not expected

  friend bool operator==(const Condition&, const Condition&) = default;
};

/// What becomes of a device's blockers.
struct Prospect {
  /// One for each code, with the latest day; in the order of the blockers. Empty for a device that
  /// is ready.
  std::vector<Condition> conditions;
  bool blocked = false;                    ///< a blocker has no day, or only one that has passed
  bool overdue = false;                    ///< of a blocked device: a day in the records has passed
  std::optional<absl::CivilDay> ready_on;  ///< the last of the days; absent: none has one

  bool IsReady() const { return conditions.empty() && !blocked; }
};

/// What becomes of `blockers`. A day in the records counts until it has passed before `today`;
/// then, or without one, the day expected for the kind of blocker.
Prospect ProspectOf(const std::vector<Blocker>& blockers, const ExpectedDays& expected,
                    absl::CivilDay today);

}  // namespace kirikae::domain

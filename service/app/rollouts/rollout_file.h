// The rollout file that a planner writes: read and checked as a whole.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/domain/proportion.h"
#include "service/domain/readiness.h"
#include "service/domain/values.h"
#include "service/planner/problem.h"

namespace kirikae::app {

/// When a phase is held and when the next one opens. A threshold is a share or a count.
struct GateSpec {
  std::optional<double> success_share;  ///< 0 to 1
  std::optional<int> success_count;
  int minimum_sample = 0;
  std::optional<int> incidents;
  bool approval = false;
  std::optional<double> confidence;                  ///< 0.5 to below 1; only with success_share
  std::optional<domain::SequentialTest> sequential;  ///< that may hold the phase early
};

struct PhaseSpec {
  std::string id;
  std::string title;
  std::string select;  ///< filter; "" = all that no earlier phase has
  std::optional<absl::CivilDay> not_before;
  std::optional<absl::CivilDay> deadline;
  int soak_days = 0;
  GateSpec gate;
};

struct TeamSpec {
  std::string id;
  std::optional<int> minutes_per_slot;
  std::optional<int> devices_per_slot;
  std::vector<std::string> sites;
  std::vector<planner::CapacityChange> changes;
};

/// A limit on how many devices of a group may be away on one day.
struct PoolSpec {
  std::string id;           ///< a department's path, `窓口:` and a path for a counter, or a name
  std::string select;       ///< filter; "" = what the id says
  std::optional<int> size;  ///< absent = the devices in scope
  std::optional<double> daily_share;
  int daily_limit = 0;  ///< 0 = none
};

struct BlackoutSpec {
  absl::CivilDay from;
  absl::CivilDay to;
  std::string department;
  std::string site;
  std::string phase;
  std::string why;
};

struct CalendarSpec {
  std::vector<std::string> slots;
  std::vector<absl::Weekday> weekly_open;  ///< empty = Monday to Friday
  std::vector<absl::CivilDay> open_days;
  std::vector<absl::CivilDay> closed_days;
  std::optional<absl::CivilDay> first_day;
  std::optional<absl::CivilDay> last_day;
  std::vector<BlackoutSpec> blackouts;
};

struct PolicySpec {
  double department_daily_share = 1.0;
  std::optional<double> counter_daily_share;
  int visit_minutes = 0;
  int default_minutes = 20;
  std::map<domain::DeviceKind, int> minutes;
  std::string group_by;    ///< a label's key; "" = no groups
  std::string minimum_os;  ///< `Windows 11`; "" = any
  /// After how many open days a kind of blocker should be gone; absent: nobody expects that.
  std::map<domain::Awaited, int> expect;
  /// Open days before its wave by which a device has to be ready; absent: not given.
  std::optional<int> ready_before;
  planner::HelpDesk help_desk;
  std::vector<planner::Objective> objectives;  ///< empty = the usual order

  /// `ready_before`, or the usual two open days.
  int ReadyBefore() const { return ready_before.value_or(2); }
  /// Whether a device that is not ready in time leaves its wave.
  bool LeavesUnready() const {
    return (!expect.empty() || ready_before.has_value()) && ReadyBefore() > 0;
  }
};

struct RolloutFile {
  std::string id;
  std::string title;
  domain::AuthMethod from = domain::AuthMethod::kIcCardAndPassword;
  domain::AuthMethod to = domain::AuthMethod::kFaceAndPassword;
  std::string scope;
  std::vector<PhaseSpec> phases;
  PolicySpec policy;
  std::vector<TeamSpec> teams;
  std::vector<PoolSpec> pools;
  CalendarSpec calendar;
};

/// Reads the YAML of at most 1 MiB. INVALID_ARGUMENT with every violation by its path: unknown
/// keys, thresholds and days that can't be read, filters, phases or teams named twice or missing.
absl::StatusOr<RolloutFile> ParseRolloutFile(std::string_view yaml);

/// The top-level keys whose values differ between two valid files, by name; every key of `after`
/// when `before` is empty. Comments don't count.
std::vector<std::string> DifferingFields(const std::string& before, const std::string& after);

}  // namespace kirikae::app

// The due list: devices to be switched, and devices whose exception ends.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/app/ward.h"
#include "service/domain/readiness.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The position of a row in the due list. The list is in this order; rollouts come before ending
/// exceptions.
struct DuePosition {
  bool exception = false;             ///< an ending exception; then only the tag counts
  std::string rollout;                ///< id
  std::optional<absl::CivilDay> day;  ///< planned
  std::string slot;
  std::string team;
  std::string asset_tag;
};

/// Selects rows of the list.
struct DueQuery {
  std::string team;    ///< id; "" = all. Exceptions are no team's work, so a team leaves them out.
  std::string site;    ///< "" = all
  absl::CivilDay day;  ///< devices planned on this day or before it
  std::optional<DuePosition> after;  ///< rows after this one; absent = from the first
  int limit = 100;
};

/// A row of the list.
struct DueDevice {
  domain::Device device;
  /// Its placement; absent: it is listed because its exception ends.
  std::optional<domain::Placement> placement;
  std::optional<absl::CivilDay> day;  ///< planned, or the last day on which the exception holds
  bool overdue = false;               ///< planned for a day before the one asked for
  std::vector<domain::Blocker> blockers;

  DuePosition position() const;
};

struct DueList {
  std::vector<DueDevice> devices;
  bool more = false;  ///< whether rows follow the last one
};

/// The rows in order. Leaves out a device whose wave should have begun by today but could not,
/// because its phase waits or is held: nobody can work on it.
absl::StatusOr<DueList> ListDue(const Ward& ward, store::ReadView& view, const DueQuery& query);

}  // namespace kirikae::app

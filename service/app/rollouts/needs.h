// What has to happen before the devices of a rollout can be switched.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/ward.h"
#include "service/domain/readiness.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A blocker of a device that is still to be switched.
struct Need {
  std::string department;
  std::string asset_tag;
  std::string phase;
  domain::Blocker blocker;
  std::optional<absl::CivilDay> planned_day;
  /// The last day on which the need can be met for the planned day to hold; absent: not planned.
  std::optional<absl::CivilDay> ready_by;
  /// `ready_by` has passed; or the day in the records has passed, or comes after the planned day.
  bool late = false;
};

/// The position of a need in the list. The list is in this order; devices that are not planned come
/// last within a department.
struct NeedPosition {
  std::string department;
  std::optional<absl::CivilDay> ready_by;
  std::string asset_tag;
  std::string code;
  std::string staff_number;
};

NeedPosition PositionOf(const Need& need);

/// Selects needs.
struct NeedQuery {
  std::string department = {};  ///< and those below it; "" = all
  /// Needs after this one; absent = from the first.
  std::optional<NeedPosition> after = std::nullopt;
  int limit = 100;
};

struct NeedList {
  std::vector<Need> needs;
  bool more = false;  ///< whether needs follow the last one
};

/// The needs of the rollout's devices that are neither finished nor exempt, in order. Reads every
/// device.
absl::StatusOr<NeedList> ListNeeds(const Ward& ward, store::ReadView& view,
                                   const domain::Rollout& rollout, const ParsedRollout& file,
                                   const NeedQuery& query);

}  // namespace kirikae::app

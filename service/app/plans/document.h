// Writes a plan as a file for calendars and spreadsheets.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/catalogue/catalogue.h"
#include "service/domain/records.h"
#include "service/planner/solution.h"
#include "service/store/store.h"

namespace kirikae::app {

enum class DocumentForm {
  kIcs,   ///< see ToIcs
  kCsv,   ///< UTF-8 with a byte order mark; formulas are neutralised
  kXlsx,  ///< one sheet of text cells
};

/// A file, and the number of its devices.
struct PlanDocument {
  std::string bytes;
  size_t devices = 0;
};

/// One device of a plan, with the inventory's present values that a technician needs to find it. A
/// device that no longer exists has only its tag.
struct PlannedDevice {
  planner::Placement placement;  ///< of the item that is the asset tag
  std::string host_name;
  std::string department;
  std::string site;
  std::string floor;
  std::string users;       ///< names, separated by ", "
  std::string conditions;  ///< what it waits for, in words, separated by ", "; "" = it was ready
};

/// The plan's devices as a file made at `now`. A calendar also has the waves of earlier plans that
/// this one lacks, from the day on which it was made, `made_on`: those before are done. UNAVAILABLE
/// when a workbook's temporary file can't be written.
absl::StatusOr<PlanDocument> WritePlan(store::ReadView& view, const domain::Plan& plan,
                                       DocumentForm form, catalogue::Language language,
                                       absl::Time now, absl::CivilDay made_on);

}  // namespace kirikae::app

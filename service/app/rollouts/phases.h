// What is known of a rollout's phases at an instant.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/app/calendar/office_calendar.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/ward.h"
#include "service/domain/phase_gate.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A phase as its rollout's file has it, where it stands, and what is known of it. A plain value.
struct PhaseNow {
  PhaseSpec spec;
  domain::PhaseStatus status;
  domain::PhaseFacts facts;
  std::vector<std::string> open;  ///< tags of devices that are still to do, at most 50
};

/// The stored statuses in the order of the file; a phase without a stored one is WAITING.
absl::StatusOr<std::vector<domain::PhaseStatus>> StatusesOf(store::ReadView& view,
                                                            const domain::Rollout& rollout,
                                                            const ParsedRollout& file);

/// All phases in the order of the file. Counts all devices of the rollout, which takes as long as
/// reading them.
absl::StatusOr<std::vector<PhaseNow>> PhasesNow(const Ward& ward, store::ReadView& view,
                                                const domain::Rollout& rollout,
                                                const ParsedRollout& file);

/// Whether `soak_days` whole working days have passed between `done_on` and `today`.
bool SoakPassed(const CalendarSpec& calendar, const OfficeCalendar& office, absl::CivilDay done_on,
                int soak_days, absl::CivilDay today);

}  // namespace kirikae::app

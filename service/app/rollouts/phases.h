// The phases of a rollout at an instant.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/app/calendar/office_calendar.h"
#include "service/app/rollouts/count.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/ward.h"
#include "service/domain/phase_gate.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A phase as its rollout's file has it, its status, and the facts for its rules. A plain value.
struct PhaseNow {
  PhaseSpec spec;
  domain::PhaseStatus status;
  domain::PhaseFacts facts;
  std::vector<std::string> open;     ///< tags of devices that are still to do, at most 50
  std::vector<std::string> blocked;  ///< of those: blocked without an end in sight, at most 50
  int64_t blocked_count = 0;         ///< all of these
};

/// The stored statuses in the order of the file; a phase without one is WAITING.
absl::StatusOr<std::vector<domain::PhaseStatus>> StatusesOf(store::ReadView& view,
                                                            const domain::Rollout& rollout,
                                                            const ParsedRollout& file);

/// All phases in the order of the file. Reads and counts all devices of the rollout.
absl::StatusOr<std::vector<PhaseNow>> PhasesNow(const Ward& ward, store::ReadView& view,
                                                const domain::Rollout& rollout,
                                                const ParsedRollout& file);

/// As above with the devices counted before, by phase id.
absl::StatusOr<std::vector<PhaseNow>> PhasesNow(const Ward& ward, store::ReadView& view,
                                                const domain::Rollout& rollout,
                                                const ParsedRollout& file,
                                                std::map<std::string, PhaseCount> counts);

/// Whether `soak_days` whole working days have passed between `done_on` and `today`.
bool SoakPassed(const CalendarSpec& calendar, const OfficeCalendar& office, absl::CivilDay done_on,
                int soak_days, absl::CivilDay today);

}  // namespace kirikae::app

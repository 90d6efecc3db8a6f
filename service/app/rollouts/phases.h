// What is known of a rollout's phases at an instant, and how the API shows them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "service/api/call/legacy_call.h"
#include "service/app/calendar/office_calendar.h"
#include "service/app/rollouts/count.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/domain/phase_gate.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A phase as written, where it stands, and what is known of it.
struct PhaseNow {
  const PhaseSpec* spec = nullptr;  ///< of the file, which outlives this
  domain::PhaseStatus status;
  domain::PhaseFacts facts;
  std::vector<std::string> open;  ///< devices still to do, at most 50
  absl::TimeZone zone;            ///< the ward's
};

/// The statuses that are kept, with WAITING for a phase that has none yet, in the file's order.
absl::StatusOr<std::vector<domain::PhaseStatus>> StatusesOf(store::ReadView& view,
                                                            const domain::Rollout& rollout,
                                                            const ParsedRollout& file);

/// Counts all devices of the rollout; in the file's order.
absl::StatusOr<std::vector<PhaseNow>> PhasesNow(const api::Environment& env, store::ReadView& view,
                                                const domain::Rollout& rollout,
                                                const ParsedRollout& file);

/// Whether `soak_days` whole working days have passed between `done_on` and `today`.
bool SoakPassed(const CalendarSpec& calendar, const OfficeCalendar& office, absl::CivilDay done_on,
                int soak_days, absl::CivilDay today);

void ToProto(const PhaseNow& phase, const std::string& rollout, v1::Phase* proto);

}  // namespace kirikae::app

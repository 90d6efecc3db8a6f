// The card of a device for the help desk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/app/ward.h"
#include "service/domain/advice.h"
#include "service/domain/readiness.h"
#include "service/domain/records.h"
#include "service/domain/sentence.h"
#include "service/store/store.h"

namespace kirikae::app {

/// What the help desk sees of a device.
struct Card {
  domain::Device device;
  absl::Time now;  ///< of which the card tells
  domain::AuthMethod effective_method = domain::AuthMethod::kIcCardAndPassword;  ///< to log on with
  absl::Time since;                                                              ///< since when
  std::optional<domain::LivePlacement> live;  ///< in the rollout that goes on, if any
  std::optional<domain::AuthMethod>
      planned_method;                         ///< that the rollout leads to, where it differs
  std::optional<absl::CivilDay> planned_day;  ///< of a switch that is still to come
  std::string planned_slot;                   ///< with planned_day
  bool overdue = false;                       ///< planned_day has passed
  std::vector<domain::Blocker> blockers;      ///< what prevents its switch
  std::optional<domain::Sentence> state;      ///< as domain::StateSentence says
  std::string reason;  ///< why it came to that state, in the words of who did it; "" = not given
  std::optional<domain::HistoryEntry> last_change;
  domain::Sentence advice;
};

/// The card of a device at `now`. For a device in no rollout, the blockers are those of a switch to
/// face and password.
absl::StatusOr<Card> CardOf(store::ReadView& view, domain::Device device, const Ward& ward,
                            absl::Time now);

}  // namespace kirikae::app

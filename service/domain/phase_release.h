// What a person does to a phase: holds it, releases it, or opens its gate.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "service/domain/phase_gate.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// Who acts, when, and with what remark.
struct PhaseAct {
  std::string actor;
  std::string words;  ///< a hold's reason, a release's remark
  absl::Time now;
};

/// The phase held by a person; unchanged when it is already held. FAILED_PRECONDITION when it waits
/// or has passed.
absl::StatusOr<PhaseStatus> Hold(PhaseStatus status, const PhaseAct& act);

/// The released phase. A held phase returns to its state before the hold, and the failures and
/// incidents so far are accepted: only further ones hold it again. At the gate, a release is the
/// approval: the phase passes when no other condition is open. So it is in a running phase in which
/// nothing was attempted and nothing is left. `override`, only at the gate, opens
/// it whatever its figures. FAILED_PRECONDITION when the phase is neither held nor waits for an
/// approval.
absl::StatusOr<PhaseStatus> Release(PhaseStatus status, const GatePolicy& policy,
                                    const PhaseFacts& facts, const PhaseAct& act, bool override);

}  // namespace kirikae::domain

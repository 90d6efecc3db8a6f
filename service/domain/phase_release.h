// What a person does to a phase: hold it, release it, open its gate.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "service/domain/phase_gate.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// Who acts, and in what words.
struct PhaseAct {
  std::string actor;
  std::string words;  ///< a hold's reason, a release's remark
  absl::Time now;
};

/// The phase held by a person; unchanged when it is held already. FAILED_PRECONDITION while it
/// waits or after it has passed.
absl::StatusOr<PhaseStatus> Hold(PhaseStatus status, const PhaseAct& act);

/// The phase released. A held one goes back to where it was, and what was known to go wrong by then
/// is forgiven: only more of it holds the phase again. At the gate this is the approval, after
/// which the phase passes if nothing else stands against it. With `override` the gate opens
/// whatever its figures; only at the gate. FAILED_PRECONDITION where nothing is held and no
/// approval is awaited.
absl::StatusOr<PhaseStatus> Release(PhaseStatus status, const GatePolicy& policy,
                                    const PhaseFacts& facts, const PhaseAct& act, bool override);

}  // namespace kirikae::domain

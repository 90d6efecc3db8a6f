// Where a phase goes from where it stands: its state machine, and the gate's rules.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/domain/records.h"
#include "service/domain/tally.h"

namespace kirikae::domain {

/// What happens to a phase.
enum class PhaseEvent {
  kOpen = 1,      ///< the phase before has passed and its first day has come
  kWorkDone,      ///< no device is left to do
  kWorkAppeared,  ///< devices are to do again: a make-up wave, a late joiner
  kSoakPassed,
  kGatePassed,
  kHold,
  kRelease,
};

/// The state after `event`, or nothing where the table refuses it. A release leads to
/// PhaseStatus::returns_to; here to OPEN, which stands for it.
std::optional<PhaseState> AfterEvent(PhaseState from, PhaseEvent event);

/// Whether the phase's waves may start: it has opened and nothing holds it.
bool Runs(PhaseState state);

/// The gate's rules as the rollout file gives them.
struct GatePolicy {
  std::optional<double> success_share;  ///< 0 to 1, of the attempted
  std::optional<int64_t> success_count;
  int64_t minimum_sample = 0;  ///< attempts before the rate holds the phase
  std::optional<int64_t> incidents;
  bool approval = false;
};

/// What is known of a phase at an instant.
struct PhaseFacts {
  Tally tally;               ///< of all its devices, those in scope without a placement included
  bool may_open = false;     ///< the phase before has passed, its first day has come
  bool soak_passed = false;  ///< since PhaseStatus::done_on
  std::optional<absl::CivilDay> last_work;  ///< the last day on which a device was worked on
  absl::CivilDay today;
  absl::Time now;
};

/// Whether the successes meet the threshold: at least that share of the attempted, none attempted
/// meets it; or at least that number.
bool MeetsRate(const GatePolicy& policy, const Tally& tally);

/// The rule that holds the phase now. The rate: below the share with at least `minimum_sample`
/// attempted, or a count that can't be reached any more. Incidents: more than allowed. What a
/// release has forgiven does not hold it again until there is one more.
std::optional<HoldRule> HoldBy(const GatePolicy& policy, const PhaseStatus& status,
                               const Tally& tally);

/// What a gate waits for.
enum class GateBlock { kUnfinished = 1, kSoak, kSuccessRate, kIncidents, kApproval };

/// All that keeps the gate of a phase that has opened from opening the next.
std::vector<GateBlock> GateBlocks(const GatePolicy& policy, const PhaseStatus& status,
                                  const PhaseFacts& facts);

/// The phase one step on, or nothing where it stays as it is.
std::optional<PhaseStatus> Advance(const PhaseStatus& status, const GatePolicy& policy,
                                   const PhaseFacts& facts);

/// The phase held by a rule, with the figures it saw; unchanged where it waits or has passed.
PhaseStatus HeldByRule(PhaseStatus status, HoldRule rule, const Tally& tally, absl::Time now);

}  // namespace kirikae::domain

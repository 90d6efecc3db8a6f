// The state machine of a phase, and the rules of its gate.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/domain/proportion.h"
#include "service/domain/records.h"
#include "service/domain/tally.h"

namespace kirikae::domain {

/// What happens to a phase.
enum class PhaseEvent {
  kOpen = 1,      ///< the previous phase has passed, and its first day has come
  kWorkDone,      ///< no device is left to do
  kWorkAppeared,  ///< devices are to do again: a make-up wave, a late joiner
  kSoakPassed,
  kGatePassed,
  kHold,
  kRelease,
};

/// The state after `event`; absent when the table does not allow it. After a release, the phase
/// returns to PhaseStatus::returns_to; the table has OPEN in its place.
std::optional<PhaseState> AfterEvent(PhaseState from, PhaseEvent event);

/// Whether the phase's waves may start: it is open and not held.
bool Runs(PhaseState state);

/// The gate's rules from the rollout file.
struct GatePolicy {
  std::optional<double> success_share;  ///< 0 to 1, of the attempted
  std::optional<int64_t> success_count;
  int64_t minimum_sample = 0;  ///< attempts before the rate holds the phase
  std::optional<int64_t> incidents;
  bool approval = false;
  std::optional<double> confidence;          ///< with which the sample must prove success_share
  std::optional<SequentialTest> sequential;  ///< that may hold the phase early
};

/// The facts about a phase at an instant.
struct PhaseFacts {
  Tally tally;               ///< of all its devices, those in scope without a placement included
  bool may_open = false;     ///< the previous phase has passed, and its first day has come
  bool soak_passed = false;  ///< since PhaseStatus::done_on
  std::optional<absl::CivilDay> last_work;  ///< the last day on which a device was worked on
  absl::CivilDay today;
  absl::Time now;
};

/// Whether the successes meet the gate's threshold. A share: at least that share of the attempted
/// devices; always met when none was attempted. A count: at least that number.
bool MeetsRate(const GatePolicy& policy, const Tally& tally);

/// Whether the sample proves the share with the confidence that the gate asks for; true where it
/// asks for none.
bool ProvesRate(const GatePolicy& policy, const Tally& tally);

/// Whether no device is left to do, and none was attempted: all were put off or exempted, or there
/// are none. Such a phase does not soak and does not pass by itself; a person releases it.
bool NothingAttempted(const Tally& tally);

/// The rule that holds the phase now. Success rate: the share is below the threshold and at least
/// `minimum_sample` devices were attempted, or a count can't be reached any more, or the sequential
/// test has decided that the rate is bad. Incidents: more than allowed. Failures and incidents that
/// a release accepted count again only when there is one more.
std::optional<HoldRule> HoldBy(const GatePolicy& policy, const PhaseStatus& status,
                               const Tally& tally);

/// The conditions of a gate.
enum class GateBlock {
  kUnfinished = 1,
  kBlocked,           ///< devices that no work can switch: what blocks them has no end
  kNothingAttempted,  ///< a person has to decide
  kSoak,
  kSuccessRate,
  kConfidence,  ///< the sample does not prove the share
  kIncidents,
  kApproval
};

/// The conditions that keep the gate of an open phase closed.
std::vector<GateBlock> GateBlocks(const GatePolicy& policy, const PhaseStatus& status,
                                  const PhaseFacts& facts);

/// The phase after its next step; absent when it stays as it is.
std::optional<PhaseStatus> Advance(const PhaseStatus& status, const GatePolicy& policy,
                                   const PhaseFacts& facts);

/// The phase held by a rule, with the figures that the rule used; unchanged when it waits or has
/// passed.
PhaseStatus HeldByRule(PhaseStatus status, HoldRule rule, const Tally& tally, absl::Time now);

}  // namespace kirikae::domain

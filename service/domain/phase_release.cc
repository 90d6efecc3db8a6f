#include "service/domain/phase_release.h"

#include <optional>
#include <utility>

#include "service/domain/errors.h"

namespace kirikae::domain {

absl::StatusOr<PhaseStatus> Hold(PhaseStatus status, const PhaseAct& act) {
  if (status.state == PhaseState::kHeld) return status;
  const auto next = AfterEvent(status.state, PhaseEvent::kHold);
  if (!next.has_value()) return PhaseDoesNotRun(status.rollout, status.id, status.state);
  status.returns_to = status.state;
  status.state = *next;
  status.hold_rule = HoldRule::kPerson;
  status.hold_reason = act.words;
  status.held_by = act.actor;
  status.hold_time = act.now;
  return status;
}

namespace {

// The gate, by way of the soak.
PhaseState GateOf(PhaseState open) {
  const auto soaking = AfterEvent(open, PhaseEvent::kWorkDone);
  const auto gate =
      soaking.has_value() ? AfterEvent(*soaking, PhaseEvent::kSoakPassed) : std::nullopt;
  return gate.value_or(open);
}

}  // namespace

absl::StatusOr<PhaseStatus> Release(PhaseStatus status, const GatePolicy& policy,
                                    const PhaseFacts& facts, const PhaseAct& act, bool override) {
  const bool held = AfterEvent(status.state, PhaseEvent::kRelease).has_value();
  const PhaseState stands = held ? status.returns_to : status.state;
  // Where nothing was attempted, nothing soaks: the person decides at once.
  const bool nothing = stands == PhaseState::kOpen && NothingAttempted(facts.tally);
  const bool at_gate = stands == PhaseState::kGate || nothing;
  if (override && !at_gate) return OverrideBeforeGate(status.rollout, status.id, status.state);
  const bool awaits_approval = at_gate && (policy.approval || nothing) && !status.approved;
  if (!held && !awaits_approval && !override)
    return PhaseNotHeld(status.rollout, status.id, status.state);
  if (held) {
    status.state = status.returns_to;
    status.hold_rule.reset();
    status.hold_reason.clear();
    status.held_by.clear();
    status.hold_time.reset();
    status.held_succeeded = 0;
    status.held_attempted = 0;
    status.held_incidents = 0;
    status.forgiven_failures = facts.tally.Failures();
    status.forgiven_incidents = facts.tally.Incidents();
  }
  status.released_by = act.actor;
  status.remark = act.words;
  status.release_time = act.now;
  if (!at_gate) return status;
  status.approved = true;
  if (nothing) status.state = GateOf(status.state);
  const bool opens = GateBlocks(policy, status, facts).empty();
  const auto passed = AfterEvent(status.state, PhaseEvent::kGatePassed);
  if (!passed.has_value() || (!opens && !override)) return status;
  status.overridden = !opens;
  status.state = *passed;
  status.passed_on = facts.today;
  return status;
}

}  // namespace kirikae::domain

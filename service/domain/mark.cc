#include "service/domain/mark.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "service/domain/errors.h"
#include "service/domain/readiness.h"
#include "service/domain/wave_states.h"

namespace kirikae::domain {
namespace {

using State = PlacementState;
using Next = std::optional<PlacementState>;
constexpr Next kNone = std::nullopt;
constexpr Next kM = State::kMigrated;
constexpr Next kF = State::kFailed;
constexpr Next kV = State::kVerified;
constexpr Next kR = State::kRolledBack;
constexpr Next kD = State::kDeferred;
constexpr Next kE = State::kExempt;

// The code of the blocker that no override passes.
constexpr std::string_view kNoConsent = "CONSENT_WITHHELD";

struct Transition {
  State from;
  Next after[6];  // in the order of Outcome
};

constexpr Transition kTable[] = {
    // migrated, failed, verified, rolled back, deferred, exempt
    {State::kUnplanned, {kM, kF, kNone, kNone, kD, kE}},
    {State::kPlanned, {kM, kF, kNone, kNone, kD, kE}},
    {State::kDue, {kM, kF, kNone, kNone, kD, kE}},
    {State::kMigrated, {kM, kNone, kV, kR, kNone, kNone}},
    {State::kVerified, {kV, kNone, kV, kR, kNone, kNone}},
    {State::kFailed, {kM, kF, kNone, kNone, kD, kE}},
    {State::kRolledBack, {kM, kF, kNone, kR, kD, kE}},
    {State::kDeferred, {kM, kF, kNone, kNone, kD, kE}},
    {State::kExempt, {kNone, kNone, kNone, kNone, kNone, kE}},
};

// Whether the device's wave goes on in a paused rollout.
bool GoesOn(const Rollout& rollout, const Placement& placement) {
  return rollout.waves_go_on_until.has_value() && placement.day.has_value() &&
         *placement.day <= *rollout.waves_go_on_until &&
         (placement.state == State::kPlanned || placement.state == State::kDue);
}

// The method after the mark.
AuthMethod MethodAfter(const Device& device, const Placement& placement, const Rollout& rollout,
                       Outcome outcome) {
  if (outcome == Outcome::kMigrated) return rollout.to_method;
  if (outcome != Outcome::kRolledBack) return device.auth_method;
  const AuthMethod before = placement.method_before.value_or(rollout.from_method);
  return before == rollout.to_method ? rollout.from_method : before;
}

// Counts a failed attempt once, even when it is marked as failed again.
void CountAttempt(const Placement& before, Placement& after) {
  const bool absent = after.cause == FailureCause::kUserAbsent;
  if (after.state == State::kRolledBack) {
    ++after.failures;
  } else if (after.state == State::kFailed && before.state == State::kFailed) {
    const bool was_absent = before.cause == FailureCause::kUserAbsent;
    after.failures += static_cast<int64_t>(was_absent) - static_cast<int64_t>(absent);
    after.absences += static_cast<int64_t>(absent) - static_cast<int64_t>(was_absent);
  } else if (after.state == State::kFailed) {
    ++(absent ? after.absences : after.failures);
  }
}

std::vector<std::string> Codes(const std::vector<Blocker>& blockers) {
  std::vector<std::string> codes;
  codes.reserve(blockers.size());
  for (const Blocker& blocker : blockers) codes.emplace_back(blocker.code);
  return codes;
}

// Makes the device open for the next plan again.
absl::StatusOr<MarkEffect> LiftExemption(const Device& device, const Placement& placement,
                                         const MarkRequest& request) {
  const std::optional<State> next = AfterEvent(placement.state, PlacementEvent::kLift);
  if (!next.has_value()) return DeviceNotExempt(device.asset_tag);
  MarkEffect effect{placement, device.auth_method, true};
  effect.placement.state = *next;
  effect.placement.wave = 0;
  effect.placement.day.reset();
  effect.placement.slot.clear();
  effect.placement.team.clear();
  effect.placement.marked_time = request.time;
  return effect;
}

}  // namespace

bool MayMark(Role role, bool approves, Outcome outcome) {
  return outcome == Outcome::kExempt ? approves : role != Role::kApprover;
}

std::optional<PlacementState> AfterMark(PlacementState from, Outcome outcome) {
  for (const Transition& row : kTable) {
    if (row.from == from) return row.after[static_cast<size_t>(outcome) - 1];
  }
  return std::nullopt;
}

bool CanFollow(PlacementState from, PlacementState to) {
  for (const Transition& row : kTable) {
    if (row.from == from)
      return std::find(std::begin(row.after), std::end(row.after), to) != std::end(row.after);
  }
  return false;
}

absl::StatusOr<MarkEffect> Mark(const Device& device, const Placement& placement,
                                const Rollout& rollout, const MarkRequest& request) {
  const Outcome outcome = request.outcome;
  if (device.state == DeviceState::kRetired) return DeviceRetired(device.asset_tag);
  if (request.lift) return LiftExemption(device, placement, request);
  if (placement.state == State::kExempt && outcome != Outcome::kExempt) {
    return DeviceExempt(device.asset_tag);
  }
  const std::optional<State> next = AfterMark(placement.state, outcome);
  if (!next.has_value()) {
    if (outcome == Outcome::kFailed) return DeviceAlreadyMigrated(device.asset_tag);
    return MarkRefused(device.asset_tag, placement.state, Name(outcome));
  }
  MarkEffect effect{placement, device.auth_method, false};
  const bool again = *next == placement.state &&
                     (outcome != Outcome::kFailed || placement.cause == request.cause) &&
                     (outcome != Outcome::kDeferred || placement.until == request.until);
  if (again) return effect;
  if (outcome == Outcome::kMigrated && rollout.state == RolloutState::kPaused &&
      !GoesOn(rollout, placement)) {
    return RolloutPaused(rollout.id);
  }
  if (outcome == Outcome::kMigrated) {
    // Only an approver lets a held phase go on, by releasing it.
    if (request.phase_held && placement.state != State::kDue) {
      return DevicesPhaseHeld(device.asset_tag, placement.phase);
    }
    std::vector<Blocker> blockers = Blockers(device, rollout.to_method, rollout.minimum_os);
    // Nobody passes over a person who withholds consent.
    if (request.override_blockers) {
      std::erase_if(blockers, [](const Blocker& blocker) { return blocker.code != kNoConsent; });
    }
    if (!blockers.empty()) return DeviceBlocked(device.asset_tag, Codes(blockers));
  }
  effect.changed = true;
  effect.placement.state = *next;
  if (outcome == Outcome::kMigrated || outcome == Outcome::kFailed) {
    effect.placement.off_schedule = placement.day != request.day;
  }
  effect.placement.cause = request.cause;
  effect.placement.until = request.until;
  // A verification confirms the switch; the time of the switch stays.
  if (outcome != Outcome::kVerified) effect.placement.marked_time = request.time;
  CountAttempt(placement, effect.placement);
  if (outcome == Outcome::kMigrated) effect.placement.method_before = device.auth_method;
  effect.method = MethodAfter(device, placement, rollout, outcome);
  return effect;
}

}  // namespace kirikae::domain

#include "service/domain/phase_gate.h"

#include <algorithm>
#include <cstddef>

namespace kirikae::domain {
namespace {

using State = PhaseState;
using Next = std::optional<PhaseState>;
constexpr Next kNone = std::nullopt;

struct Transition {
  State from;
  Next after[7];  // in the order of PhaseEvent
};

constexpr Transition kTable[] = {
    // open, work done, work appeared, soak passed, gate passed, hold, release
    {State::kWaiting, {State::kOpen, kNone, kNone, kNone, kNone, kNone, kNone}},
    {State::kOpen,
     {State::kOpen, State::kSoaking, State::kOpen, kNone, kNone, State::kHeld, kNone}},
    {State::kSoaking,
     {kNone, State::kSoaking, State::kOpen, State::kGate, kNone, State::kHeld, kNone}},
    {State::kGate, {kNone, kNone, State::kOpen, State::kGate, State::kPassed, State::kHeld, kNone}},
    {State::kPassed, {kNone, kNone, State::kPassed, kNone, State::kPassed, kNone, kNone}},
    {State::kHeld, {kNone, kNone, kNone, kNone, kNone, State::kHeld, State::kOpen}},
};

// Tolerance for comparing shares; much smaller than one device in a million.
constexpr double kSlack = 1e-9;

}  // namespace

std::optional<PhaseState> AfterEvent(PhaseState from, PhaseEvent event) {
  for (const Transition& row : kTable) {
    if (row.from == from) return row.after[static_cast<size_t>(event) - 1];
  }
  return std::nullopt;
}

bool Runs(PhaseState state) {
  return state == State::kOpen || state == State::kSoaking || state == State::kGate ||
         state == State::kPassed;
}

bool MeetsRate(const GatePolicy& policy, const Tally& tally) {
  const auto succeeded = static_cast<double>(tally.Succeeded());
  if (policy.success_share.has_value() &&
      succeeded + kSlack < *policy.success_share * static_cast<double>(tally.Attempted())) {
    return false;
  }
  return !policy.success_count.has_value() || tally.Succeeded() >= *policy.success_count;
}

bool ProvesRate(const GatePolicy& policy, const Tally& tally) {
  if (!policy.confidence.has_value() || !policy.success_share.has_value()) return true;
  return LowerBound(tally.Succeeded(), tally.Attempted(), *policy.confidence) + kSlack >=
         *policy.success_share;
}

bool NothingAttempted(const Tally& tally) { return tally.Open() == 0 && tally.Attempted() == 0; }

std::optional<HoldRule> HoldBy(const GatePolicy& policy, const PhaseStatus& status,
                               const Tally& tally) {
  const bool worse = tally.Failures() > status.forgiven_failures;
  const bool sampled = tally.Attempted() >= policy.minimum_sample && tally.Attempted() > 0;
  GatePolicy share = policy;
  share.success_count.reset();
  const bool out_of_reach = policy.success_count.has_value() && tally.Failures() > 0 &&
                            tally.Succeeded() + tally.Open() < *policy.success_count;
  const bool bad = policy.sequential.has_value() &&
                   CallsBad(*policy.sequential, tally.Succeeded(), tally.Failures());
  if (worse && ((sampled && (!MeetsRate(share, tally) || out_of_reach)) || bad)) {
    return HoldRule::kSuccessRate;
  }
  if (policy.incidents.has_value() && tally.Incidents() > *policy.incidents &&
      tally.Incidents() > status.forgiven_incidents) {
    return HoldRule::kIncidents;
  }
  return std::nullopt;
}

std::vector<GateBlock> GateBlocks(const GatePolicy& policy, const PhaseStatus& status,
                                  const PhaseFacts& facts) {
  std::vector<GateBlock> blocks;
  const State state = status.state == State::kHeld ? status.returns_to : status.state;
  if (state == State::kWaiting || state == State::kPassed) return blocks;
  if (facts.tally.Open() > 0) blocks.push_back(GateBlock::kUnfinished);
  const bool nothing = NothingAttempted(facts.tally);
  if (nothing && !status.approved) blocks.push_back(GateBlock::kNothingAttempted);
  if (!facts.soak_passed) blocks.push_back(GateBlock::kSoak);
  if (!MeetsRate(policy, facts.tally)) blocks.push_back(GateBlock::kSuccessRate);
  if (!nothing && !ProvesRate(policy, facts.tally)) blocks.push_back(GateBlock::kConfidence);
  if (policy.incidents.has_value() && facts.tally.Incidents() > *policy.incidents &&
      facts.tally.Incidents() > status.forgiven_incidents) {
    blocks.push_back(GateBlock::kIncidents);
  }
  if (policy.approval && !status.approved) blocks.push_back(GateBlock::kApproval);
  return blocks;
}

PhaseStatus HeldByRule(PhaseStatus status, HoldRule rule, const Tally& tally, absl::Time now) {
  const std::optional<State> next = AfterEvent(status.state, PhaseEvent::kHold);
  if (!next.has_value()) return status;
  status.returns_to = status.state;
  status.state = *next;
  status.hold_rule = rule;
  status.hold_reason.clear();
  status.held_by.clear();
  status.hold_time = now;
  status.held_succeeded = tally.Succeeded();
  status.held_attempted = tally.Attempted();
  status.held_incidents = tally.Incidents();
  return status;
}

std::optional<PhaseStatus> Advance(const PhaseStatus& status, const GatePolicy& policy,
                                   const PhaseFacts& facts) {
  PhaseStatus next = status;
  const bool running = status.state == State::kOpen || status.state == State::kSoaking ||
                       status.state == State::kGate;
  if (running) {
    if (const auto rule = HoldBy(policy, status, facts.tally)) {
      return HeldByRule(std::move(next), *rule, facts.tally, facts.now);
    }
  }
  std::optional<PhaseEvent> event;
  if (status.state == State::kWaiting && facts.may_open) event = PhaseEvent::kOpen;
  if (status.state == State::kOpen && facts.tally.Open() == 0 && facts.tally.Attempted() > 0) {
    event = PhaseEvent::kWorkDone;
  }
  if (status.state == State::kSoaking || status.state == State::kGate) {
    if (facts.tally.Open() > 0) event = PhaseEvent::kWorkAppeared;
  }
  if (status.state == State::kSoaking && !event.has_value() && facts.soak_passed) {
    event = PhaseEvent::kSoakPassed;
  }
  if (status.state == State::kGate && !event.has_value() &&
      GateBlocks(policy, status, facts).empty()) {
    event = PhaseEvent::kGatePassed;
  }
  if (!event.has_value()) return std::nullopt;
  next.state = *AfterEvent(status.state, *event);
  switch (*event) {
    case PhaseEvent::kOpen:
      next.opened_on = facts.today;
      break;
    case PhaseEvent::kWorkDone:
      next.done_on = facts.last_work;
      break;
    case PhaseEvent::kWorkAppeared:
      next.done_on.reset();
      next.approved = false;
      break;
    case PhaseEvent::kGatePassed:
      next.passed_on = facts.today;
      break;
    default:
      break;
  }
  return next;
}

}  // namespace kirikae::domain

#include "service/domain/mark.h"

#include <string>
#include <string_view>

#include "service/domain/errors.h"
#include "service/domain/readiness.h"

namespace kirikae::domain {
namespace {

struct Transition {
  PlacementState from;
  std::optional<PlacementState> migrated;
  std::optional<PlacementState> failed;
};

using State = PlacementState;
constexpr Transition kTable[] = {
    {State::kUnplanned, State::kMigrated, State::kFailed},
    {State::kPlanned, State::kMigrated, State::kFailed},
    {State::kDue, State::kMigrated, State::kFailed},
    {State::kMigrated, State::kMigrated, std::nullopt},
    {State::kVerified, State::kVerified, std::nullopt},
    {State::kFailed, State::kMigrated, State::kFailed},
    {State::kRolledBack, State::kMigrated, State::kFailed},
    {State::kDeferred, State::kMigrated, State::kFailed},
    {State::kExempt, std::nullopt, std::nullopt},
};

std::string_view OutcomeName(Outcome outcome) {
  return outcome == Outcome::kMigrated ? "MIGRATED" : "FAILED";
}

std::string Codes(const std::vector<Blocker>& blockers) {
  std::string codes;
  for (const Blocker& blocker : blockers) {
    if (!codes.empty()) codes += ", ";
    codes += blocker.code;
  }
  return codes;
}

}  // namespace

std::optional<PlacementState> AfterMark(PlacementState from, Outcome outcome) {
  for (const Transition& row : kTable) {
    if (row.from == from) return outcome == Outcome::kMigrated ? row.migrated : row.failed;
  }
  return std::nullopt;
}

absl::StatusOr<MarkEffect> Mark(const Device& device, const Placement& placement,
                                const Rollout& rollout, const MarkRequest& request) {
  if (device.state == DeviceState::kRetired) return DeviceRetired(device.asset_tag);
  if (placement.state == State::kExempt) return DeviceExempt(device.asset_tag);
  const std::optional<State> next = AfterMark(placement.state, request.outcome);
  if (!next.has_value()) {
    if (request.outcome == Outcome::kFailed) return DeviceAlreadyMigrated(device.asset_tag);
    return MarkRefused(device.asset_tag, placement.state, OutcomeName(request.outcome));
  }
  MarkEffect effect{placement, device.auth_method, false};
  const bool again = *next == placement.state &&
                     (request.outcome == Outcome::kMigrated || placement.cause == request.cause);
  if (again) return effect;
  if (request.outcome == Outcome::kMigrated && !request.override_blockers) {
    const std::vector<Blocker> blockers = Blockers(device, rollout.to_method);
    if (!blockers.empty()) return DeviceBlocked(device.asset_tag, Codes(blockers));
  }
  effect.changed = true;
  effect.placement.state = *next;
  effect.placement.off_schedule = placement.day != request.day;
  effect.placement.cause = request.cause;
  if (request.outcome == Outcome::kMigrated) {
    effect.placement.method_before = device.auth_method;
    effect.method = rollout.to_method;
  }
  return effect;
}

}  // namespace kirikae::domain

#include "service/domain/errors.h"
#include "service/domain/readiness.h"

#include <utility>

#include "absl/strings/str_join.h"

namespace kirikae::domain {
namespace {

using absl::StatusCode;

std::string S(std::string_view text) { return std::string(text); }

}  // namespace

absl::Status DeviceNotInRollout(std::string_view asset_tag) {
  return MakeError(StatusCode::kFailedPrecondition, "DEVICE_NOT_IN_ROLLOUT",
                   Sentence("Device $0 is in the scope of no active rollout.", {S(asset_tag)}),
                   {{"asset_tag", S(asset_tag)}});
}

absl::Status SeveralRollouts(std::string_view asset_tag) {
  return MakeError(
      StatusCode::kFailedPrecondition, "SEVERAL_ROLLOUTS",
      Sentence("Device $0 is in several active rollouts. Say which one.", {S(asset_tag)}),
      {{"asset_tag", S(asset_tag)}});
}

absl::Status DeviceExempt(std::string_view asset_tag) {
  return MakeError(
      StatusCode::kFailedPrecondition, "DEVICE_EXEMPT",
      Sentence("Device $0 is exempt. Lift the exemption before marking it.", {S(asset_tag)}),
      {{"asset_tag", S(asset_tag)}, {"state", S(Name(PlacementState::kExempt))}});
}

absl::Status DeviceNotExempt(std::string_view asset_tag) {
  return MakeError(
      StatusCode::kFailedPrecondition, "DEVICE_NOT_EXEMPT",
      Sentence("Device $0 is not exempt, so there is nothing to lift.", {S(asset_tag)}),
      {{"asset_tag", S(asset_tag)}, {"expected_state", S(Name(PlacementState::kExempt))}});
}

absl::Status DeviceBlocked(std::string_view asset_tag, const std::vector<std::string>& blockers) {
  const auto append_word = [](std::string* out, const std::string& code) {
    out->append(BlockerWord(code));
  };
  return MakeError(
      StatusCode::kFailedPrecondition, "DEVICE_BLOCKED",
      Sentence("Device $0 can't be switched yet ($1). Clear that, or override with a reason.",
               {S(asset_tag), absl::StrJoin(blockers, ", ", append_word)}),
      {{"asset_tag", S(asset_tag)}, {"blockers", Names(blockers)}});
}

absl::Status DeviceAlreadyMigrated(std::string_view asset_tag) {
  return MakeError(
      StatusCode::kFailedPrecondition, "DEVICE_ALREADY_MIGRATED",
      Sentence("Device $0 is marked migrated; a failure can't follow. Undo that mark first.",
               {S(asset_tag)}),
      {{"asset_tag", S(asset_tag)}, {"outcome", S(Name(Outcome::kFailed))}});
}

absl::Status DevicesPhaseHeld(std::string_view asset_tag, std::string_view phase) {
  return MakeError(
      StatusCode::kFailedPrecondition, "PHASE_HELD",
      Sentence("Phase $1 is held, so device $0 is not switched. Have an approver release the "
               "phase; a switch that was made meanwhile can be marked then with its time.",
               {S(asset_tag), S(phase)}),
      {{"asset_tag", S(asset_tag)}, {"phase", S(phase)}, {"state", S(Name(PhaseState::kHeld))}});
}

absl::Status MarkRefused(std::string_view asset_tag, PlacementState from,
                         std::string_view outcome) {
  return MakeError(
      StatusCode::kFailedPrecondition, "MARK_REFUSED",
      Sentence("Device $0 is $1 and can't be marked $2.",
               {S(asset_tag), S(Name(from)), S(outcome)}),
      {{"asset_tag", S(asset_tag)}, {"state", S(Name(from))}, {"outcome", S(outcome)}});
}

absl::Status LaterMarkContradicts(std::string_view asset_tag, PlacementState state,
                                  PlacementState later) {
  return MakeError(
      StatusCode::kFailedPrecondition, "LATER_MARK_CONTRADICTS",
      Sentence("Device $0 is known to have become $2 after the time you give, which can't "
               "follow $1. Undo that mark first, or give a later time.",
               {S(asset_tag), S(Name(state)), S(Name(later))}),
      {{"asset_tag", S(asset_tag)}, {"state", S(Name(state))}, {"later_state", S(Name(later))}});
}

absl::Status MarksRefused(StatusCode code, std::vector<Violation> refused, size_t asked) {
  const std::string count = std::to_string(refused.size());
  const std::string all = std::to_string(asked);
  return MakeError(
      code,
      {.reason = "MARKS_REFUSED",
       .sentence = Sentence("$0 of $1 devices can't be marked, so nothing was changed. Correct the "
                            "list, or add --partial to mark the others.",
                            {count, all}),
       .metadata = {{"count", count}, {"asked", all}},
       .violations = std::move(refused),
       .resource = {}});
}

}  // namespace kirikae::domain

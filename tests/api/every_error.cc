#include "tests/api/every_error.h"

#include "service/domain/errors.h"

namespace kirikae::testing {

using namespace domain;  // NOLINT(google-build-using-namespace): it is all about them

// clang-format off
#define ERROR_OF(call, ...) {#call, call, {__VA_ARGS__}}
// clang-format on

std::vector<ErrorExample> EveryError(const std::string& text) {
  const std::vector<std::string> list(60, text);
  const std::vector<Violation> violations(3, {text, Sentence("No phase is called $0", {text})});
  const auto refused = absl::StatusCode::kFailedPrecondition;
  return {
      ERROR_OF(InvalidRequest(violations), "count"),
      ERROR_OF(InvalidField(text, violations[0].sentence), "field"),
      ERROR_OF(BadPageToken(), "field"),
      ERROR_OF(EtagMismatch(text, "7"), "record", "etag"),
      ERROR_OF(CountDiffers(5, 6), "expected", "matched"),
      ERROR_OF(TokenNotFound(3), "token"),
      ERROR_OF(LastAdministrator(3), "token"),
      ERROR_OF(PreviewOfAnother(3), "import"),
      ERROR_OF(MethodWithoutConsent(text, text), "asset_tag", "staff_number"),
      ERROR_OF(CorrectionIsTheApprovers(text), "asset_tag"),
      ERROR_OF(ExceptionIsTheApprovers(text, 30), "asset_tag", "limit"),
      ERROR_OF(ExceptionPastHold(text), "asset_tag"),
      ERROR_OF(Unauthenticated()),
      ERROR_OF(RoleMayNot(Role::kViewer, "MarkDevices", {"OPERATOR", "ADMIN"}), "role", "rpc",
               "allowed_roles"),
      ERROR_OF(SelfApproval()),
      ERROR_OF(MarkNotForRole(Role::kApprover, "MIGRATED"), "role", "outcome"),
      ERROR_OF(DeviceNotFound(text, list), "asset_tag", "near"),
      ERROR_OF(DeviceDidNotExist(text, "2025-05-01T00:00:00Z"), "asset_tag", "as_of"),
      ERROR_OF(TimeBeforeRecord(text, "2025-05-01T00:00:00Z"), "asset_tag", "begin"),
      ERROR_OF(DeviceAlreadyExists(text), "asset_tag"),
      ERROR_OF(DeviceRetired(text), "asset_tag", "state"),
      ERROR_OF(DeviceNotRetired(text), "asset_tag", "expected_state"),
      ERROR_OF(NoException(text), "asset_tag"),
      ERROR_OF(StaffNotFound(text), "staff_number"),
      ERROR_OF(EnrolmentWithoutConsent(text), "staff_number"),
      ERROR_OF(DeviceNotInRollout(text), "asset_tag"),
      ERROR_OF(SeveralRollouts(text), "asset_tag"),
      ERROR_OF(DeviceExempt(text), "asset_tag", "state"),
      ERROR_OF(DeviceNotExempt(text), "asset_tag", "expected_state"),
      ERROR_OF(DeviceBlocked(text, list), "asset_tag", "blockers"),
      ERROR_OF(DeviceAlreadyMigrated(text), "asset_tag", "outcome"),
      ERROR_OF(DevicesPhaseHeld(text, text), "asset_tag", "phase", "state"),
      ERROR_OF(MarkRefused(text, PlacementState::kExempt, "MIGRATED"), "asset_tag", "state",
               "outcome"),
      ERROR_OF(LaterMarkContradicts(text, PlacementState::kFailed, PlacementState::kVerified),
               "asset_tag", "state", "later_state"),
      ERROR_OF(MarksRefused(refused, violations, 5), "count", "asked"),
      ERROR_OF(RolloutNotFound(text), "rollout"),
      ERROR_OF(RolloutNotActive(text, RolloutState::kDraft), "rollout", "state", "expected_state"),
      ERROR_OF(RolloutWithoutPlan(text), "rollout"),
      ERROR_OF(PhaseHasBegun(text, text), "rollout", "phase"),
      ERROR_OF(RulesNeedProposal(text, list), "rollout", "rules", "count"),
      ERROR_OF(NothingToPropose(text), "rollout"),
      ERROR_OF(ProposalNotFound(text, 2), "rollout", "proposal"),
      ERROR_OF(ProposalRefuses(text, ProposalState::kDeclined), "proposal", "state",
               "expected_state"),
      ERROR_OF(ProposalStale(text), "proposal"),
      ERROR_OF(PlanOfAnotherFile(text), "plan"),
      ERROR_OF(ImportExpired(3), "import"),
      ERROR_OF(RolloutPaused(text), "rollout", "state", "expected_state"),
      ERROR_OF(RolloutRefuses(text, RolloutState::kCancelled, "START_ROLLOUT"), "rollout", "state",
               "act"),
      ERROR_OF(PhaseNotFound(text, text), "rollout", "phase"),
      ERROR_OF(PhaseDoesNotRun(text, text, PhaseState::kWaiting), "rollout", "phase", "state"),
      ERROR_OF(PhaseNotHeld(text, text, PhaseState::kOpen), "rollout", "phase", "state",
               "expected_state"),
      ERROR_OF(OverrideBeforeGate(text, text, PhaseState::kOpen), "rollout", "phase", "state",
               "expected_state"),
      ERROR_OF(WaveNotFound(text, 12), "rollout", "wave"),
      ERROR_OF(WaveRefuses(text, WaveState::kDone), "wave", "state"),
      ERROR_OF(WavesPhaseDoesNotRun(text, text, PhaseState::kHeld), "wave", "phase", "state"),
      ERROR_OF(WaveUnfinished(text, list), "wave", "count", "open"),
      ERROR_OF(PlanNotFound(text, 4), "rollout", "plan"),
      ERROR_OF(PlanRefuses(text, PlanState::kDraft, PlanEvent::kApprove), "plan", "state",
               "expected_state"),
      ERROR_OF(DeviceNotInPlan(text, text), "asset_tag", "plan"),
      ERROR_OF(PlanWithoutProblem(text), "plan"),
      ERROR_OF(PlanStale(text), "plan"),
      ERROR_OF(PlanPlacesNothing(text), "plan"),
      ERROR_OF(ProblemTooLarge(16), "limit"),
      ERROR_OF(NoWorkingDayLeft("2025-04-03", "2025-04-02"), "first_day", "last_day"),
      ERROR_OF(ImportNotFound(5), "import"),
      ERROR_OF(ImportProfileNotFound(text), "profile"),
      ERROR_OF(ImportHasErrors("5", 2), "import", "count"),
      ERROR_OF(ImportStale("5", list), "import", "count", "changed"),
      ERROR_OF(TooManyMissing(30, 200), "missing", "in_use"),
      ERROR_OF(ChangeSetNotFound(7), "change_set"),
      ERROR_OF(NotInChangeSet("7", text), "change_set", "record"),
      ERROR_OF(AlreadyUndone("7", text), "change_set", "undone_by"),
      ERROR_OF(AllUndone("7"), "change_set"),
      ERROR_OF(RecordAlreadyUndone("7", text), "change_set", "record"),
      ERROR_OF(NotUndoable("7", "CREATE_TOKEN"), "change_set", "act"),
      ERROR_OF(UndoOfAnothers("7", text), "change_set", "actor"),
      ERROR_OF(UndoConflicts("7", violations), "change_set", "count"),
  };
}

}  // namespace kirikae::testing

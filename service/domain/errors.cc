#include "service/domain/errors.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_join.h"
#include "service/domain/record_name.h"

namespace kirikae::domain {
namespace {

using absl::StatusCode;

// As many records as an error names; the rest would not fit into an answer's headers.
constexpr ptrdiff_t kMostNamed = 50;

absl::Status Error(StatusCode code, std::string reason, Sentence sentence) {
  return MakeError(code, {.reason = std::move(reason),
                          .sentence = std::move(sentence),
                          .metadata = {},
                          .violations = {},
                          .resource = {}});
}

absl::Status Missing(std::string reason, Sentence sentence, std::string resource,
                     const std::vector<std::string>& near = {}) {
  ErrorDetail detail{.reason = std::move(reason),
                     .sentence = std::move(sentence),
                     .metadata = {},
                     .violations = {},
                     .resource = std::move(resource)};
  if (!near.empty()) detail.metadata["near"] = absl::StrJoin(near, ",");
  return MakeError(StatusCode::kNotFound, detail);
}

std::string S(std::string_view text) { return std::string(text); }

}  // namespace

absl::Status InvalidRequest(std::vector<Violation> violations, Metadata metadata) {
  return MakeError(
      StatusCode::kInvalidArgument,
      {.reason = "INVALID_REQUEST",
       .sentence = Sentence("The request has $0 fault(s); each is listed with its field.",
                            {std::to_string(violations.size())}),
       .metadata = std::move(metadata),
       .violations = std::move(violations),
       .resource = {}});
}

absl::Status InvalidField(std::string_view field, Sentence sentence, Metadata metadata) {
  ErrorDetail detail{.reason = "INVALID_REQUEST",
                     .sentence = sentence,
                     .metadata = std::move(metadata),
                     .violations = {{S(field), sentence}},
                     .resource = {}};
  return MakeError(StatusCode::kInvalidArgument, detail);
}

absl::Status BadPageToken() {
  return InvalidField("page_token",
                      Sentence("The page token is not of this query. Start again without one."));
}

absl::Status DeviceNotFound(std::string_view asset_tag, const std::vector<std::string>& near) {
  return Missing("DEVICE_NOT_FOUND", Sentence("No device has the asset tag $0.", {S(asset_tag)}),
                 DeviceName(asset_tag), near);
}

absl::Status StaffNotFound(std::string_view number) {
  return Missing("STAFF_NOT_FOUND", Sentence("No staff member has the number $0.", {S(number)}),
                 StaffName(number));
}

absl::Status RolloutNotFound(std::string_view id) {
  return Missing("ROLLOUT_NOT_FOUND",
                 Sentence("There is no rollout $0. Apply its file first.", {S(id)}),
                 RolloutName(id));
}

absl::Status PlanNotFound(std::string_view rollout, int64_t number) {
  return Missing("PLAN_NOT_FOUND",
                 Sentence("Rollout $0 has no plan $1.", {S(rollout), std::to_string(number)}),
                 PlanName(rollout, number));
}

absl::Status WaveNotFound(std::string_view rollout, int64_t number) {
  return Missing("WAVE_NOT_FOUND",
                 Sentence("Rollout $0 has no wave $1.", {S(rollout), std::to_string(number)}),
                 WaveName(rollout, number));
}

absl::Status ImportNotFound(int64_t id) {
  return Missing("IMPORT_NOT_FOUND",
                 Sentence("There is no import preview $0.", {std::to_string(id)}), ImportName(id));
}

absl::Status TokenNotFound(int64_t id) {
  return Missing("TOKEN_NOT_FOUND", Sentence("There is no token $0.", {std::to_string(id)}),
                 TokenName(id));
}

absl::Status Unauthenticated() {
  return Error(StatusCode::kUnauthenticated, "UNAUTHENTICATED",
               Sentence("A valid token is needed. Give the file that holds yours."));
}

absl::Status RoleMayNot(Role role, std::string_view rpc, std::string_view allowed) {
  return Error(
      StatusCode::kPermissionDenied, "ROLE_MAY_NOT",
      Sentence("The role $0 may not call $1; these may: $2.", {S(Name(role)), S(rpc), S(allowed)}));
}

absl::Status SelfApproval() {
  return Error(StatusCode::kPermissionDenied, "SELF_APPROVAL",
               Sentence("Who submitted a plan may not approve it. Ask another approver."));
}

absl::Status DeviceRetired(std::string_view tag) {
  return Error(StatusCode::kFailedPrecondition, "DEVICE_RETIRED",
               Sentence("Device $0 is retired. Restore it before marking it.", {S(tag)}));
}

absl::Status DeviceNotInRollout(std::string_view tag) {
  return Error(StatusCode::kFailedPrecondition, "DEVICE_NOT_IN_ROLLOUT",
               Sentence("Device $0 is in the scope of no active rollout.", {S(tag)}));
}

absl::Status DeviceExempt(std::string_view tag) {
  return Error(StatusCode::kFailedPrecondition, "DEVICE_EXEMPT",
               Sentence("Device $0 is exempt. Lift the exemption before marking it.", {S(tag)}));
}

absl::Status DeviceNotExempt(std::string_view asset_tag) {
  return Error(StatusCode::kFailedPrecondition, "DEVICE_NOT_EXEMPT",
               Sentence("Device $0 is not exempt, so there is nothing to lift.", {S(asset_tag)}));
}

absl::Status DeviceBlocked(std::string_view tag, std::string_view blockers) {
  return Error(
      StatusCode::kFailedPrecondition, "DEVICE_BLOCKED",
      Sentence("Device $0 can't be switched yet ($1). Clear that, or override with a reason.",
               {S(tag), S(blockers)}));
}

absl::Status DeviceAlreadyMigrated(std::string_view tag) {
  return Error(
      StatusCode::kFailedPrecondition, "DEVICE_ALREADY_MIGRATED",
      Sentence("Device $0 is marked migrated; a failure can't follow. Undo that mark first.",
               {S(tag)}));
}

absl::Status RolloutNotActive(std::string_view id, RolloutState state) {
  return Error(StatusCode::kFailedPrecondition, "ROLLOUT_NOT_ACTIVE",
               Sentence("Rollout $0 is $1, not ACTIVE. Approve a plan for it first.",
                        {S(id), S(Name(state))}));
}

absl::Status RolloutWithoutPlan(std::string_view id) {
  return Error(StatusCode::kFailedPrecondition, "ROLLOUT_WITHOUT_PLAN",
               Sentence("Rollout $0 has no approved plan. Approve one; that starts it.", {S(id)}));
}

absl::Status RolloutPaused(std::string_view id) {
  return Error(
      StatusCode::kFailedPrecondition, "ROLLOUT_PAUSED",
      Sentence("Rollout $0 is paused, so no device is switched. Resume it first.", {S(id)}));
}

absl::Status RolloutRefuses(std::string_view id, RolloutState state, std::string_view act) {
  return Error(StatusCode::kFailedPrecondition, "ROLLOUT_STATE",
               Sentence("Rollout $0 is $1, which does not allow $2. See where it stands with "
                        "'kirikae rollout show'.",
                        {S(id), S(Name(state)), S(act)}));
}

absl::Status MarkNotForRole(Role role, std::string_view outcome) {
  return Error(StatusCode::kPermissionDenied, "MARK_NOT_FOR_ROLE",
               Sentence("The role $0 may not mark a device $1: an approver exempts, an operator "
                        "marks everything else.",
                        {S(Name(role)), S(outcome)}));
}

absl::Status SeveralRollouts(std::string_view tag) {
  return Error(StatusCode::kFailedPrecondition, "SEVERAL_ROLLOUTS",
               Sentence("Device $0 is in several active rollouts. Say which one.", {S(tag)}));
}

absl::Status PlanRefuses(std::string_view plan, PlanState state, PlanEvent event) {
  return Error(StatusCode::kFailedPrecondition, "PLAN_STATE",
               Sentence("Plan $0 is $1; for this it must be $2.",
                        {S(plan), S(Name(state)), S(Name(StateFor(event)))}));
}

absl::Status DeviceNotInPlan(std::string_view asset_tag, std::string_view plan) {
  return Missing(
      "DEVICE_NOT_IN_PLAN",
      Sentence("Plan $1 does not have device $0: when it was made, the device was out of "
               "scope, done already or not there. Make a new plan to have it.",
               {S(asset_tag), S(plan)}),
      DeviceName(asset_tag));
}

absl::Status PlanWithoutProblem(std::string_view plan) {
  return Error(
      StatusCode::kFailedPrecondition, "PLAN_WITHOUT_PROBLEM",
      Sentence("Plan $0 was made before plans kept their problem. Make a new plan.", {S(plan)}));
}

absl::Status PlanStale(std::string_view plan) {
  return Error(StatusCode::kFailedPrecondition, "PLAN_STALE",
               Sentence("Plan $0 is older than the approved one. Make a new plan.", {S(plan)}));
}

absl::Status PlanPlacesNothing(std::string_view plan) {
  return Error(StatusCode::kFailedPrecondition, "PLAN_PLACES_NOTHING",
               Sentence("Plan $0 places no device. See what it leaves out and why.", {S(plan)}));
}

absl::Status ProblemTooLarge(int64_t mebibytes) {
  return Error(StatusCode::kResourceExhausted, "PROBLEM_TOO_LARGE",
               Sentence("The problem takes more than $0 MiB. Plan it in several.",
                        {std::to_string(mebibytes)}));
}

absl::Status NoWorkingDayLeft(std::string_view first, std::string_view last) {
  return Error(StatusCode::kFailedPrecondition, "NO_WORKING_DAY_LEFT",
               Sentence("There is no working day from $0 to $1. Move the last day of the "
                        "calendar or a deadline in the rollout's file.",
                        {S(first), S(last)}));
}

absl::Status TooManyMissing(int64_t missing, int64_t in_use) {
  return Error(
      StatusCode::kFailedPrecondition, "TOO_MANY_MISSING",
      Sentence("$0 of $1 devices in use are not in the file, more than 10 %: it may be cut "
               "short. Preview it without retiring, or force it.",
               {std::to_string(missing), std::to_string(in_use)}));
}

absl::Status ImportProfileNotFound(std::string_view name) {
  return Missing(
      "IMPORT_PROFILE_NOT_FOUND",
      Sentence("There is no profile $0. List them with: kirikae import profile list", {S(name)}),
      ImportProfileName(name));
}

absl::Status ImportHasErrors(std::string_view id, int errors) {
  return Error(StatusCode::kFailedPrecondition, "IMPORT_HAS_ERRORS",
               Sentence("Import $0 has $1 row(s) with errors and can't be applied. Mend the file "
                        "and preview it again.",
                        {S(id), std::to_string(errors)}));
}

absl::Status ImportStale(std::string_view id, const std::vector<std::string>& changed) {
  ErrorDetail detail{
      .reason = "IMPORT_STALE",
      .sentence = Sentence("$1 record(s) changed since import $0 was previewed. Preview the file "
                           "again.",
                           {S(id), std::to_string(changed.size())}),
      .metadata = {{"changed", absl::StrJoin(changed.begin(),
                                             changed.begin() + std::min<ptrdiff_t>(
                                                                   kMostNamed, std::ssize(changed)),
                                             ",")}},
      .violations = {},
      .resource = {}};
  for (const std::string& record : changed) {
    if (std::ssize(detail.violations) == kMostNamed) break;
    detail.violations.push_back({record, Sentence("It changed since the preview.")});
  }
  return MakeError(StatusCode::kAborted, detail);
}

absl::Status EtagMismatch(std::string_view record, std::string_view current) {
  ErrorDetail detail{
      .reason = "ETAG_MISMATCH",
      .sentence = Sentence("$0 has changed since it was read. Read it again.", {S(record)}),
      .metadata = {{"etag", S(current)}},
      .violations = {},
      .resource = {}};
  return MakeError(StatusCode::kAborted, detail);
}

absl::Status MarkRefused(std::string_view tag, PlacementState from, std::string_view outcome) {
  return Error(
      StatusCode::kFailedPrecondition, "MARK_REFUSED",
      Sentence("Device $0 is $1 and can't be marked $2.", {S(tag), S(Name(from)), S(outcome)}));
}

absl::Status PhaseNotFound(std::string_view rollout, std::string_view id) {
  return Missing(
      "PHASE_NOT_FOUND",
      Sentence("Rollout $0 has no phase $1. List them: kirikae phase list", {S(rollout), S(id)}),
      PhaseName(S(rollout), S(id)));
}

absl::Status PhaseDoesNotRun(std::string_view id, PhaseState state) {
  return Error(
      StatusCode::kFailedPrecondition, "PHASE_DOES_NOT_RUN",
      Sentence("Phase $0 is $1; only one that is open, soaking or at its gate can be held.",
               {S(id), S(Name(state))}));
}

absl::Status PhaseNotHeld(std::string_view id, PhaseState state) {
  return Error(StatusCode::kFailedPrecondition, "PHASE_NOT_HELD",
               Sentence("Phase $0 is $1: nothing holds it, and no approval is awaited.",
                        {S(id), S(Name(state))}));
}

absl::Status OverrideBeforeGate(std::string_view id) {
  return Error(StatusCode::kFailedPrecondition, "OVERRIDE_BEFORE_GATE",
               Sentence("Phase $0 has not reached its gate; override it then. To let a held phase "
                        "go on, release it without the override.",
                        {S(id)}));
}

absl::Status DevicesPhaseHeld(std::string_view asset_tag, std::string_view phase) {
  return Error(StatusCode::kFailedPrecondition, "PHASE_HELD",
               Sentence("Phase $1 is held, so device $0 is not switched. Have the phase released; "
                        "or, if it was switched, mark it with --override and a reason.",
                        {S(asset_tag), S(phase)}));
}

absl::Status WaveRefuses(std::string_view wave, WaveState state) {
  return Error(StatusCode::kFailedPrecondition, "WAVE_REFUSES",
               Sentence("Wave $0 is $1, so that can't be done.", {S(wave), S(Name(state))}));
}

absl::Status WavesPhaseDoesNotRun(std::string_view wave, std::string_view phase, PhaseState state) {
  return Error(StatusCode::kFailedPrecondition, "PHASE_DOES_NOT_RUN",
               Sentence("Wave $0 is of phase $1, which is $2. It starts once the phase runs.",
                        {S(wave), S(phase), S(Name(state))}));
}

absl::Status WaveUnfinished(std::string_view wave, const std::vector<std::string>& open) {
  const auto named = open.begin() + std::min<ptrdiff_t>(kMostNamed, std::ssize(open));
  return Error(StatusCode::kFailedPrecondition, "WAVE_UNFINISHED",
               Sentence("Wave $0 has $1 devices still to do: $2. Mark them, or give them back to "
                        "the next plan with --return-open.",
                        {S(wave), std::to_string(open.size()),
                         absl::StrJoin(std::vector<std::string>(open.begin(), named), ", ")}));
}

absl::Status LaterMarkContradicts(std::string_view asset_tag, PlacementState state,
                                  PlacementState later) {
  return Error(StatusCode::kFailedPrecondition, "LATER_MARK_CONTRADICTS",
               Sentence("Device $0 is known to have become $2 after the time you give, which can't "
                        "follow $1. Undo that mark first, or give a later time.",
                        {S(asset_tag), S(Name(state)), S(Name(later))}));
}

absl::Status DeviceAlreadyExists(std::string_view asset_tag) {
  return Error(StatusCode::kAlreadyExists, "DEVICE_ALREADY_EXISTS",
               Sentence("There is a device $0 already. Update it instead.", {S(asset_tag)}));
}

absl::Status DeviceNotRetired(std::string_view asset_tag) {
  return Error(
      StatusCode::kFailedPrecondition, "DEVICE_NOT_RETIRED",
      Sentence("Device $0 is not retired, so there is nothing to restore.", {S(asset_tag)}));
}

absl::Status NoException(std::string_view asset_tag) {
  return Error(StatusCode::kFailedPrecondition, "NO_EXCEPTION",
               Sentence("Device $0 has no exception that holds.", {S(asset_tag)}));
}

absl::Status DeviceDidNotExist(std::string_view asset_tag, std::string_view time) {
  return Missing("DEVICE_DID_NOT_EXIST",
                 Sentence("Device $0 was not in the inventory at $1.", {S(asset_tag), S(time)}),
                 DeviceName(asset_tag));
}

absl::Status ChangeSetNotFound(int64_t id) {
  return Missing("CHANGE_SET_NOT_FOUND",
                 Sentence("There is no change set $0.", {std::to_string(id)}), ChangeSetName(id));
}

absl::Status AlreadyUndone(std::string_view id, std::string_view by) {
  return Error(StatusCode::kFailedPrecondition, "ALREADY_UNDONE",
               Sentence("Change set $0 was undone by $1 already.", {S(id), S(by)}));
}

absl::Status AllUndone(std::string_view id) {
  return Error(StatusCode::kFailedPrecondition, "ALREADY_UNDONE",
               Sentence("Every record of change set $0 was undone already.", {S(id)}));
}

absl::Status RecordAlreadyUndone(std::string_view id, std::string_view record) {
  return Error(StatusCode::kFailedPrecondition, "ALREADY_UNDONE",
               Sentence("What change set $0 did to $1 was undone already.", {S(id), S(record)}));
}

absl::Status NotInChangeSet(std::string_view id, std::string_view record) {
  return Missing("RECORD_NOT_IN_CHANGE_SET",
                 Sentence("Change set $0 changed no record $1; name one it changed, such as "
                          "devices/TSM-00123.",
                          {S(id), S(record)}),
                 S(record));
}

absl::Status EnrolmentWithoutConsent(std::string_view staff_number) {
  return Error(StatusCode::kFailedPrecondition, "CONSENT_WITHHELD",
               Sentence("Staff $0 withholds consent, so no face can be registered. Clear "
                        "consent_withheld first if the person agreed.",
                        {S(staff_number)}));
}

absl::Status NotUndoable(std::string_view id, std::string_view act) {
  return Error(
      StatusCode::kFailedPrecondition, "NOT_UNDOABLE",
      Sentence("Change set $0 ($1) can't be undone: only changes of devices, staff, marks, "
               "imports and calendar days can.",
               {S(id), S(act)}));
}

absl::Status UndoOfAnothers(std::string_view id, std::string_view actor) {
  return Error(StatusCode::kPermissionDenied, "UNDO_OF_ANOTHERS",
               Sentence("Change set $0 is by $1. Ask them or an administrator to undo it.",
                        {S(id), S(actor)}));
}

absl::Status UndoConflicts(std::string_view id, std::vector<Violation> conflicts) {
  const std::string count = std::to_string(conflicts.size());
  return MakeError(
      StatusCode::kFailedPrecondition,
      {.reason = "UNDO_CONFLICTS",
       .sentence = Sentence("$1 field(s) changed since change set $0, so nothing was undone. Undo "
                            "the later changes first.",
                            {S(id), count}),
       .metadata = {},
       .violations = std::move(conflicts),
       .resource = {}});
}

absl::Status CountDiffers(int expected, int matched) {
  return Error(StatusCode::kAborted, "COUNT_DIFFERS",
               Sentence("$1 devices match, not $0. Look at the list again.",
                        {std::to_string(expected), std::to_string(matched)}));
}

}  // namespace kirikae::domain

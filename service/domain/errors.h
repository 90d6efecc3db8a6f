// Every error of the domain, one named function each: wording, code, reason and metadata live here.
//
// Whatever an error's sentence names that a program would need stands in the metadata too:
//
//   asset_tag, staff_number          the device, the member of staff
//   rollout, phase                   ids: `face2025`, `managers`
//   plan, wave, proposal, record     resource names: `rollouts/face2025/waves/12`
//   rules                            list of the paths of rules in a rollout's file
//   import, change_set, token        numbers
//   profile                          name of an import profile
//   state, expected_state            canonical names of states: as it is, as it would have to be
//   later_state                      what a device is known to have become later
//   act, outcome                     canonical names of what was asked for
//   role, rpc, allowed_roles         who called what, and a list of the roles that may
//   actor, undone_by                 whose change set it is; the change set that undid it
//   field                            the one field at fault, `items[3].phase`
//   etag                             the current one
//   blockers, near, open, changed    lists: blocker codes; tags like the one asked for; tags still
//   to
//                                    do; names of records
//   count                            how many faults, or names of a list, there are in all
//   asked                            how many devices were to be marked
//   expected, matched                numbers of devices that the caller expects and that match
//   missing, in_use                  numbers of devices that a list lacks, and that there are
//   first_day, last_day, as_of       days, `2025-05-01`; a time, RFC 3339
//   begin                            when the record begins, RFC 3339
//   limit                            the most that is allowed, in bytes
//
// A list has commas between its names (`Names`). A value that ends in "…" was cut.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "service/domain/error_detail.h"
#include "service/domain/plan_states.h"
#include "service/domain/values.h"

namespace kirikae::domain {

// Requests: errors_request.cc.

/// INVALID_ARGUMENT with every violation.
absl::Status InvalidRequest(std::vector<Violation> violations, Metadata metadata = {});
/// INVALID_ARGUMENT for one field.
absl::Status InvalidField(std::string_view field, Sentence sentence, Metadata metadata = {});
/// INVALID_ARGUMENT: a page token of another query, or none that the service made.
absl::Status BadPageToken();
/// ABORTED: the etag given is not the current one.
absl::Status EtagMismatch(std::string_view record, std::string_view current);
/// ABORTED: a change of many devices matches another number than its caller expects.
absl::Status CountDiffers(int expected, int matched);

// Access: errors_access.cc.

absl::Status TokenNotFound(int64_t id);
/// FAILED_PRECONDITION: without this token nobody could administer.
absl::Status LastAdministrator(int64_t token);
/// UNAUTHENTICATED, the same for no token, a wrong one and an expired one.
absl::Status Unauthenticated();
/// PERMISSION_DENIED, naming the role held and those that may.
absl::Status RoleMayNot(Role role, std::string_view rpc, const std::vector<std::string>& allowed);
/// PERMISSION_DENIED: who made or submitted a plan, or wrote a proposal, does not approve it.
absl::Status SelfApproval();
/// PERMISSION_DENIED: approvers exempt and nothing else; operators mark all else.
absl::Status MarkNotForRole(Role role, std::string_view outcome);

// Devices and staff: errors_device.cc.

/// NOT_FOUND with near tags.
absl::Status DeviceNotFound(std::string_view asset_tag, const std::vector<std::string>& near);
absl::Status DeviceDidNotExist(std::string_view asset_tag, std::string_view time);
/// INVALID_ARGUMENT: the act's time is before the device was first recorded.
absl::Status TimeBeforeRecord(std::string_view asset_tag, std::string_view begin);
absl::Status DeviceAlreadyExists(std::string_view asset_tag);
absl::Status DeviceRetired(std::string_view asset_tag);
absl::Status DeviceNotRetired(std::string_view asset_tag);
absl::Status NoException(std::string_view asset_tag);
absl::Status StaffNotFound(std::string_view staff_number);
/// FAILED_PRECONDITION: a person whose consent is withheld can't be registered.
absl::Status EnrolmentWithoutConsent(std::string_view staff_number);
/// FAILED_PRECONDITION: one of its users withholds consent to a method with a face.
absl::Status MethodWithoutConsent(std::string_view asset_tag, std::string_view staff_number);
/// PERMISSION_DENIED: with those before it, it would last longer than one exception may.
absl::Status ExceptionIsTheApprovers(std::string_view asset_tag, int most_days);
/// PERMISSION_DENIED: it would switch the device although its phase is held.
absl::Status ExceptionPastHold(std::string_view asset_tag);
/// PERMISSION_DENIED: the device is in a rollout that is under way.
absl::Status CorrectionIsTheApprovers(std::string_view asset_tag);

// Marks: errors_mark.cc.

absl::Status DeviceNotInRollout(std::string_view asset_tag);
absl::Status SeveralRollouts(std::string_view asset_tag);
absl::Status DeviceExempt(std::string_view asset_tag);
absl::Status DeviceNotExempt(std::string_view asset_tag);
absl::Status DeviceBlocked(std::string_view asset_tag, const std::vector<std::string>& blockers);
absl::Status DeviceAlreadyMigrated(std::string_view asset_tag);
/// FAILED_PRECONDITION: its phase is held, and its wave has not begun.
absl::Status DevicesPhaseHeld(std::string_view asset_tag, std::string_view phase);
/// FAILED_PRECONDITION: a mark that the state machine refuses.
absl::Status MarkRefused(std::string_view asset_tag, PlacementState from, std::string_view outcome);
/// FAILED_PRECONDITION: entered late, and what is known to have happened since can't follow it.
absl::Status LaterMarkContradicts(std::string_view asset_tag, PlacementState state,
                                  PlacementState later);
/// `code`, with a violation for each of the refused devices of `asked`; nothing was marked.
absl::Status MarksRefused(absl::StatusCode code, std::vector<Violation> refused, size_t asked);

// Rollouts, their phases and waves: errors_rollout.cc.

absl::Status RolloutNotFound(std::string_view id);
absl::Status RolloutNotActive(std::string_view id, RolloutState state);
/// FAILED_PRECONDITION: no plan is approved, so there is nothing to start.
absl::Status RolloutWithoutPlan(std::string_view id);
/// FAILED_PRECONDITION: paused, and the device's wave does not go on.
absl::Status RolloutPaused(std::string_view id);
/// FAILED_PRECONDITION: the rollout's state does not allow what was asked.
absl::Status RolloutRefuses(std::string_view id, RolloutState state, std::string_view act);
absl::Status PhaseNotFound(std::string_view rollout, std::string_view id);
/// FAILED_PRECONDITION: a phase that waits or has passed can't be held.
absl::Status PhaseDoesNotRun(std::string_view rollout, std::string_view id, PhaseState state);
/// FAILED_PRECONDITION: nothing holds it, and its gate awaits no approval.
absl::Status PhaseNotHeld(std::string_view rollout, std::string_view id, PhaseState state);
/// FAILED_PRECONDITION: a gate is overridden once it has been reached, not before.
absl::Status OverrideBeforeGate(std::string_view rollout, std::string_view id, PhaseState state);
/// FAILED_PRECONDITION: a file leaves out a phase that has begun, or puts a waiting one before it.
absl::Status PhaseHasBegun(std::string_view rollout, std::string_view id);
/// FAILED_PRECONDITION: the rollout is under way, so that an approver must accept these changes.
absl::Status RulesNeedProposal(std::string_view rollout, const std::vector<std::string>& rules);
/// FAILED_PRECONDITION: no rule differs from the file in force.
absl::Status NothingToPropose(std::string_view rollout);
absl::Status ProposalNotFound(std::string_view rollout, int64_t number);
/// FAILED_PRECONDITION: it has been decided or replaced. `proposal` is a resource name.
absl::Status ProposalRefuses(std::string_view proposal, ProposalState state);
/// FAILED_PRECONDITION: the rollout's file has changed since it was written.
absl::Status ProposalStale(std::string_view proposal);
absl::Status WaveNotFound(std::string_view rollout, int64_t number);
/// FAILED_PRECONDITION: a wave can't be started or finished from where it stands.
absl::Status WaveRefuses(std::string_view wave, WaveState state);
/// FAILED_PRECONDITION: its phase waits or is held.
absl::Status WavesPhaseDoesNotRun(std::string_view wave, std::string_view phase, PhaseState state);
/// FAILED_PRECONDITION, naming the devices still to do.
absl::Status WaveUnfinished(std::string_view wave, const std::vector<std::string>& open);

// Plans: errors_plan.cc. `plan` is its resource name.

absl::Status PlanNotFound(std::string_view rollout, int64_t number);
/// FAILED_PRECONDITION: the plan's state does not allow what was asked.
absl::Status PlanRefuses(std::string_view plan, PlanState state, PlanEvent event);
/// NOT_FOUND: the plan neither places the device nor says why not.
absl::Status DeviceNotInPlan(std::string_view asset_tag, std::string_view plan);
/// FAILED_PRECONDITION: made by a program that did not keep the problem.
absl::Status PlanWithoutProblem(std::string_view plan);
absl::Status PlanStale(std::string_view plan);
/// FAILED_PRECONDITION: the rollout's file is not the one that the plan was made from.
absl::Status PlanOfAnotherFile(std::string_view plan);
absl::Status PlanPlacesNothing(std::string_view plan);
/// RESOURCE_EXHAUSTED: a problem above so many MiB.
absl::Status ProblemTooLarge(int64_t mebibytes);
absl::Status NoWorkingDayLeft(std::string_view first, std::string_view last);

// Imports: errors_import.cc.

absl::Status ImportNotFound(int64_t id);
/// PERMISSION_DENIED: a personnel list that is not applied, seen by another than its author.
absl::Status PreviewOfAnother(int64_t import);
/// FAILED_PRECONDITION: what was in it is gone; previews are kept for a day.
absl::Status ImportExpired(int64_t id);
absl::Status ImportProfileNotFound(std::string_view name);
absl::Status ImportHasErrors(std::string_view id, int errors);
/// ABORTED, with the records that changed since the preview.
absl::Status ImportStale(std::string_view id, const std::vector<std::string>& changed);
/// FAILED_PRECONDITION: a list that lacks so many devices may be cut short.
absl::Status TooManyMissing(int64_t missing, int64_t in_use);

// Change sets: errors_change_set.cc. `id` is a number.

absl::Status ChangeSetNotFound(int64_t id);
/// NOT_FOUND: the set changed no such record.
absl::Status NotInChangeSet(std::string_view id, std::string_view record);
absl::Status AlreadyUndone(std::string_view id, std::string_view by);
/// FAILED_PRECONDITION: all of it was undone, a part at a time.
absl::Status AllUndone(std::string_view id);
/// FAILED_PRECONDITION: what the set did to this record was undone.
absl::Status RecordAlreadyUndone(std::string_view id, std::string_view record);
absl::Status NotUndoable(std::string_view id, std::string_view act);
absl::Status UndoOfAnothers(std::string_view id, std::string_view actor);
/// FAILED_PRECONDITION with a violation for each field or record changed since.
absl::Status UndoConflicts(std::string_view id, std::vector<Violation> conflicts);

}  // namespace kirikae::domain

#include "service/domain/errors.h"

#include "absl/strings/str_join.h"
#include "service/domain/record_name.h"

namespace kirikae::domain {
namespace {

using absl::StatusCode;

std::string S(std::string_view text) { return std::string(text); }

}  // namespace

absl::Status RolloutNotFound(std::string_view id) {
  return MakeMissing("ROLLOUT_NOT_FOUND",
                     Sentence("There is no rollout $0. Apply its file first.", {S(id)}),
                     RolloutName(id), {{"rollout", S(id)}});
}

absl::Status RolloutNotActive(std::string_view id, RolloutState state) {
  return MakeError(StatusCode::kFailedPrecondition, "ROLLOUT_NOT_ACTIVE",
                   Sentence("Rollout $0 is $1, not ACTIVE. Approve a plan for it first.",
                            {S(id), S(Name(state))}),
                   {{"rollout", S(id)},
                    {"state", S(Name(state))},
                    {"expected_state", S(Name(RolloutState::kActive))}});
}

absl::Status RolloutWithoutPlan(std::string_view id) {
  return MakeError(
      StatusCode::kFailedPrecondition, "ROLLOUT_WITHOUT_PLAN",
      Sentence("Rollout $0 has no approved plan. Approve one; that starts it.", {S(id)}),
      {{"rollout", S(id)}});
}

absl::Status RolloutPaused(std::string_view id) {
  return MakeError(
      StatusCode::kFailedPrecondition, "ROLLOUT_PAUSED",
      Sentence("Rollout $0 is paused, so no device is switched. Resume it first.", {S(id)}),
      {{"rollout", S(id)},
       {"state", S(Name(RolloutState::kPaused))},
       {"expected_state", S(Name(RolloutState::kActive))}});
}

absl::Status RolloutRefuses(std::string_view id, RolloutState state, std::string_view act) {
  return MakeError(StatusCode::kFailedPrecondition, "ROLLOUT_STATE",
                   Sentence("Rollout $0 is $1, which does not allow $2. See where it stands with "
                            "'kirikae rollout show'.",
                            {S(id), S(Name(state)), S(act)}),
                   {{"rollout", S(id)}, {"state", S(Name(state))}, {"act", S(act)}});
}

absl::Status PhaseNotFound(std::string_view rollout, std::string_view id) {
  return MakeMissing(
      "PHASE_NOT_FOUND",
      Sentence("Rollout $0 has no phase $1. List them: kirikae phase list", {S(rollout), S(id)}),
      PhaseName(rollout, id), {{"rollout", S(rollout)}, {"phase", S(id)}});
}

absl::Status PhaseDoesNotRun(std::string_view rollout, std::string_view id, PhaseState state) {
  return MakeError(
      StatusCode::kFailedPrecondition, "PHASE_DOES_NOT_RUN",
      Sentence("Phase $0 is $1; only one that is open, soaking or at its gate can be held.",
               {S(id), S(Name(state))}),
      {{"rollout", S(rollout)}, {"phase", S(id)}, {"state", S(Name(state))}});
}

absl::Status PhaseNotHeld(std::string_view rollout, std::string_view id, PhaseState state) {
  return MakeError(StatusCode::kFailedPrecondition, "PHASE_NOT_HELD",
                   Sentence("Phase $0 is $1: nothing holds it, and no approval is awaited.",
                            {S(id), S(Name(state))}),
                   {{"rollout", S(rollout)},
                    {"phase", S(id)},
                    {"state", S(Name(state))},
                    {"expected_state", S(Name(PhaseState::kHeld))}});
}

absl::Status OverrideBeforeGate(std::string_view rollout, std::string_view id, PhaseState state) {
  return MakeError(
      StatusCode::kFailedPrecondition, "OVERRIDE_BEFORE_GATE",
      Sentence("Phase $0 has not reached its gate; override it then. To let a held phase "
               "go on, release it without the override.",
               {S(id)}),
      {{"rollout", S(rollout)},
       {"phase", S(id)},
       {"state", S(Name(state))},
       {"expected_state", S(Name(PhaseState::kGate))}});
}

absl::Status PhaseHasBegun(std::string_view rollout, std::string_view id) {
  return MakeError(StatusCode::kFailedPrecondition, "PHASE_HAS_BEGUN",
                   Sentence("Phase $0 has begun, so the file must keep it, before all phases that "
                            "have not begun.",
                            {S(id)}),
                   {{"rollout", S(rollout)}, {"phase", S(id)}});
}

absl::Status RulesNeedProposal(std::string_view rollout, const std::vector<std::string>& rules) {
  return MakeError(
      StatusCode::kFailedPrecondition, "RULES_NEED_PROPOSAL",
      Sentence("Rollout $0 is under way, so an approver must accept the changes of $1. Propose "
               "the file: kirikae rollout propose -f FILE",
               {S(rollout), absl::StrJoin(rules, ", ")}),
      {{"rollout", S(rollout)}, {"rules", Names(rules)}, {"count", std::to_string(rules.size())}});
}

absl::Status NothingToPropose(std::string_view rollout) {
  return MakeError(StatusCode::kFailedPrecondition, "NOTHING_TO_PROPOSE",
                   Sentence("The file changes no rule of rollout $0. Teams, calendar and limits "
                            "need no approver: kirikae rollout apply -f FILE",
                            {S(rollout)}),
                   {{"rollout", S(rollout)}});
}

absl::Status ProposalNotFound(std::string_view rollout, int64_t number) {
  const std::string name = ProposalName(rollout, number);
  return MakeMissing(
      "PROPOSAL_NOT_FOUND",
      Sentence("Rollout $0 has no proposal $1.", {S(rollout), std::to_string(number)}), name,
      {{"rollout", S(rollout)}, {"proposal", name}});
}

absl::Status ProposalRefuses(std::string_view proposal, ProposalState state) {
  return MakeError(StatusCode::kFailedPrecondition, "PROPOSAL_STATE",
                   Sentence("Proposal $0 is $1; only one that awaits approval is accepted or "
                            "declined.",
                            {S(proposal), S(Name(state))}),
                   {{"proposal", S(proposal)},
                    {"state", S(Name(state))},
                    {"expected_state", S(Name(ProposalState::kOpen))}});
}

absl::Status ProposalStale(std::string_view proposal) {
  return MakeError(StatusCode::kFailedPrecondition, "PROPOSAL_STALE",
                   Sentence("The rollout's file has changed since proposal $0 was written. Propose "
                            "the file again.",
                            {S(proposal)}),
                   {{"proposal", S(proposal)}});
}

absl::Status WaveNotFound(std::string_view rollout, int64_t number) {
  const std::string name = WaveName(rollout, number);
  return MakeMissing("WAVE_NOT_FOUND",
                     Sentence("Rollout $0 has no wave $1.", {S(rollout), std::to_string(number)}),
                     name, {{"rollout", S(rollout)}, {"wave", name}});
}

absl::Status WaveRefuses(std::string_view wave, WaveState state) {
  return MakeError(StatusCode::kFailedPrecondition, "WAVE_REFUSES",
                   Sentence("Wave $0 is $1, so that can't be done.", {S(wave), S(Name(state))}),
                   {{"wave", S(wave)}, {"state", S(Name(state))}});
}

absl::Status WavesPhaseDoesNotRun(std::string_view wave, std::string_view phase, PhaseState state) {
  return MakeError(StatusCode::kFailedPrecondition, "PHASE_DOES_NOT_RUN",
                   Sentence("Wave $0 is of phase $1, which is $2. It starts once the phase runs.",
                            {S(wave), S(phase), S(Name(state))}),
                   {{"wave", S(wave)}, {"phase", S(phase)}, {"state", S(Name(state))}});
}

absl::Status WaveUnfinished(std::string_view wave, const std::vector<std::string>& open) {
  const std::string count = std::to_string(open.size());
  return MakeError(
      StatusCode::kFailedPrecondition, "WAVE_UNFINISHED",
      Sentence("Wave $0 has $1 devices still to do: $2. Mark them, or give them back to "
               "the next plan with --return-open.",
               {S(wave), count, absl::StrJoin(open, ", ")}),
      {{"wave", S(wave)}, {"count", count}, {"open", Names(open)}});
}

}  // namespace kirikae::domain

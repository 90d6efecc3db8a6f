#include "service/app/rollouts/proposals.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/app/remark.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/domain/rollout_states.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::ProposalState;
using domain::Sentence;

std::string NameOf(const domain::Proposal& proposal) {
  return domain::ProposalName(proposal.rollout, proposal.number);
}

// Signs a proposal that is open.
absl::StatusOr<domain::Proposal> Decided(domain::Proposal proposal, ProposalState state,
                                         const std::string& remark, const WriteContext& context) {
  if (proposal.state != ProposalState::kOpen) {
    return domain::ProposalRefuses(NameOf(proposal), proposal.state);
  }
  if (remark.empty()) {
    return domain::InvalidField("remark", Sentence("Say why, for the record."));
  }
  RETURN_IF_ERROR(CheckRemark(remark));
  proposal.state = state;
  proposal.decider = context.caller.actor;
  proposal.remark = remark;
  proposal.decide_time = context.now;
  return proposal;
}

}  // namespace

absl::StatusOr<domain::Proposal> RequireProposal(store::ReadView& view, const std::string& name) {
  ASSIGN_OR_RETURN(const domain::RecordName parts,
                   domain::ParseName(domain::RecordKind::kProposal, name));
  ASSIGN_OR_RETURN(std::optional<domain::Proposal> proposal,
                   view.FindProposal(parts.rollout, parts.number));
  if (!proposal.has_value()) return domain::ProposalNotFound(parts.rollout, parts.number);
  return *std::move(proposal);
}

absl::StatusOr<domain::Proposal> OpenProposal(store::ReadView& view, const std::string& rollout) {
  ASSIGN_OR_RETURN(const std::vector<domain::Proposal> proposals, view.ListProposals(rollout));
  for (const domain::Proposal& proposal : proposals) {
    if (proposal.state == ProposalState::kOpen) return proposal;
  }
  return domain::Proposal();
}

absl::StatusOr<ProposalAct> Propose(store::ReadView& view, const ReadRollout& read,
                                    const std::string& etag, const WriteContext& context) {
  ASSIGN_OR_RETURN(const domain::Rollout rollout, RequireRollout(view, read.file.id));
  ASSIGN_OR_RETURN(AppliedFile applied, PutFile(view, read, etag));
  if (!domain::IsUnderWay(rollout.state)) {
    return domain::RolloutRefuses(rollout.id, rollout.state,
                                  domain::Name(domain::Act::kProposeRollout));
  }
  if (applied.difference.rules.empty()) return domain::NothingToPropose(rollout.id);
  ASSIGN_OR_RETURN(const std::vector<domain::Proposal> before, view.ListProposals(rollout.id));
  ProposalAct act{.proposal = {},
                  .difference = std::move(applied.difference),
                  .draft = context.NewDraft(domain::Act::kProposeRollout)};
  for (const domain::Proposal& listed : before) {
    if (listed.state != ProposalState::kOpen) continue;
    ASSIGN_OR_RETURN(domain::Proposal open, RequireProposal(view, NameOf(listed)));
    open.state = ProposalState::kSuperseded;
    act.draft.edits.emplace_back(std::move(open));
  }
  act.proposal.rollout = rollout.id;
  act.proposal.number = before.empty() ? 1 : before.front().number + 1;
  act.proposal.base = rollout.source;
  act.proposal.source = read.content;
  act.proposal.author = context.caller.actor;
  act.proposal.create_time = context.now;
  act.proposal.reason = context.reason;
  act.draft.edits.emplace_back(act.proposal);
  return act;
}

absl::StatusOr<ProposalAct> AcceptProposal(store::ReadView& view, domain::Proposal proposal,
                                           const ReadRollout& read, const std::string& remark,
                                           const Ward& ward, const WriteContext& context) {
  if (proposal.state == ProposalState::kOpen && proposal.author == context.caller.actor &&
      !ward.allow_self_approval) {
    return domain::SelfApproval();
  }
  ProposalAct act{
      .proposal = {}, .difference = {}, .draft = context.NewDraft(domain::Act::kAcceptProposal)};
  ASSIGN_OR_RETURN(act.proposal,
                   Decided(std::move(proposal), ProposalState::kAccepted, remark, context));
  ASSIGN_OR_RETURN(const domain::Rollout rollout, RequireRollout(view, act.proposal.rollout));
  if (!domain::IsUnderWay(rollout.state)) {
    return domain::RolloutRefuses(rollout.id, rollout.state,
                                  domain::Name(domain::Act::kAcceptProposal));
  }
  if (rollout.source != act.proposal.base) return domain::ProposalStale(NameOf(act.proposal));
  ASSIGN_OR_RETURN(AppliedFile applied, PutFile(view, read, ""));
  act.difference = std::move(applied.difference);
  if (act.draft.reason.empty()) act.draft.reason = remark;
  act.draft.edits.emplace_back(std::move(applied.rollout));
  act.draft.edits.emplace_back(act.proposal);
  return act;
}

absl::StatusOr<ProposalAct> DeclineProposal(domain::Proposal proposal, FileDifference difference,
                                            const std::string& remark,
                                            const WriteContext& context) {
  ProposalAct act{.proposal = {},
                  .difference = std::move(difference),
                  .draft = context.NewDraft(domain::Act::kDeclineProposal)};
  ASSIGN_OR_RETURN(act.proposal,
                   Decided(std::move(proposal), ProposalState::kDeclined, remark, context));
  if (act.draft.reason.empty()) act.draft.reason = remark;
  act.draft.edits.emplace_back(act.proposal);
  return act;
}

absl::StatusOr<FileDifference> DifferenceOf(const domain::Proposal& proposal) {
  ASSIGN_OR_RETURN(const auto file, FileOf(proposal.source));
  return CompareFiles(proposal.base, proposal.source, file->file());
}

}  // namespace kirikae::app

// Proposed changes of the rules of a rollout that is under way.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "service/app/act.h"
#include "service/app/rollouts/apply_file.h"
#include "service/app/ward.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// An act on a proposal: the proposal afterwards (with its old version), and the draft.
struct ProposalAct {
  domain::Proposal proposal;
  FileDifference difference;  ///< of the proposed file from the one that it was written against
  store::Draft draft;
};

/// The proposal with this resource name. INVALID_ARGUMENT, NOT_FOUND.
absl::StatusOr<domain::Proposal> RequireProposal(store::ReadView& view, const std::string& name);

/// The open proposal of a rollout, without its files; its number is 0 when there is none.
absl::StatusOr<domain::Proposal> OpenProposal(store::ReadView& view, const std::string& rollout);

/// Proposes the file for the rollout that it names; an open proposal of that rollout is replaced.
/// FAILED_PRECONDITION: the rollout is not under way, no rule differs, or a phase that has begun is
/// left out.
absl::StatusOr<ProposalAct> Propose(store::ReadView& view, const ReadRollout& read,
                                    const std::string& etag, const WriteContext& context);

/// Puts the proposed file in force. `read` is its content. PERMISSION_DENIED for its author, unless
/// the ward allows that. FAILED_PRECONDITION: it is not open, or the rollout's file has changed
/// since it was written.
absl::StatusOr<ProposalAct> AcceptProposal(store::ReadView& view, domain::Proposal proposal,
                                           const ReadRollout& read, const std::string& remark,
                                           const Ward& ward, const WriteContext& context);

/// Sends it back. `difference` is the proposal's, for the answer. FAILED_PRECONDITION when it is
/// not open.
absl::StatusOr<ProposalAct> DeclineProposal(domain::Proposal proposal, FileDifference difference,
                                            const std::string& remark, const WriteContext& context);

/// How the proposed file differs from the one that it was written against.
absl::StatusOr<FileDifference> DifferenceOf(const domain::Proposal& proposal);

}  // namespace kirikae::app

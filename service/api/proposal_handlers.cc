// Handlers of proposals.
#include <string>
#include <utility>
#include <vector>

#include "service/api/call/page.h"
#include "service/api/convert/proposal.h"
#include "service/api/rollout_handlers.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

// The answer to an act on a proposal: the proposal with its new version.
store::Draft AnswerWith(app::ProposalAct act, v1::Proposal* answer) {
  ToProto(act.proposal, answer);
  ToProto(act.difference, answer);
  answer->set_etag(std::to_string(act.proposal.version + 1));
  return std::move(act.draft);
}

}  // namespace

absl::StatusOr<app::ReadRollout> ReadProposed(const Preparation& preparation,
                                              const v1::ProposeRolloutRequest& request) {
  ASSIGN_OR_RETURN(const auto view, preparation.env.store.Read(preparation.abandoned));
  return app::ReadRolloutContent(*view, request.content());
}

absl::StatusOr<app::ReadRollout> ReadAccepted(const Preparation& preparation,
                                              const v1::AcceptProposalRequest& request) {
  ASSIGN_OR_RETURN(const auto view, preparation.env.store.Read(preparation.abandoned));
  ASSIGN_OR_RETURN(const domain::Proposal proposal, app::RequireProposal(*view, request.name()));
  return app::ReadRolloutContent(*view, proposal.source);
}

absl::StatusOr<app::FileDifference> ReadDeclined(const Preparation& preparation,
                                                 const v1::DeclineProposalRequest& request) {
  ASSIGN_OR_RETURN(const auto view, preparation.env.store.Read(preparation.abandoned));
  ASSIGN_OR_RETURN(const domain::Proposal proposal, app::RequireProposal(*view, request.name()));
  return app::DifferenceOf(proposal);
}

absl::StatusOr<store::Draft> ProposeRollout(const WriteCall& call,
                                            const v1::ProposeRolloutRequest& request,
                                            const app::ReadRollout& read, v1::Proposal* answer) {
  ASSIGN_OR_RETURN(app::ProposalAct act,
                   app::Propose(call.view, read, request.etag(), call.context));
  return AnswerWith(std::move(act), answer);
}

absl::StatusOr<store::Draft> AcceptProposal(const WriteCall& call,
                                            const v1::AcceptProposalRequest& request,
                                            const app::ReadRollout& read, v1::Proposal* answer) {
  ASSIGN_OR_RETURN(domain::Proposal proposal, app::RequireProposal(call.view, request.name()));
  ASSIGN_OR_RETURN(app::ProposalAct act,
                   app::AcceptProposal(call.view, std::move(proposal), read, request.remark(),
                                       call.ward(), call.context));
  return AnswerWith(std::move(act), answer);
}

absl::StatusOr<store::Draft> DeclineProposal(const WriteCall& call,
                                             const v1::DeclineProposalRequest& request,
                                             const app::FileDifference& difference,
                                             v1::Proposal* answer) {
  ASSIGN_OR_RETURN(domain::Proposal proposal, app::RequireProposal(call.view, request.name()));
  ASSIGN_OR_RETURN(app::ProposalAct act, app::DeclineProposal(std::move(proposal), difference,
                                                              request.remark(), call.context));
  return AnswerWith(std::move(act), answer);
}

absl::Status GetProposal(const Call& call, const v1::GetProposalRequest& request,
                         v1::Proposal* response) {
  ASSIGN_OR_RETURN(const domain::Proposal proposal,
                   app::RequireProposal(call.view, request.name()));
  ASSIGN_OR_RETURN(const app::FileDifference difference, app::DifferenceOf(proposal));
  ToProto(proposal, response);
  ToProto(difference, response);
  return absl::OkStatus();
}

absl::Status ListProposals(const Call& call, const v1::ListProposalsRequest& request,
                           v1::ListProposalsResponse* response) {
  ASSIGN_OR_RETURN(const domain::RecordName name,
                   domain::ParseName(domain::RecordKind::kRollout, request.parent(), "parent"));
  RETURN_IF_ERROR(app::RequireRollout(call.view, name.id).status());
  const std::string asked = "proposals?" + name.id;
  ASSIGN_OR_RETURN(const int limit, PageSize(request.page_size()));
  // Proposals before this number; 0 = from the newest.
  ASSIGN_OR_RETURN(const int64_t before, ReadNumberToken(request.page_token(), asked));
  ASSIGN_OR_RETURN(const std::vector<domain::Proposal> proposals, call.view.ListProposals(name.id));
  for (const domain::Proposal& proposal : proposals) {
    if (before != 0 && proposal.number >= before) continue;
    if (response->proposals_size() == limit) {
      response->set_next_page_token(MakePageToken(std::to_string(proposal.number + 1), asked));
      break;
    }
    ToProto(proposal, response->add_proposals());
  }
  return absl::OkStatus();
}

}  // namespace kirikae::api

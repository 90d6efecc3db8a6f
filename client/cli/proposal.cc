#include <iostream>
#include <memory>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/paging.h"
#include "client/cli/record_name.h"
#include "client/cli/rollout_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_file.h"
#include "client/cli/text_option.h"
#include "client/cli/yaml_lines.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

using Stub = v1::RolloutService::Stub;

v1::ListProposalsResponse AllOf(Session& session, const std::string& rollout) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  v1::ListProposalsRequest request;
  request.set_parent(rollout);
  return ReadAll<v1::ListProposalsRequest, v1::ListProposalsResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListProposals(context, asked, page);
      });
}

// `ROLLOUT/N`, `N` or a name; for a rollout the proposal that awaits approval.
std::string ProposalName(Session& session, const std::string& given) {
  if (std::string name = NumberedName(session, given, "proposals"); !name.empty()) return name;
  const std::string rollout = RolloutName(session, given);
  const v1::ListProposalsResponse all = AllOf(session, rollout);
  for (const v1::Proposal& proposal : all.proposals()) {
    if (proposal.state() == v1::PROPOSAL_STATE_OPEN) return proposal.name();
  }
  throw Failure{.code = kNotFound,
                .reason = "PROPOSAL_NOT_FOUND",
                .sentence = Tr("No proposal of $0 awaits approval. List them: kirikae rollout "
                               "proposals",
                               {rollout})};
}

void PrintProposal(Session& session, const v1::Proposal& proposal) {
  Table rules{{{"rule", Tr("rule")},
               {"in_force", Tr("in force"), Fit::kWrap},
               {"proposed", Tr("proposed"), Fit::kWrap}},
              {},
              {proposal.name()}};
  for (const v1::RuleDifference& rule : proposal.rules()) {
    rules.rows.push_back({rule.path(), rule.before(), rule.after()});
  }
  if (session.ForPeople()) {
    std::cout << proposal.name() << "  " << Term(proposal.state()) << "\n"
              << Tr("Proposed by $0 on $1: $2",
                    {proposal.author(), LocalTime(proposal.create_time()), proposal.reason()})
              << "\n";
  }
  session.Print(rules, proposal, "");
  if (!session.ForPeople() || proposal.decider().empty()) return;
  const std::vector<std::string> signature = {proposal.decider(), LocalTime(proposal.decide_time()),
                                              proposal.remark()};
  std::cout << (proposal.state() == v1::PROPOSAL_STATE_DECLINED
                    ? Tr("Sent back by $0 on $1: $2", signature)
                    : Tr("Approved by $0 on $1: $2", signature))
            << "\n";
}

v1::Proposal Get(Session& session, const std::string& name) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  v1::GetProposalRequest request;
  request.set_name(name);
  v1::Proposal proposal;
  session.Call([&](grpc::ClientContext& context) {
    return stub->GetProposal(&context, request, &proposal);
  });
  return proposal;
}

void Propose(Session& session, const std::string& path) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  v1::ProposeRolloutRequest request;
  request.set_content(ReadTextFile(path));
  session.line_of = [yaml = request.content()](const std::string& field) {
    return LineOf(yaml, field);
  };
  *request.mutable_options() = session.Options();
  v1::Proposal proposal;
  session.Call([&](grpc::ClientContext& context) {
    return stub->ProposeRollout(&context, request, &proposal);
  });
  PrintProposal(session, proposal);
  if (!session.dry_run) {
    session.Note(
        Tr("An approver decides: kirikae rollout accept $0 --remark <TEXT>", {proposal.name()}));
  }
}

void List(Session& session, const std::string& given) {
  const v1::ListProposalsResponse all = AllOf(session, RolloutName(session, given));
  Table table{{{"proposal", Tr("proposal")},
               {"state", Tr("state")},
               {"by", Tr("by")},
               {"made", Tr("made")},
               {"why", Tr("why"), Fit::kWrap},
               {"decided_by", Tr("decided by")},
               {"remark", Tr("remark"), Fit::kWrap}},
              {},
              {}};
  for (const v1::Proposal& proposal : all.proposals()) {
    table.rows.push_back({Cell(ShortName(proposal.name()), proposal.name()),
                          TermCell(proposal.state()), proposal.author(),
                          LocalTime(proposal.create_time()), proposal.reason(), proposal.decider(),
                          proposal.remark()});
    table.names.push_back(proposal.name());
  }
  session.Print(table, all, "proposals");
}

// Accepts or declines.
template <typename Request>
void Decide(Session& session, Request request,
            grpc::Status (Stub::*rpc)(grpc::ClientContext*, const Request&, v1::Proposal*)) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  *request.mutable_options() = session.Options();
  if (request.remark().empty()) request.set_remark(session.reason);
  v1::Proposal proposal;
  session.Call([&](grpc::ClientContext& context) {
    return (stub.get()->*rpc)(&context, request, &proposal);
  });
  PrintProposal(session, proposal);
}

void Accept(Session& session, const std::string& given, const std::string& remark) {
  v1::AcceptProposalRequest request;
  request.set_name(ProposalName(session, given));
  request.set_remark(remark);
  if (!session.dry_run) {
    if (session.ForPeople()) PrintProposal(session, Get(session, request.name()));
    session.Confirm(Tr("The rules of the rollout will change as $0 proposes.", {request.name()}),
                    "yes");
  }
  Decide(session, request, &Stub::AcceptProposal);
  if (!session.dry_run) {
    session.Note(Tr("The approved plan stays as it is. Make a new one: kirikae plan create"));
  }
}

}  // namespace

void AddProposals(CLI::App& rollout, Session& session) {
  auto* const propose =
      rollout.add_subcommand("propose", Tr("propose other rules for a rollout under way"));
  const auto file = Required(*propose, "-f,--file", Tr("YAML file"));
  propose->callback([file, &session] { Propose(session, *file); });

  auto* const list = rollout.add_subcommand("proposals", Tr("list proposals"));
  const auto listed = Optional(*list, "ROLLOUT", Tr("id; may be left out when there is one"));
  list->callback([listed, &session] { List(session, *listed); });

  const std::string help = Tr("ROLLOUT/N or N; the one that awaits approval when left out");
  auto* const show = rollout.add_subcommand("proposal", Tr("show what a proposal changes"));
  const auto shown = Optional(*show, "PROPOSAL", help);
  show->callback(
      [shown, &session] { PrintProposal(session, Get(session, ProposalName(session, *shown))); });

  auto* const accept = rollout.add_subcommand("accept", Tr("put proposed rules in force"));
  const auto accepted = Optional(*accept, "PROPOSAL", help);
  const auto remark = Optional(*accept, "--remark", Tr("why; required"));
  accept->callback([accepted, remark, &session] { Accept(session, *accepted, *remark); });

  auto* const decline = rollout.add_subcommand("decline", Tr("send a proposal back"));
  const auto declined = Optional(*decline, "PROPOSAL", help);
  const auto why = Optional(*decline, "--remark", Tr("why; required"));
  decline->callback([declined, why, &session] {
    v1::DeclineProposalRequest request;
    request.set_name(ProposalName(session, *declined));
    request.set_remark(*why);
    Decide(session, request, &Stub::DeclineProposal);
  });
}

}  // namespace kirikae::cli

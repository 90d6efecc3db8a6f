#include "service/api/convert/proposal.h"

#include <string>

#include "service/api/convert/records.h"
#include "service/domain/record_name.h"

namespace kirikae::api {

void ToProto(const domain::Proposal& proposal, v1::Proposal* proto) {
  proto->set_name(domain::ProposalName(proposal.rollout, proposal.number));
  proto->set_state(static_cast<v1::ProposalState>(proposal.state));
  proto->set_author(proposal.author);
  proto->set_create_time(FormatInstant(proposal.create_time));
  proto->set_reason(proposal.reason);
  proto->set_decider(proposal.decider);
  proto->set_remark(proposal.remark);
  if (proposal.decide_time.has_value()) {
    proto->set_decide_time(FormatInstant(*proposal.decide_time));
  }
  proto->set_etag(std::to_string(proposal.version));
  proto->set_source(proposal.source);
}

void ToProto(const app::FileDifference& difference, v1::Proposal* proto) {
  for (const app::RuleDifference& rule : difference.rules) {
    auto* const row = proto->add_rules();
    row->set_path(rule.path);
    row->set_before(rule.before);
    row->set_after(rule.after);
  }
  proto->mutable_differences()->Assign(difference.keys.begin(), difference.keys.end());
}

}  // namespace kirikae::api

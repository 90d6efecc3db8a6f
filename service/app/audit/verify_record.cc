#include "service/app/audit/verify_record.h"

#include "service/app/audit/record_notary.h"
#include "service/proof/checkpoint_check.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

constexpr int kHashesAtATime = 4096;

}  // namespace

absl::StatusOr<RecordReport> VerifyRecord(store::ReadView& view,
                                          const std::vector<std::string>& notes) {
  RecordReport report;
  ASSIGN_OR_RETURN(report.chain, view.VerifyChain());
  if (report.chain.first_bad != 0) {
    report.findings.push_back(
        {proof::FaultKind::kAltered, report.chain.first_bad,
         domain::Sentence("Change set $0 was altered: its content and the hash before it do not "
                          "give its hash.",
                          {std::to_string(report.chain.first_bad)})});
  }
  ASSIGN_OR_RETURN(const std::vector<proof::PublicKey> keys, KnownKeys(view));
  proof::CheckpointCheck check(notes, keys);
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<std::string> hashes,
                     view.HashesFrom(check.tree().size() + 1, kHashesAtATime));
    for (const std::string& hash : hashes) check.Append(hash);
    if (hashes.size() < static_cast<size_t>(kHashesAtATime)) break;
  }
  report.checkpoints = check.compared();
  for (proof::Finding& finding : check.Finish()) report.findings.push_back(std::move(finding));
  return report;
}

}  // namespace kirikae::app

// The proof of the record: verification, checkpoints, export.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "service/api/audit_handlers.h"
#include "service/api/call/page.h"
#include "service/api/convert/records.h"
#include "service/app/audit/record_export.h"
#include "service/app/audit/record_notary.h"
#include "service/app/audit/verify_record.h"
#include "service/catalogue/catalogue.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

constexpr int kMostNotes = 1000;
constexpr int kMostFindings = 100;
constexpr size_t kChunk = size_t{256} << 10U;
constexpr char kCheckpointsQuery[] = "checkpoints";

v1::AuditFault FaultOf(proof::FaultKind kind) {
  switch (kind) {
    case proof::FaultKind::kUnreadable:
      return v1::AUDIT_FAULT_UNREADABLE;
    case proof::FaultKind::kAltered:
      return v1::AUDIT_FAULT_ALTERED;
    case proof::FaultKind::kRemoved:
      return v1::AUDIT_FAULT_REMOVED;
    case proof::FaultKind::kReordered:
      return v1::AUDIT_FAULT_REORDERED;
    case proof::FaultKind::kCutOff:
      return v1::AUDIT_FAULT_CUT_OFF;
    case proof::FaultKind::kForked:
      return v1::AUDIT_FAULT_FORKED;
    case proof::FaultKind::kWrongSignature:
      return v1::AUDIT_FAULT_WRONG_SIGNATURE;
    case proof::FaultKind::kUnknownKey:
      return v1::AUDIT_FAULT_UNKNOWN_KEY;
  }
  return v1::AUDIT_FAULT_UNSPECIFIED;
}

void ToProto(const proof::Finding& finding, v1::AuditFinding* proto) {
  proto->set_fault(FaultOf(finding.kind));
  if (finding.change_set != 0) {
    proto->set_change_set(domain::ChangeSetName(finding.change_set));
  }
  proto->mutable_message()->set_en(finding.sentence.English());
  proto->mutable_message()->set_ja(catalogue::Japanese(finding.sentence));
}

}  // namespace

absl::Status VerifyAuditLog(const Call& call, const v1::VerifyAuditLogRequest& request,
                            v1::VerifyAuditLogResponse* response) {
  if (request.checkpoints_size() > kMostNotes) {
    return domain::InvalidField("checkpoints",
                                domain::Sentence("At most $0 checkpoints are compared at a time.",
                                                 {std::to_string(kMostNotes)}));
  }
  ASSIGN_OR_RETURN(
      const app::RecordReport report,
      app::VerifyRecord(call.view, {request.checkpoints().begin(), request.checkpoints().end()}));
  response->set_intact(report.chain.first_bad == 0);
  response->set_checked(report.chain.checked);
  response->set_head_hash(report.chain.head_hash);
  if (report.chain.first_bad != 0) {
    response->set_first_bad(domain::ChangeSetName(report.chain.first_bad));
  }
  response->set_checkpoints(static_cast<int>(report.checkpoints));
  for (const proof::Finding& finding : report.findings) {
    if (finding.kind != proof::FaultKind::kUnknownKey) response->set_intact(false);
    if (response->findings_size() < kMostFindings) ToProto(finding, response->add_findings());
  }
  return absl::OkStatus();
}

absl::Status GetCheckpoint(const Call& call, const v1::GetCheckpointRequest&,
                           v1::Checkpoint* response) {
  ASSIGN_OR_RETURN(const app::SignedCheckpoint checkpoint, call.env.notary->Sign(call.view));
  response->set_note(checkpoint.note);
  response->set_size(checkpoint.size);
  response->set_public_key(call.env.notary->public_key().Text());
  response->set_create_time(FormatInstant(call.now));
  return absl::OkStatus();
}

absl::Status ListCheckpoints(const Call& call, const v1::ListCheckpointsRequest& request,
                             v1::ListCheckpointsResponse* response) {
  ASSIGN_OR_RETURN(const int limit, PageSize(request.page_size()));
  ASSIGN_OR_RETURN(const int64_t below, ReadNumberToken(request.page_token(), kCheckpointsQuery));
  ASSIGN_OR_RETURN(const std::vector<store::KeptCheckpoint> kept,
                   call.view.ListCheckpoints(below, limit));
  for (const store::KeptCheckpoint& checkpoint : kept) {
    auto* const row = response->add_checkpoints();
    row->set_note(checkpoint.note);
    row->set_size(checkpoint.size);
    row->set_create_time(FormatInstant(checkpoint.time));
  }
  if (kept.size() == static_cast<size_t>(limit)) {
    response->set_next_page_token(
        MakePageToken(std::to_string(kept.back().size), kCheckpointsQuery));
  }
  return absl::OkStatus();
}

absl::StatusOr<Parts<v1::ExportAuditLogResponse>> ExportAuditLog(const Call& call,
                                                                 const v1::ExportAuditLogRequest&) {
  store::ChangeSetQuery newest;
  newest.limit = 1;
  ASSIGN_OR_RETURN(const std::vector<domain::ChangeSet> sets, call.view.ListChangeSets(newest));
  // The copies of the function share the place in the record.
  const auto lines = std::make_shared<app::RecordExport>(call.env.notary->origin(),
                                                         sets.empty() ? 0 : sets.front().id);
  return [lines, store = &call.env.store,
          rest = std::string()](v1::ExportAuditLogResponse& part) mutable -> absl::StatusOr<bool> {
    if (rest.empty()) {
      ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, store->Read());
      ASSIGN_OR_RETURN(rest, lines->Next(*view));
    }
    // A line may be longer than a message may be.
    part.set_chunk(rest.substr(0, kChunk));
    rest.erase(0, kChunk);
    return !part.chunk().empty();
  };
}

}  // namespace kirikae::api

// Handlers of AuditService that have files of their own; contracts in its proto.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kirikae/v1/audit_service.pb.h"
#include "service/api/call/call.h"

namespace kirikae::api {

absl::Status VerifyAuditLog(const Call& call, const v1::VerifyAuditLogRequest& request,
                            v1::VerifyAuditLogResponse* response);
absl::Status GetCheckpoint(const Call& call, const v1::GetCheckpointRequest& request,
                           v1::Checkpoint* response);
absl::Status ListCheckpoints(const Call& call, const v1::ListCheckpointsRequest& request,
                             v1::ListCheckpointsResponse* response);
absl::StatusOr<Parts<v1::ExportAuditLogResponse>> ExportAuditLog(
    const Call& call, const v1::ExportAuditLogRequest& request);

}  // namespace kirikae::api

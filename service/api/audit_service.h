// AuditService: contracts in its proto.
#pragma once

#include "kirikae/v1/audit_service.grpc.pb.h"
#include "service/api/call/legacy_call.h"

namespace kirikae::api {

/// Handlers of AuditService. Thread-safe.
class AuditServiceImpl final : public v1::AuditService::CallbackService {
 public:
  explicit AuditServiceImpl(Environment& env) : env_(env) {}

  grpc::ServerUnaryReactor* ListChangeSets(grpc::CallbackServerContext* call,
                                           const v1::ListChangeSetsRequest* request,
                                           v1::ListChangeSetsResponse* response) override;
  grpc::ServerUnaryReactor* GetChangeSet(grpc::CallbackServerContext* call,
                                         const v1::GetChangeSetRequest* request,
                                         v1::GetChangeSetResponse* response) override;
  grpc::ServerUnaryReactor* UndoChangeSet(grpc::CallbackServerContext* call,
                                          const v1::UndoChangeSetRequest* request,
                                          v1::ChangeSet* response) override;
  grpc::ServerUnaryReactor* VerifyAuditLog(grpc::CallbackServerContext* call,
                                           const v1::VerifyAuditLogRequest* request,
                                           v1::VerifyAuditLogResponse* response) override;

 private:
  Environment& env_;
};

}  // namespace kirikae::api

// MigrationService: marks and the due list.
#pragma once

#include "kirikae/v1/migration_service.grpc.pb.h"
#include "service/api/call/legacy_call.h"

namespace kirikae::api {

/// Handlers of MigrationService; contracts in its proto. Thread-safe.
class MigrationServiceImpl final : public v1::MigrationService::CallbackService {
 public:
  explicit MigrationServiceImpl(Environment& env) : env_(env) {}

  grpc::ServerUnaryReactor* MarkDevices(grpc::CallbackServerContext* call,
                                        const v1::MarkDevicesRequest* request,
                                        v1::MarkDevicesResponse* response) override;
  grpc::ServerUnaryReactor* ListDue(grpc::CallbackServerContext* call,
                                    const v1::ListDueRequest* request,
                                    v1::ListDueResponse* response) override;

 private:
  Environment& env_;
};

}  // namespace kirikae::api

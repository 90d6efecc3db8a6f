// ImportService: files in, as a stored preview and then exactly that preview applied.
#pragma once

#include "kirikae/v1/import_service.grpc.pb.h"
#include "service/api/call/legacy_call.h"

namespace kirikae::api {

/// Handlers of ImportService; contracts in its proto. Thread-safe.
class ImportServiceImpl final : public v1::ImportService::CallbackService {
 public:
  explicit ImportServiceImpl(Environment& env) : env_(env) {}

  grpc::ServerReadReactor<v1::PreviewImportRequest>* PreviewImport(
      grpc::CallbackServerContext* call, v1::Import* response) override;
  grpc::ServerUnaryReactor* GetImport(grpc::CallbackServerContext* call,
                                      const v1::GetImportRequest* request,
                                      v1::Import* response) override;
  grpc::ServerUnaryReactor* ListImportRows(grpc::CallbackServerContext* call,
                                           const v1::ListImportRowsRequest* request,
                                           v1::ListImportRowsResponse* response) override;
  grpc::ServerUnaryReactor* ApplyImport(grpc::CallbackServerContext* call,
                                        const v1::ApplyImportRequest* request,
                                        v1::Import* response) override;
  grpc::ServerWriteReactor<v1::ExportDevicesResponse>* ExportDevices(
      grpc::CallbackServerContext* call, const v1::ExportDevicesRequest* request) override;
  grpc::ServerUnaryReactor* ListProfiles(grpc::CallbackServerContext* call,
                                         const v1::ListProfilesRequest* request,
                                         v1::ListProfilesResponse* response) override;
  grpc::ServerUnaryReactor* GetProfile(grpc::CallbackServerContext* call,
                                       const v1::GetProfileRequest* request,
                                       v1::ImportProfile* response) override;
  grpc::ServerUnaryReactor* SaveProfile(grpc::CallbackServerContext* call,
                                        const v1::SaveProfileRequest* request,
                                        v1::ImportProfile* response) override;
  grpc::ServerUnaryReactor* DeleteProfile(grpc::CallbackServerContext* call,
                                          const v1::DeleteProfileRequest* request,
                                          v1::DeleteProfileResponse* response) override;

 private:
  Environment& env_;
};

}  // namespace kirikae::api

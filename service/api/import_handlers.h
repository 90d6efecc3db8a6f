// Handlers of ImportService that have files of their own; contracts in its proto.
#pragma once

#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kirikae/v1/import_service.pb.h"
#include "service/api/call/call.h"
#include "service/store/store.h"

namespace kirikae::api {

// preview_import.cc
/// Collects the upload, PreviewImportRequests that are not parsed yet, and stores its preview, an
/// Import; the reactor deletes itself when the call is done.
grpc::ServerReadReactor<grpc::ByteBuffer>* StartPreview(Environment& env,
                                                        grpc::CallbackServerContext* context,
                                                        grpc::ByteBuffer* response);

// import_profiles.cc
absl::Status ListProfiles(const Call& call, const v1::ListProfilesRequest& request,
                          v1::ListProfilesResponse* response);
absl::Status GetProfile(const Call& call, const v1::GetProfileRequest& request,
                        v1::ImportProfile* response);
absl::StatusOr<store::Draft> SaveProfile(const WriteCall& call,
                                         const v1::SaveProfileRequest& request,
                                         v1::ImportProfile* answer);
absl::StatusOr<store::Draft> DeleteProfile(const WriteCall& call,
                                           const v1::DeleteProfileRequest& request,
                                           v1::DeleteProfileResponse* answer);

// device_export.cc
absl::StatusOr<Parts<v1::ExportDevicesResponse>> ExportDevices(
    const Call& call, const v1::ExportDevicesRequest& request);

}  // namespace kirikae::api

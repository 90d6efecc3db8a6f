// Converts absl::Status to its form on the wire: canonical code, English, and details in both
// languages.
#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"

namespace kirikae::api {

/// google.rpc.Status with ErrorInfo (domain `kirikae`), LocalizedMessage (ja), BadRequest with the
/// violations, and ResourceInfo when a record is missing.
google::rpc::Status ToRpcStatus(const absl::Status& status);

/// The same as a gRPC status.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace kirikae::api

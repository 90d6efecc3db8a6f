// Converts absl::Status to its form on the wire: canonical code, English, and details in both
// languages.
#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"

namespace kirikae::api {

/// google.rpc.Status with ErrorInfo (domain `kirikae`), LocalizedMessage (ja), ResourceInfo where a
/// record is missing, and BadRequest with every violation, of which kirikae.v1.LocalizedBadRequest
/// has the Japanese. It fits into the 8 KiB of trailers that clients take: where the violations do
/// not, the last one says how many are left.
google::rpc::Status ToRpcStatus(const absl::Status& status);

/// The same as a gRPC status.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace kirikae::api

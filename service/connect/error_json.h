// Errors in the protocol's form.
#pragma once

#include <grpcpp/support/status.h>

#include <nlohmann/json.hpp>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"

namespace kirikae::connect {

/// The HTTP status of a unary call that ends with this code; 200 for OK.
int HttpStatus(grpc::StatusCode code);

/// What a call ended with: its code, its message, and the details of `grpc-status-details-bin`.
google::rpc::Status RpcStatusOf(const grpc::Status& status);

/// A refusal of the gateway (errors.h), with its ErrorInfo (domain `kirikae`) and its Japanese.
google::rpc::Status RpcStatusOf(const absl::Status& refusal);

/// `{"code", "message", "details": [{"type", "value", "debug"}]}`; `debug` is the detail as JSON,
/// and is left out where its type is not known here.
nlohmann::ordered_json ErrorJson(const google::rpc::Status& status);

}  // namespace kirikae::connect

// What every write's request says of itself.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/statusor.h"
#include "kirikae/v1/types.pb.h"
#include "service/api/call/environment.h"
#include "service/api/call/role_table.h"
#include "service/app/act.h"

namespace kirikae::api {

/// Who writes, why and when. INVALID_ARGUMENT with every fault: a request id that is no UUID, a
/// reason that is too long, an effective time that can't be read or lies in the future.
absl::StatusOr<app::WriteContext> ReadOptions(const v1::WriteOptions& options,
                                              const app::Caller& caller, absl::Time now);

/// A hash of the caller, the RPC and the request; "" without a request id. The same content has the
/// same fingerprint: a map is hashed in the order of its keys.
std::string Fingerprint(const app::Caller& caller, Rpc rpc,
                        const google::protobuf::Message& request, const std::string& request_id);

}  // namespace kirikae::api

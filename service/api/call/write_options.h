// The options of every write's request.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/statusor.h"
#include "kirikae/v1/types.pb.h"
#include "service/api/call/environment.h"
#include "service/api/call/role_table.h"
#include "service/app/act.h"

namespace kirikae::api {

/// The caller, reason and times of a write. INVALID_ARGUMENT with every fault: a request id that is
/// no UUID, a reason that is too long, an effective time that is unreadable
/// (domain::ReadSpokenTime) or in the future.
absl::StatusOr<app::WriteContext> ReadOptions(const v1::WriteOptions& options,
                                              const app::Caller& caller, absl::Time now,
                                              const absl::TimeZone& zone);

/// A hash of the caller, the RPC and the request; "" without a request id. Equal content has an
/// equal fingerprint: maps are hashed in the order of their keys.
std::string Fingerprint(const app::Caller& caller, Rpc rpc,
                        const google::protobuf::Message& request, const std::string& request_id);

}  // namespace kirikae::api

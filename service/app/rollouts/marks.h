// One act of marking: tags in, edits and a result per tag out.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "kirikae/v1/migration_service.pb.h"
#include "service/api/call/legacy_call.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Faults of the request that need no record: INVALID_ARGUMENT with every violation.
absl::Status CheckMarkRequest(const v1::MarkDevicesRequest& request);

/// Decides every mark on the writer's view. Without `allow_partial` one refusal refuses all, with
/// each refused tag named.
absl::StatusOr<store::Draft> MarkAll(const api::Environment& env,
                                     const v1::MarkDevicesRequest& request,
                                     const WriteContext& context, store::ReadView& view,
                                     int64_t change_set, v1::MarkDevicesResponse& response);

}  // namespace kirikae::app

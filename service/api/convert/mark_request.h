// Converts a request of marks, and its answer.
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "kirikae/v1/migration_service.pb.h"
#include "service/app/rollouts/marks.h"

namespace kirikae::api {

/// Checks what needs no record. INVALID_ARGUMENT with every violation.
absl::Status CheckMarkRequest(const v1::MarkDevicesRequest& request);

/// The order in a checked request, without its day `until`.
app::MarkOrder OrderOf(const v1::MarkDevicesRequest& request);

/// Fills in a result per tag without the reasons of refusals, the counts, and the change set's name
/// if something changed.
void FillResponse(const app::Marks& marks, int64_t change_set, v1::MarkDevicesResponse* response);

}  // namespace kirikae::api

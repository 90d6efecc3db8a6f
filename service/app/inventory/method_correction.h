// Corrects the method of devices whose record was wrong. It is no way to switch a device.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/app/act.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Most devices of one correction.
inline constexpr size_t kMostCorrected = 20;

/// What a correction does.
struct MethodCorrection {
  store::Draft draft;
  std::vector<domain::Device> devices;  ///< as they shall be, in the order of the tags
  int changed = 0;                      ///< devices of these
};

/// Sets the method that the devices have since the act's effective time. Tags are folded; one given
/// twice counts once. INVALID_ARGUMENT: no or too many tags, no reason. NOT_FOUND: an unknown tag.
/// FAILED_PRECONDITION: a device is retired. PERMISSION_DENIED: a device is in a rollout that is
/// under way, and the caller is no approver.
absl::StatusOr<MethodCorrection> CorrectMethod(store::ReadView& view,
                                               const std::vector<std::string>& asset_tags,
                                               domain::AuthMethod method,
                                               const WriteContext& context);

}  // namespace kirikae::app

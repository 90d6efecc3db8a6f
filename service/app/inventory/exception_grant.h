// Grants exceptions, within what the caller may.
#pragma once

#include "absl/status/status.h"
#include "service/app/act.h"
#include "service/app/ward.h"
#include "service/domain/device_rules.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Grants an exception to the device. Only an approver grants one that, with those before it, lasts
/// longer than one exception may (they count as one while less than a week lies between), and one
/// to the method that a rollout leads to while the device's phase is held: PERMISSION_DENIED for
/// others. Other errors as domain::GrantException. The caller stores the device.
absl::Status GrantException(store::ReadView& view, const Ward& ward, const WriteContext& context,
                            const domain::ExceptionRequest& request, domain::Device& device);

}  // namespace kirikae::app

// Sets a device's method from a time on, even a time before known changes.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Sets the method that `device` has from `effective` on. Later changes that are already known
/// stay; when these decide the present method, the device stays as it is and a past change is added
/// to `edits`. Nothing changes when the device had the method then. The caller stores the device.
absl::Status ChangeMethod(store::ReadView& view, domain::AuthMethod method, absl::Time effective,
                          domain::Device& device, std::vector<store::Edit>& edits);

/// A past change of `field` of `record`, listed under the device.
store::PastChange PastChangeOf(const std::string& asset_tag, const std::string& record,
                               const std::string& field, const std::string& old_value,
                               const std::string& new_value);

}  // namespace kirikae::app

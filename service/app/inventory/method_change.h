// Setting a device's method at a time, be it before what is known already.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Sets the method that `device` had from `effective` on. What is known of later times stays: where
/// that leaves the device as it is, a past change is added to `edits`. Nothing changes where it had
/// the method then. The caller stores the device.
absl::Status ChangeMethod(store::ReadView& view, domain::AuthMethod method, absl::Time effective,
                          domain::Device& device, std::vector<store::Edit>& edits);

/// A change of `field` of `record` that tells of what was, listed under the device.
store::PastChange PastChangeOf(const std::string& asset_tag, const std::string& record,
                               const std::string& field, const std::string& old_value,
                               const std::string& new_value);

}  // namespace kirikae::app

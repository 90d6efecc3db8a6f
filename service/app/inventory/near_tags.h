// Tags near a mistyped one, for "did you mean".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Up to three existing tags within two typing slips of `tag` (folded), nearest first.
absl::StatusOr<std::vector<std::string>> NearTags(store::ReadView& view, std::string_view tag);

/// The device, or NOT_FOUND with near tags. `tag` is folded first.
absl::StatusOr<domain::Device> RequireDevice(store::ReadView& view, std::string_view tag);

}  // namespace kirikae::app

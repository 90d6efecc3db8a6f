// The remark of who signs.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace kirikae::app {

/// INVALID_ARGUMENT for a remark of more than domain::kMostTextBytes.
absl::Status CheckRemark(const std::string& remark);

}  // namespace kirikae::app

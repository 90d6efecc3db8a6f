// The version of this program.
#pragma once

#include <string>

namespace kirikae::cli {

/// Such as `0.1.0`.
std::string Version();

}  // namespace kirikae::cli

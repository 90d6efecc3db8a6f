// Converts the standard's string_view to Abseil's, which may be another type.
#pragma once

#include <string_view>

#include "absl/strings/string_view.h"

namespace kirikae {

inline absl::string_view AbslView(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace kirikae

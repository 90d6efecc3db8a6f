// The standard's text view as Abseil's, which may be a type of its own.
#pragma once

#include <string_view>

#include "absl/strings/string_view.h"

namespace kirikae {

inline absl::string_view AbslView(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace kirikae

// A position in a list as the text inside a page token.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace kirikae::api {

/// The parts as one text. Each part is escaped, so it may hold any characters.
std::string JoinPosition(std::span<const std::string> parts);

/// The `count` parts of such a text. INVALID_ARGUMENT (BAD_PAGE_TOKEN) for another text.
absl::StatusOr<std::vector<std::string>> SplitPosition(std::string_view text, size_t count);

}  // namespace kirikae::api

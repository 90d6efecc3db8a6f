// Values of header fields that are lists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kirikae::connect {

/// The parts of a text between its separators, without the white space around each.
std::vector<std::string> PartsOf(std::string_view text, char separator);

}  // namespace kirikae::connect

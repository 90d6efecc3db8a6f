// Splits an input into the messages of a stream.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace kirikae::fuzz {

/// The messages of `input`, each after its length in two bytes, the lower one first. The last one
/// may be cut short.
inline std::vector<std::string_view> WireMessages(std::string_view input) {
  std::vector<std::string_view> messages;
  while (input.size() > 2) {
    const auto low = static_cast<unsigned char>(input[0]);
    const auto high = static_cast<unsigned char>(input[1]);
    input.remove_prefix(2);
    const size_t length = std::min<size_t>(low + 256U * high, input.size());
    messages.push_back(input.substr(0, length));
    input.remove_prefix(length);
  }
  return messages;
}

}  // namespace kirikae::fuzz

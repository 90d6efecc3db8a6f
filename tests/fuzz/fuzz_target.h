// What every fuzz target shares.
// A target defines LLVMFuzzerTestOneInput. It ends the program when an invariant does not hold;
// sanitizers end it at a fault of memory or of arithmetic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// Runs the target on one input; always 0. libFuzzer and replay_main.cc call it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace kirikae::fuzz {

/// Ends the program with `invariant` on standard error unless it holds.
inline void Require(bool holds, const char* invariant) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", invariant);
  std::abort();
}

/// The input as text.
inline std::string_view Input(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Takes the first line off `rest`; all of it when it has no line end.
inline std::string_view TakeLine(std::string_view& rest) {
  const size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return line;
}

}  // namespace kirikae::fuzz

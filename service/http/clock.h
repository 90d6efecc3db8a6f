// The clock of limits.
#pragma once

#include <chrono>

namespace kirikae::http {

using Clock = std::chrono::steady_clock;
using Instant = Clock::time_point;

}  // namespace kirikae::http

// Waits for what another thread or process is about to do.
#pragma once

#include <functional>

namespace kirikae::testing {

/// Waits for something that is about to happen; false after 20 s.
bool Eventually(const std::function<bool()>& happened);

}  // namespace kirikae::testing

// Shares as per cent.
#pragma once

#include <cmath>
#include <string>

namespace kirikae::cli {

/// A share of 0 to 1 with one decimal, `3.4 %`.
inline std::string Percent(double share) {
  const auto tenths = static_cast<long>(std::lround(share * 1000));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

}  // namespace kirikae::cli

#include "service/domain/proportion.h"

#include <algorithm>
#include <cmath>

namespace kirikae::domain {
namespace {

// The quantile of the standard normal distribution, by bisection.
double Quantile(double probability) {
  constexpr double kFarthest = 40;
  constexpr int kSteps = 100;
  double low = -kFarthest;
  double high = kFarthest;
  for (int i = 0; i < kSteps; ++i) {
    const double middle = (low + high) / 2;
    const double below = 0.5 * std::erfc(-middle / std::sqrt(2.0));
    (below < probability ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

double LowerBound(int64_t succeeded, int64_t attempted, double confidence) {
  if (attempted <= 0) return 0;
  const auto n = static_cast<double>(attempted);
  const double rate = static_cast<double>(succeeded) / n;
  const double z = Quantile(confidence);
  const double centre = rate + z * z / (2 * n);
  const double spread = z * std::sqrt(rate * (1 - rate) / n + z * z / (4 * n * n));
  return std::clamp((centre - spread) / (1 + z * z / n), 0.0, 1.0);
}

bool CallsBad(const SequentialTest& test, int64_t succeeded, int64_t failed) {
  const double evidence = static_cast<double>(succeeded) * std::log(test.bad / test.good) +
                          static_cast<double>(failed) * std::log((1 - test.bad) / (1 - test.good));
  return evidence >= std::log((1 - test.error) / test.error);
}

}  // namespace kirikae::domain

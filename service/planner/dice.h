// Random numbers that are the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kirikae::planner {

/// splitmix64 (Steele, Lea, Flood, 2014). Not thread-safe.
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t x = state_ += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
  }
  /// In [0, 1), 53 bits.
  double Draw() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }
  /// In 0..n - 1; n above 0.
  size_t Below(size_t n) { return static_cast<size_t>(Next() % n); }

 private:
  uint64_t state_;
};

}  // namespace kirikae::planner

// A small random generator for tests, with the same numbers on every machine.
#pragma once

#include <cstdint>

namespace kirikae::planner {

class TestDice {
 public:
  explicit TestDice(uint64_t seed) : state_(seed * 2862933555777941757u + 3037000493u) {}
  uint64_t Next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_ * 2685821657736338717u >> 16;
  }
  int Below(int n) { return static_cast<int>(Next() % static_cast<uint64_t>(n)); }
  int From(int low, int high) { return low + Below(high - low + 1); }
  bool Chance(int percent) { return Below(100) < percent; }

 private:
  uint64_t state_;
};

}  // namespace kirikae::planner

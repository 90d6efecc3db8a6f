// Counts devices by state; waves, gates, progress and reports all use it.
#pragma once

#include <array>
#include <cstdint>

#include "service/domain/values.h"

namespace kirikae::domain {

/// Devices by placement state.
class Tally {
 public:
  void Add(PlacementState state, int64_t count = 1) { counts_[Index(state)] += count; }
  void Add(const Tally& other);

  int64_t Count(PlacementState state) const { return counts_[Index(state)]; }
  int64_t Total() const;
  /// MIGRATED and VERIFIED.
  int64_t Succeeded() const;
  /// FAILED and ROLLED_BACK.
  int64_t Failures() const;
  /// Succeeded and failures: the base of the success rate.
  int64_t Attempted() const { return Succeeded() + Failures(); }
  /// UNPLANNED, PLANNED and DUE: still to do.
  int64_t Open() const;
  /// Switched and then switched back.
  int64_t Incidents() const { return Count(PlacementState::kRolledBack); }

 private:
  static size_t Index(PlacementState state) { return static_cast<size_t>(state) - 1; }
  std::array<int64_t, 9> counts_{};
};

}  // namespace kirikae::domain

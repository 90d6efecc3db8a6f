#include "service/domain/tally.h"

#include <numeric>

namespace kirikae::domain {

void Tally::Add(const Tally& other) {
  for (size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
}

int64_t Tally::Total() const { return std::accumulate(counts_.begin(), counts_.end(), int64_t{0}); }

int64_t Tally::Succeeded() const {
  return Count(PlacementState::kMigrated) + Count(PlacementState::kVerified);
}

int64_t Tally::Failures() const {
  return Count(PlacementState::kFailed) + Count(PlacementState::kRolledBack);
}

int64_t Tally::Open() const {
  return Count(PlacementState::kUnplanned) + Count(PlacementState::kPlanned) +
         Count(PlacementState::kDue);
}

}  // namespace kirikae::domain

// How large a problem may be for each kind of search.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kirikae::planner {

/// Up to kExactUnits units a whole search usually completes; up to kProvableUnits it is worth
/// trying.
inline constexpr size_t kExactUnits = 14;
inline constexpr int64_t kExactNodes = 3'000'000;
inline constexpr size_t kProvableUnits = 60;
inline constexpr int64_t kProofNodes = 1'200'000;
/// Neighbourhood search runs up to kNeighbourhoodUnits units; up to kMostNeighbourhoodUnits only
/// when something possible is left out.
inline constexpr size_t kNeighbourhoodUnits = 150;
inline constexpr size_t kMostNeighbourhoodUnits = 1'000;
inline constexpr int64_t kNeighbourhoodSteps = 6'000'000;
/// A whole search lists the cells of every unit; this limits the memory.
inline constexpr size_t kMostPlaces = 4'000'000;

}  // namespace kirikae::planner

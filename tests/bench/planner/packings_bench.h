#pragma once

#include <string>
#include <vector>

#include "tests/bench/planner/packings.h"

namespace kirikae::bench {

/// Solves every packing for `seconds` each and prints a table with a row per class: how many reach
/// their known optimum, and how many have a bound above it. The bar is 99 % over all packings. With
/// `only`, that class or packing alone; with `verbose`, lists each packing that misses.
void BenchPackings(const std::vector<PackingClass>& classes, double seconds,
                   const std::string& only, bool verbose);

}  // namespace kirikae::bench

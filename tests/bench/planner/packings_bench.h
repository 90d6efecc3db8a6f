#pragma once

#include <string>
#include <vector>

#include "tests/bench/planner/packings.h"

namespace kirikae::bench {

/// Solves every packing at `seconds` each and prints a table, a row a class: how many come out at
/// their known optimum, how many with a bound above it. The bar of 99 % is for all of them. With
/// `only`, that class or packing alone; with `verbose`, each instance that misses.
void BenchPackings(const std::vector<PackingClass>& classes, double seconds,
                   const std::string& only, bool verbose);

}  // namespace kirikae::bench

#pragma once

#include <string>

namespace kirikae::bench {

/// Solves `scale` of every class of packings at `seconds` each and prints a table: how many come
/// out at their known optimum, how many with a bound above it. With `only`, that class or packing
/// alone; with `verbose`, each instance that misses.
void BenchPackings(double scale, double seconds, const std::string& only, bool verbose);

}  // namespace kirikae::bench

// Measures how often the planner proves its plan.
#pragma once

namespace kirikae::bench {

/// Solves `count` random problems of 15 to 60 items with every rule, each for at most `seconds` of
/// processor time, and reports how many plans are proven best on PLACED, FINISH and STABILITY.
void BenchProofs(int count, double seconds, bool verbose);

}  // namespace kirikae::bench

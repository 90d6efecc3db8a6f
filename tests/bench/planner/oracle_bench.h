#pragma once

namespace kirikae::bench {

/// Compares the solver with the exhaustive oracle on `cases` small random problems, and on a
/// twentieth as many plans made again after a slip; prints up to 20 differences.
void BenchOracle(int cases);

}  // namespace kirikae::bench

#pragma once

namespace kirikae::bench {

/// Gives the MIP solvers CBC and HiGHS the same problems as mixed-integer programs of PLACED and
/// FINISH: `middling` random ones of 12 to 30 items with every rule, a phase of 700 devices with
/// visits, and packings. Prints the answers with their bounds and times. Fails its bar when a
/// solver finds a better plan for more than one problem in a hundred, or when a bound is above a
/// solver's solution. `seconds`: a solver's time limit for one problem.
void BenchMip(int middling, double seconds);

}  // namespace kirikae::bench

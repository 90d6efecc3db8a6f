#pragma once

namespace kirikae::bench {

/// Gives CBC the same problems, as mixed-integer programs of PLACED and FINISH: `middling` random
/// ones of 12 to 30 items with every rule, a phase of 700 devices with visits, and packings. Prints
/// both answers with their bounds and times. More than one plan in a hundred that CBC
/// betters, or one bound above what CBC found, misses its bar. `seconds`: CBC's limit for one
/// problem.
void BenchCbc(int middling, double seconds);

}  // namespace kirikae::bench

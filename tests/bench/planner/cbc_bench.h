#pragma once

namespace kirikae::bench {

/// Gives CBC the same problems as mixed-integer programs of PLACED and FINISH: `middling` random
/// ones of 12 to 30 items with every rule, a phase of 700 devices with visits, and packings. Prints
/// both answers with their bounds and times. Fails its bar when CBC finds a better plan for more
/// than one problem in a hundred, or when a bound is above CBC's solution. `seconds`: CBC's time
/// limit for one problem.
void BenchCbc(int middling, double seconds);

}  // namespace kirikae::bench

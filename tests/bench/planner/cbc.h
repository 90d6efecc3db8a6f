// The MIP solver CBC, run on a program.
#pragma once

#include <optional>
#include <string>

namespace kirikae::bench {

/// What came of a run. Values are the objective's.
struct CbcAnswer {
  /// The best solution found, none = none was.
  std::optional<double> value;
  /// No solution is below it.
  double bound = 0;
  double seconds = 0;
  bool proven = false;
};

/// Runs `cbc` (Debian's coinor-cbc) with one thread and without a gap it may leave, for at most
/// `seconds` of processor time. Throws std::runtime_error with its last words when it cannot be run
/// or says something else than expected.
CbcAnswer RunCbc(const std::string& lp, double seconds);

}  // namespace kirikae::bench

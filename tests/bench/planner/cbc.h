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
  /// It broke off: version 2.10 fails an assertion of its own now and then, and takes a program for
  /// infeasible when its time ends before its search begins.
  bool failed = false;
};

/// Runs `cbc` (Debian's coinor-cbc) with one thread and without a gap it may leave, for at most
/// `seconds` of processor time; it looks at the time between steps only, which can be long. Throws
/// std::runtime_error with its last words when it cannot be run or says something unexpected.
CbcAnswer RunCbc(const std::string& lp, double seconds);

}  // namespace kirikae::bench

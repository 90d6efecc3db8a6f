// Runs the MIP solver CBC.
#pragma once

#include <optional>
#include <string>

namespace kirikae::bench {

/// The result of a run. Values are of the program's objective.
struct CbcAnswer {
  /// The best solution found; absent: none was found.
  std::optional<double> value;
  /// Proven: no solution is below it.
  double bound = 0;
  double seconds = 0;
  bool proven = false;
  /// CBC failed: version 2.10 sometimes fails an assertion of its own, and calls a program
  /// infeasible when its time ends before its search begins.
  bool failed = false;
};

/// Runs `cbc` (Debian's coinor-cbc) with one thread and an allowed gap of 0, for at most `seconds`
/// of processor time; CBC checks the time only between steps, which can be long. Throws
/// std::runtime_error with CBC's last output when it can't run or its output is unexpected.
CbcAnswer RunCbc(const std::string& lp, double seconds);

}  // namespace kirikae::bench

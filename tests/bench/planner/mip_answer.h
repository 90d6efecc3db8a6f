// The answer of a MIP solver.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace kirikae::bench {

/// The result of a run. Values are of the program's objective.
struct MipAnswer {
  /// The best solution found; absent: none was found.
  std::optional<double> value;
  /// Proven: no solution is below it.
  double bound = 0;
  /// Processor time.
  double seconds = 0;
  bool proven = false;
  /// The solver broke off by a fault of its own.
  bool failed = false;
};

/// Solves a program in CPLEX's LP format for at most `seconds`. Throws std::runtime_error when the
/// solver can't run or its output is unexpected.
using MipSolver = std::function<MipAnswer(const std::string& lp, double seconds)>;

}  // namespace kirikae::bench

#include "tests/bench/planner/cbc.h"

#include <stdexcept>

#include "tests/support/program.h"

namespace kirikae::bench {
namespace {

/// The number after the last `label` in CBC's output.
std::optional<double> After(const std::string& out, const std::string& label) {
  const size_t at = out.rfind(label);
  if (at == std::string::npos) return std::nullopt;
  return std::stod(out.substr(at + label.size()));
}

}  // namespace

MipAnswer RunCbc(const std::string& lp, double seconds) {
  const testing::TemporaryFolder folder;
  const std::string file = folder / "problem.lp";
  testing::WriteFile(file, lp);
  const testing::ProgramResult run =
      testing::RunProgram({"/usr/bin/env", "cbc", file, "-threads", "1", "-ratioGap", "0",
                           "-allowableGap", "0", "-sec", std::to_string(seconds), "-solve"});
  const auto fail = [&](const std::string& what) {
    const size_t tail = run.out.size() > 600 ? run.out.size() - 600 : 0;
    throw std::runtime_error("cbc " + what + ": " + run.err + run.out.substr(tail));
  };
  MipAnswer answer;
  constexpr int kAborted = 134;
  if (run.exit_code == kAborted ||
      run.out.find("Pre-processing says infeasible") != std::string::npos) {
    answer.failed = true;
    return answer;
  }
  if (run.exit_code != 0) fail("ended with " + std::to_string(run.exit_code));
  answer.seconds = After(run.out, "Time (CPU seconds):").value_or(0);
  if (run.out.find("Result - Optimal solution found") != std::string::npos) {
    answer.value = After(run.out, "Objective value:");
    if (!answer.value.has_value()) fail("found an optimum without a value");
    answer.bound = *answer.value;
    answer.proven = true;
  } else if (run.out.find("Result - Stopped on time limit") != std::string::npos) {
    if (run.out.find("No feasible solution found") == std::string::npos) {
      answer.value = After(run.out, "Objective value:");
    }
    answer.bound = After(run.out, "Lower bound:").value_or(0);
  } else if (const auto value = After(run.out, "Optimal objective "); value.has_value()) {
    // CBC solved it before its search began.
    answer.value = value;
    answer.bound = *value;
    answer.proven = true;
  } else {
    fail("gave no result");
  }
  return answer;
}

}  // namespace kirikae::bench

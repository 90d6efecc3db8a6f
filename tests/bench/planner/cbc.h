// Runs the MIP solver CBC.
#pragma once

#include <string>

#include "tests/bench/planner/mip_answer.h"

namespace kirikae::bench {

/// Runs `cbc` (Debian's coinor-cbc) with one thread and an allowed gap of 0, for at most `seconds`
/// of processor time; CBC checks the time only between steps, which can be long. Version 2.10
/// sometimes fails an assertion of its own, and calls a program infeasible when its time ends
/// before its search begins: such an answer has failed. Throws as MipSolver does, with CBC's last
/// output.
MipAnswer RunCbc(const std::string& lp, double seconds);

}  // namespace kirikae::bench

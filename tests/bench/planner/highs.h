// Runs the MIP solver HiGHS.
#pragma once

#include <string>

#include "tests/bench/planner/mip_answer.h"

namespace kirikae::bench {

/// Runs HiGHS (npm's package `highs`, made for WebAssembly) in node with an allowed gap of 0, for
/// at most `seconds`. Throws as MipSolver does.
MipAnswer RunHighs(const std::string& lp, double seconds);

}  // namespace kirikae::bench

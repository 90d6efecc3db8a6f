// The order in which a plan is judged.
#pragma once

#include <vector>

#include "service/planner/problem.h"

namespace kirikae::planner {

/// The objectives of a policy, most important first; those of the enum where it names none.
std::vector<Objective> ObjectivesOf(const Policy& policy);

/// PLACED, FINISH and STABILITY in the order of `objectives`. PLACED and FINISH are part of it even
/// when `objectives` does not list them.
std::vector<Objective> CoreOrder(const std::vector<Objective>& objectives);

/// All of `objectives` in their order, with PLACED before VISITS and LEVEL (an empty plan would be
/// best in those) and with PLACED and FINISH added where missing. Without `stability`, STABILITY is
/// left away.
std::vector<Objective> WholeOrder(const std::vector<Objective>& objectives, bool stability);

/// Whether `order` has STABILITY, and `other` after it.
bool StabilityBefore(const std::vector<Objective>& order, Objective other);

bool Lists(const std::vector<Objective>& objectives, Objective objective);

}  // namespace kirikae::planner

// Planning problems generated for tests; the same seed gives the same problem.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "service/planner/problem.h"
#include "service/planner/solver.h"

namespace kirikae::planner {

/// What an office works on.
std::vector<absl::Weekday> MondayToFriday();

/// One phase, one team "t" of 100 minutes, one slot a day, from Monday 2025-05-12 for `days` days,
/// all open.
PlanProblem OneTeam(int days);

/// Adds an item of one department and site to the last phase and returns it.
Item& AddItem(PlanProblem& problem, const std::string& id, int64_t minutes);

/// At most 6 items; the seed switches every rule on or off.
PlanProblem RandomSmall(uint64_t seed);

/// The same with 12 to 30 items: too large to try everything.
PlanProblem RandomMiddling(uint64_t seed);

/// The same with 15 to 60 items.
PlanProblem RandomLarge(uint64_t seed);

/// 700 devices like a ward's: 4 phases, 30 departments, 2 teams, am and pm of 210 minutes, 20 and
/// 35 minutes a device, 30 minutes a visit, a daily share of 34 %.
PlanProblem WardLike(uint64_t seed);

/// Many devices over many departments, 40 teams.
PlanProblem Huge(int items, int departments, int teams);

/// 5 items, and 50 teams in 22 slots on each of 3,600 days: 3,960,000 places.
PlanProblem FarHorizon();

/// For tests that don't check relaxations: finding them takes most of the time of a small problem
/// that leaves something out.
SolveOptions WithoutRelaxations();

}  // namespace kirikae::planner

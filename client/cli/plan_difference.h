// What differs between plans, for people.
#pragma once

#include "client/cli/session.h"
#include "kirikae/v1/planning_service.pb.h"

namespace kirikae::cli {

/// How many move, by department, with a line for all.
Table Departments(const v1::PlanDifference& difference);

/// Prints who moves, by department, from the plan in force to `plan`; from the one it replaced when
/// it is the one in force, or was. Nothing where there is no such plan.
void PrintDifferenceFromApproved(Session& session, const v1::Plan& plan);

}  // namespace kirikae::cli

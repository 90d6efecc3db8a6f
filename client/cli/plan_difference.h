// Prints the difference between plans.
#pragma once

#include "client/cli/session.h"
#include "kirikae/v1/planning_service.pb.h"

namespace kirikae::cli {

/// The number of moves by department, with a total.
Table Departments(const v1::PlanDifference& difference);

/// Prints who moves, by department, from the plan in force to `plan`. When `plan` is or was in
/// force: from the plan that it replaced. Prints nothing when there is no such plan.
void PrintDifferenceFromApproved(Session& session, const v1::Plan& plan);

}  // namespace kirikae::cli

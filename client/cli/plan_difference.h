// Prints the difference between plans.
#pragma once

#include "client/cli/session.h"
#include "kirikae/v1/planning_service.pb.h"

namespace kirikae::cli {

/// The number of moves by department, with a total.
Table Departments(const v1::PlanDifference& difference);

/// Prints in one line how many devices move from the plan in force to `plan`, and the command that
/// lists them. Against which plan: as below.
void SumUpDifferenceFromApproved(Session& session, const v1::Plan& plan);

/// Prints who moves, by department, from the plan in force to `plan`. When `plan` is or was in
/// force: from the plan that it replaced. Prints nothing when there is no such plan.
void PrintDifferenceFromApproved(Session& session, const v1::Plan& plan);

}  // namespace kirikae::cli

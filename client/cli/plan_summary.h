// A plan in figures.
#pragma once

#include <string>

#include "client/cli/session.h"
#include "kirikae/v1/planning_service.pb.h"

namespace kirikae::cli {

/// Prints each phase's dates with their bounds.
void PrintPhases(const Session& session, const v1::PlanSolution& solution);

/// Prints what would help devices that are left out.
void PrintRelaxations(const v1::PlanSolution& solution);

/// Prints what the plan promises, on which rates it counts and what that costs; nothing for a plan
/// without a promise.
void PrintPromise(const Session& session, const v1::Plan& plan);

/// Prints a plan for people: its state, figures and dates; what is left out and blocked, counted by
/// reason, and the commands that list it; what moves from the approved plan; who signed it.
void PrintPlanSummary(Session& session, const v1::Plan& plan);

/// Prints for each department how many devices are planned, and its first and last day. Asks the
/// service for the devices' departments.
void PrintDepartmentDates(Session& session, const v1::Plan& plan);

}  // namespace kirikae::cli

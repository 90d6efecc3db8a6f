// What a plan leaves out, in groups, and the steps that place it.
#pragma once

#include "client/cli/session.h"
#include "client/cli/table.h"
#include "kirikae/v1/planning_service.pb.h"

namespace kirikae::cli {

/// The items left out, a row for each department and kind of reason, the largest first. Groups of
/// items that go together are counted in their department's row.
Table LeftGroups(const v1::PlanSolution& solution);

/// The items left out, a row for each, with the sentences of its reasons.
Table LeftItems(const v1::PlanSolution& solution);

/// Prints the steps that place what is left out, a row for each, and how many none of them places.
void PrintSteps(const Session& session, const v1::PlanSolution& solution);

}  // namespace kirikae::cli

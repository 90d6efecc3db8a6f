// Splits a solution into messages that are small enough for the transport.
#pragma once

#include <vector>

#include "kirikae/v1/planning_service.pb.h"

namespace kirikae::api {

/// The solution in messages of about 1 MiB: the first one has all but rows, and merged in their
/// order they have the rows of the whole, where a group of left-out items may go on in further
/// groups with the same codes.
std::vector<v1::PlanSolution> PartsOf(v1::PlanSolution solution);

}  // namespace kirikae::api

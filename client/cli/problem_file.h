// Reading what `plan solve` is given.
#pragma once

#include <string>
#include <vector>

#include "kirikae/v1/planning_service.pb.h"

namespace kirikae::cli {

/// The problem in a file of proto3 JSON. Ends the command: as a usage error where the file can't be
/// read, as a refused input (naming the field by its path) where it is no problem.
v1::PlanProblem ReadProblem(const std::string& path);

/// The request as messages that the service takes one by one and merges.
std::vector<v1::SolvePlanRequest> InParts(v1::SolvePlanRequest request);

/// `500ms`, `2s`, `1m` or a number of seconds in milliseconds, 0 for ""; from 1 ms to 1 minute.
/// Ends the command with a usage error for anything else.
int ReadMillis(const std::string& option, const std::string& text);

}  // namespace kirikae::cli

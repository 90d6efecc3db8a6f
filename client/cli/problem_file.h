// Reads the input of `plan solve`.
#pragma once

#include <string>
#include <vector>

#include "kirikae/v1/planning_service.pb.h"

namespace kirikae::cli {

/// The problem in a file of proto3 JSON. Ends the command with a usage error when the file can't be
/// read, and with a refused input (the field's path) when it is not a problem.
v1::PlanProblem ReadProblem(const std::string& path);

/// Splits the request into messages; the service receives them one by one and merges them.
std::vector<v1::SolvePlanRequest> InParts(v1::SolvePlanRequest request);

/// Reads `500ms`, `2s`, `1m` or a number of seconds, and returns milliseconds; 0 for "". The range
/// is 1 ms to 1 minute. Ends the command with a usage error for anything else.
int ReadMillis(const std::string& option, const std::string& text);

}  // namespace kirikae::cli

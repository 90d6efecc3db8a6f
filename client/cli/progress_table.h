// Progress as a table.
#pragma once

#include <string>

#include "client/cli/printer.h"
#include "kirikae/v1/rollout_service.pb.h"

namespace kirikae::cli {

/// A share of 0 to 1 as a percentage with one decimal, rounded down: 96.96 % must not look like 97
/// %.
std::string PercentDown(double share);

/// A row per phase, department or site, under the column `first`, and the total.
Table ProgressTable(Column first, const google::protobuf::RepeatedPtrField<v1::ProgressRow>& rows,
                    const v1::ProgressRow& total);

}  // namespace kirikae::cli

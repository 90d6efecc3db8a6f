// A record's history as rows.
#pragma once

#include <string>

#include "client/cli/table.h"
#include "kirikae/v1/inventory_service.pb.h"

namespace kirikae::cli {

/// A row for each change of the record, such as `devices/TSM-00123`.
Table HistoryTable(const std::string& record, const v1::ListDeviceHistoryResponse& history);

}  // namespace kirikae::cli

// The users of a device, who stand in three columns of a file.
#pragma once

#include <vector>

#include "service/tabular/device_rows.h"
#include "service/tabular/problem.h"
#include "service/tabular/row_reader.h"

namespace kirikae::tabular {

/// Reads numbers, names and kana of the row that the reader is at. Error where the file gives
/// several names and another number of staff numbers.
void ReadUsers(RowReader& reader, DeviceRow& row, std::vector<Problem>& problems);

}  // namespace kirikae::tabular

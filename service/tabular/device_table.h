// Devices as a table that the ward profile reads back to the same values.
#pragma once

#include <string>
#include <vector>

#include "service/tabular/device_rows.h"

namespace kirikae::tabular {

/// The header of the ward profile's columns that DeviceCells fills.
std::vector<std::string> DeviceHeader();

/// A device's cells in the order of DeviceHeader: enumerations by their Japanese words, several
/// users with `;` between, days as 2025-05-01.
std::vector<std::string> DeviceCells(const DeviceRow& row);

}  // namespace kirikae::tabular

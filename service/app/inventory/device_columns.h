// The columns of a file of devices.
#pragma once

#include "service/app/inventory/file_column.h"
#include "service/tabular/device_rows.h"

namespace kirikae::app {

/// The columns of the users stand for no field: together they are the field `users`.
template <>
std::span<const FileColumn<tabular::DeviceRow>> FileColumns<tabular::DeviceRow>();

}  // namespace kirikae::app

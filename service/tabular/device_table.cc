#include "service/tabular/device_table.h"

#include "service/tabular/device_columns.h"

namespace kirikae::tabular {

std::vector<std::string> DeviceHeader() {
  std::vector<std::string> header;
  for (const DeviceColumn& column : DeviceColumns()) {
    if (column.form.write != nullptr) header.push_back(column.headers.front());
  }
  return header;
}

std::vector<std::string> DeviceCells(const DeviceRow& row) {
  std::vector<std::string> cells;
  for (const DeviceColumn& column : DeviceColumns()) {
    if (column.form.write != nullptr) cells.push_back(column.form.write(column.name, row));
  }
  return cells;
}

}  // namespace kirikae::tabular

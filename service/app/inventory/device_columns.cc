#include "service/app/inventory/device_columns.h"

#include <vector>

#include "service/domain/record_fields.h"
#include "service/tabular/device_columns.h"

namespace kirikae::app {
namespace {

using tabular::DeviceRow;

std::vector<FileColumn<DeviceRow>> KeptColumns() {
  std::vector<FileColumn<DeviceRow>> columns;
  for (const tabular::DeviceColumn& column : tabular::DeviceColumns()) {
    if (column.form.get == nullptr) continue;
    // A column is called as the field that it stands for.
    const bool is_field = domain::FindField<domain::Device>(column.name) != nullptr;
    columns.push_back({column.name, is_field ? column.name : std::string_view(), column.form.get,
                       column.form.set});
  }
  return columns;
}

}  // namespace

template <>
std::span<const FileColumn<DeviceRow>> FileColumns<DeviceRow>() {
  static const auto& columns = *new auto(KeptColumns());
  return columns;
}

}  // namespace kirikae::app

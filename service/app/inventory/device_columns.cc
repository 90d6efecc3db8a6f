#include "service/app/inventory/device_columns.h"

namespace kirikae::app {
namespace {

using tabular::DeviceRow;

constexpr FileColumn<DeviceRow> kColumns[] = {
    OptionalColumn<&DeviceRow::host_name>("host_name", "host_name"),
    OptionalColumn<&DeviceRow::serial>("serial", "serial"),
    OptionalColumn<&DeviceRow::model>("model", "model"),
    OptionalColumn<&DeviceRow::os>("os", "os"),
    OptionalColumn<&DeviceRow::site>("site", "site"),
    OptionalColumn<&DeviceRow::floor>("floor", "floor"),
    OptionalColumn<&DeviceRow::department>("department", "department"),
    OptionalColumn<&DeviceRow::kind>("kind", "kind"),
    OptionalColumn<&DeviceRow::network>("network", "network"),
    OptionalColumn<&DeviceRow::camera>("camera", "camera"),
    OptionalColumn<&DeviceRow::auth_method>("auth_method", "auth_method"),
    OptionalColumn<&DeviceRow::inventoried_on>("inventoried_on", "inventoried_on"),
    OptionalColumn<&DeviceRow::note>("note", "note"),
    OptionalColumn<&DeviceRow::user_staff_numbers>("user_staff_numbers", ""),
    OptionalColumn<&DeviceRow::user_names>("user_names", ""),
    OptionalColumn<&DeviceRow::user_kana>("user_kana", ""),
};

}  // namespace

template <>
std::span<const FileColumn<DeviceRow>> FileColumns<DeviceRow>() {
  return kColumns;
}

}  // namespace kirikae::app

#include "service/tabular/device_rows.h"

#include "service/tabular/cells.h"
#include "service/tabular/device_columns.h"

namespace kirikae::tabular {

TypedRow<DeviceRow> DeviceRowReader::Read(const TableRow& source) {
  TypedRow<DeviceRow> row;
  row.line = source.line;
  reader_.Turn(source, &row.problems);
  if (tag_column_ < source.cells.size()) {
    row.value.asset_tag_given = std::string(Trimmed(source.cells[tag_column_]));
  }
  if (HasError(source.problems)) {
    if (!row.value.asset_tag_given.empty()) row.value.asset_tag = reader_.Key("asset_tag");
    return row;
  }
  row.value.asset_tag = reader_.Key("asset_tag");
  for (const DeviceColumn& column : DeviceColumns()) {
    if (column.form.read == nullptr) continue;
    column.form.read({reader_, column.name, row.problems}, row.value);
  }
  CheckUnique("host_name", row.value.host_name, line_of_host_, row);
  CheckUnique("serial", row.value.serial, line_of_serial_, row);
  return row;
}

void DeviceRowReader::CheckUnique(std::string_view field, const std::optional<std::string>& value,
                                  LineOfValue& line_of, TypedRow<DeviceRow>& row) {
  if (value.value_or("").empty() || HasError(row.problems)) return;
  const auto [first, fresh] = line_of.emplace(*value, row.line);
  if (fresh) return;
  row.problems.push_back(DuplicateHost(reader_.Header(field), *value, first->second));
}

}  // namespace kirikae::tabular

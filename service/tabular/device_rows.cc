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
  return row;
}

}  // namespace kirikae::tabular

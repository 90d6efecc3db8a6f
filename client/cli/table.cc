#include "client/cli/table.h"

#include <algorithm>

#include "client/cli/catalogue.h"
#include "client/cli/failure.h"

namespace kirikae::cli {

Table Choose(const Table& table, const std::vector<std::string>& ids) {
  Table chosen{{}, std::vector<std::vector<Cell>>(table.rows.size()), table.names};
  for (const std::string& id : ids) {
    const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                     [&](const Column& other) { return other.id == id; });
    if (column == table.columns.end()) {
      std::string known;
      for (const Column& other : table.columns) known += (known.empty() ? "" : ", ") + other.id;
      throw Failure{.code = kUsage,
                    .reason = "UNKNOWN_COLUMN",
                    .sentence = Tr("There is no column $0. Columns: $1", {id, known})};
    }
    chosen.columns.push_back(*column);
    if (column->fit != Fit::kWrap) chosen.columns.back().fit = Fit::kWhole;
    const auto number = static_cast<size_t>(column - table.columns.begin());
    for (size_t row = 0; row < table.rows.size(); ++row) {
      chosen.rows[row].push_back(table.rows[row].at(number));
    }
  }
  return chosen;
}

Table Upright(const Table& table) {
  Table upright{{{"field", ""}, {"value", "", Fit::kWrap}}, {}, table.names};
  for (size_t i = 0; i < table.columns.size(); ++i) {
    upright.rows.push_back({table.columns[i].header, table.rows.at(0).at(i)});
  }
  return upright;
}

}  // namespace kirikae::cli

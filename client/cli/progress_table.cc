#include "client/cli/progress_table.h"

#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/terms.h"

namespace kirikae::cli {
namespace {

std::vector<std::string> Cells(const std::string& name, const v1::ProgressRow& row) {
  const int excused = row.deferred() + row.exempt();
  return {name,
          std::to_string(row.total()),
          std::to_string(row.succeeded()),
          row.total() == 0 ? "" : std::to_string(row.succeeded() * 100 / row.total()) + " %",
          std::to_string(row.failed() + row.rolled_back()),
          row.has_success_rate() ? PercentDown(row.success_rate()) : "",
          row.has_proven_rate() ? PercentDown(row.proven_rate()) : "",
          std::to_string(row.due()),
          std::to_string(row.planned()),
          std::to_string(row.unplanned()),
          std::to_string(excused)};
}

}  // namespace

std::string PercentDown(double share) {
  const auto tenths = static_cast<int64_t>(share * 1000 + 1e-9);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

Table ProgressTable(const std::string& first,
                    const google::protobuf::RepeatedPtrField<v1::ProgressRow>& rows,
                    const v1::ProgressRow& total) {
  Table table{
      {first, Tr("devices"), Tr("done"), Tr("share"), Term(v1::PLACEMENT_STATE_FAILED),
       Tr("success rate"), Tr("proves at least"), Term(v1::PLACEMENT_STATE_DUE),
       Term(v1::PLACEMENT_STATE_PLANNED), Term(v1::PLACEMENT_STATE_UNPLANNED), Tr("excused")},
      {},
      {}};
  for (const v1::ProgressRow& row : rows) {
    table.rows.push_back(Cells(row.title().empty() ? row.id() : row.title(), row));
    table.names.push_back(row.id());
  }
  table.rows.push_back(Cells(Tr("total"), total));
  table.names.emplace_back();
  return table;
}

}  // namespace kirikae::cli

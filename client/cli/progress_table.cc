#include "client/cli/progress_table.h"

#include <utility>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/terms.h"

namespace kirikae::cli {
namespace {

std::vector<Cell> Cells(const Cell& name, const v1::ProgressRow& row) {
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

Table ProgressTable(Column first, const google::protobuf::RepeatedPtrField<v1::ProgressRow>& rows,
                    const v1::ProgressRow& total) {
  Table table{{std::move(first),
               {"devices", Tr("devices")},
               {"done", Tr("done")},
               {"share", Tr("share"), Fit::kSpare},
               {"failed", Term(v1::PLACEMENT_STATE_FAILED)},
               {"success_rate", Tr("success rate"), Fit::kSpare},
               {"proves_at_least", Tr("proves at least"), Fit::kSpare},
               {"due", Term(v1::PLACEMENT_STATE_DUE)},
               {"planned", Term(v1::PLACEMENT_STATE_PLANNED)},
               {"unplanned", Term(v1::PLACEMENT_STATE_UNPLANNED)},
               {"excused", Tr("excused"), Fit::kSpare}},
              {},
              {}};
  for (const v1::ProgressRow& row : rows) {
    table.rows.push_back(Cells(row.title().empty() ? row.id() : row.title(), row));
    table.names.push_back(row.id());
  }
  table.rows.push_back(Cells({Tr("total"), "total"}, total));
  table.names.emplace_back();
  return table;
}

}  // namespace kirikae::cli

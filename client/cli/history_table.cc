#include "client/cli/history_table.h"

#include "client/cli/catalogue.h"
#include "client/cli/terms.h"
#include "client/cli/words.h"

namespace kirikae::cli {

Table HistoryTable(const std::string& record, const v1::ListDeviceHistoryResponse& history) {
  Table table{{{"happened", Tr("happened")},
               {"recorded", Tr("recorded"), Fit::kSpare},
               {"who", Tr("who")},
               {"field", Tr("field")},
               {"before", Tr("before"), Fit::kWrap},
               {"after", Tr("after"), Fit::kWrap},
               {"why", Tr("why"), Fit::kWrap},
               {"undone_by", Tr("undone by"), Fit::kSpare}},
              {},
              {}};
  for (const v1::HistoryEntry& entry : history.entries()) {
    const std::string happened = LocalTime(entry.effective_time());
    const std::string recorded = LocalTime(entry.recorded_time());
    table.rows.push_back(
        {happened, Cell(recorded == happened ? "" : recorded, recorded), entry.actor(),
         FieldCell(record, entry.field()), ValueCell(record, entry.field(), entry.old_value()),
         ValueCell(record, entry.field(), entry.new_value()), entry.reason(), entry.undone_by()});
    table.names.push_back(entry.change_set());
  }
  return table;
}

}  // namespace kirikae::cli

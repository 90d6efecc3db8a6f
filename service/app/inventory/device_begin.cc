#include "service/app/inventory/device_begin.h"

#include <vector>

#include "absl/time/time.h"
#include "service/app/inventory/device_source.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::app {

absl::Status CheckNotBeforeRecord(store::ReadView& view, const std::string& asset_tag,
                                  const WriteContext& context) {
  constexpr absl::Duration kSlack = absl::Hours(24 * 366);
  // Most acts are about the present, and need not read the history.
  if (context.effective >= context.now) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<domain::HistoryEntry> history, WholeHistory(view, asset_tag));
  if (history.empty()) return absl::OkStatus();
  const absl::Time begin = history.back().change_set.effective_time;
  if (context.effective >= begin - kSlack) return absl::OkStatus();
  return domain::TimeBeforeRecord(
      asset_tag, absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", begin, absl::UTCTimeZone()));
}

}  // namespace kirikae::app

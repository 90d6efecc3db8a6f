#include "service/app/inventory/device_history_list.h"

#include <utility>

#include "service/app/inventory/near_tags.h"
#include "service/domain/device_history.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"
#include "service/text/fold.h"

namespace kirikae::app {
namespace {

bool IsShown(const domain::ChangeSet& set, const std::optional<AsOf>& when) {
  return !when.has_value() ||
         (set.effective_time <= when->as_of && domain::IsBelieved(set, when->known_at));
}

}  // namespace

absl::StatusOr<HistoryPage> ListDeviceHistory(store::ReadView& view, const std::string& asset_tag,
                                              const std::optional<AsOf>& when,
                                              std::optional<store::ChangePlace> before, int limit) {
  const std::string record = domain::DeviceName(text::FoldIdentifier(asset_tag));
  ASSIGN_OR_RETURN(const auto any, view.History(record, std::nullopt, 1));
  if (any.empty()) return RequireDevice(view, asset_tag).status();
  HistoryPage page;
  while (true) {
    ASSIGN_OR_RETURN(std::vector<domain::HistoryEntry> entries,
                     view.History(record, before, limit));
    for (domain::HistoryEntry& entry : entries) {
      before = store::PlaceOf(entry);
      if (IsShown(entry.change_set, when)) page.entries.push_back(std::move(entry));
      if (page.entries.size() < static_cast<size_t>(limit)) continue;
      page.next = before;
      return page;
    }
    if (entries.size() < static_cast<size_t>(limit)) return page;
  }
}

}  // namespace kirikae::app

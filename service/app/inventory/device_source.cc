#include "service/app/inventory/device_source.h"

#include "service/app/inventory/near_tags.h"
#include "service/domain/device_history.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

constexpr int kBatch = 500;

}  // namespace

absl::StatusOr<std::vector<domain::HistoryEntry>> WholeHistory(store::ReadView& view,
                                                               const std::string& asset_tag) {
  std::vector<domain::HistoryEntry> history;
  std::optional<store::ChangePlace> before;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<domain::HistoryEntry> batch,
                     view.History(domain::DeviceName(asset_tag), before, kBatch));
    history.insert(history.end(), batch.begin(), batch.end());
    if (batch.size() < static_cast<size_t>(kBatch)) return history;
    before = store::PlaceOf(batch.back());
  }
}

absl::StatusOr<std::optional<domain::Device>> FindAsOf(store::ReadView& view,
                                                       const std::string& asset_tag,
                                                       const AsOf& when) {
  ASSIGN_OR_RETURN(const std::vector<domain::HistoryEntry> history, WholeHistory(view, asset_tag));
  if (history.empty()) return RequireDevice(view, asset_tag).status();
  return domain::DeviceAsOf(asset_tag, history, when.as_of, when.known_at);
}

absl::StatusOr<std::vector<domain::Device>> DeviceSource::Next() {
  if (ended_) return std::vector<domain::Device>();
  if (when_.has_value()) return NextAsOf();
  ASSIGN_OR_RETURN(std::vector<domain::Device> batch,
                   view_.ListDevices({.after = after_, .limit = kBatch}));
  ended_ = batch.size() < static_cast<size_t>(kBatch);
  if (!ended_) after_ = batch.back().asset_tag;
  return batch;
}

absl::StatusOr<std::vector<domain::Device>> DeviceSource::NextAsOf() {
  std::vector<domain::Device> batch;
  // A batch may be empty because none of its devices existed then; that is not the end.
  while (batch.empty() && !ended_) {
    ASSIGN_OR_RETURN(const std::vector<std::string> tags,
                     view_.TagsEver({.after = after_, .limit = kBatch}));
    ended_ = tags.size() < static_cast<size_t>(kBatch);
    if (!ended_) after_ = tags.back();
    for (const std::string& tag : tags) {
      ASSIGN_OR_RETURN(std::optional<domain::Device> device, FindAsOf(view_, tag, *when_));
      if (device.has_value()) batch.push_back(*std::move(device));
    }
  }
  return batch;
}

}  // namespace kirikae::app

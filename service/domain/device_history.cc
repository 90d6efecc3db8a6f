#include "service/domain/device_history.h"

#include <map>
#include <utility>

#include "service/domain/record_fields.h"

namespace kirikae::domain {

bool IsBelieved(const ChangeSet& set, absl::Time known_at) {
  return set.undoes == 0 && set.recorded_time <= known_at && set.undone_time > known_at;
}

absl::StatusOr<std::optional<Device>> DeviceAsOf(const std::string& asset_tag,
                                                 std::span<const HistoryEntry> history,
                                                 absl::Time as_of, absl::Time known_at) {
  struct Latest {
    std::pair<absl::Time, int64_t> when;
    const std::string* value;
  };
  const std::string record = "devices/" + asset_tag;
  std::map<std::string, Latest> fields;
  for (const auto& [set, change] : history) {
    if (change.record != record || !IsBelieved(set, known_at) || set.effective_time > as_of) {
      continue;
    }
    const std::pair when(set.effective_time, set.id);
    const auto [at, is_new] = fields.try_emplace(change.field, Latest{when, &change.new_value});
    if (!is_new && at->second.when < when) at->second = {when, &change.new_value};
  }
  const auto exists = fields.find("exists");
  if (exists == fields.end() || exists->second.value->empty()) return std::optional<Device>();
  fields.erase(exists);
  Device device;
  device.asset_tag = asset_tag;
  for (const auto& [field, latest] : fields) {
    if (!SetField(device, field, *latest.value).ok()) {
      return absl::DataLossError("a kept value of " + field + " can't be read");
    }
  }
  return std::optional(std::move(device));
}

}  // namespace kirikae::domain

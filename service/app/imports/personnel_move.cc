#include "service/app/imports/personnel_move.h"

#include <optional>
#include <utility>

#include "service/app/inventory/search_keys.h"
#include "service/domain/device_rules.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

// Per person. A person with more devices manages spares, which don't follow.
constexpr int kMostDevices = 1000;

}  // namespace

absl::Status PersonnelMoves::Take(const domain::Staff& person, const std::string& department,
                                  const std::string& devices, size_t line) {
  if (devices.empty() || person.department == department) return absl::OkStatus();
  const std::string& number = person.staff_number;
  ASSIGN_OR_RETURN(const std::vector<store::SearchHit> hits,
                   view_.Search(kIdentifierTier, {number, number + '\0'}, kMostDevices));
  for (const store::SearchHit& hit : hits) {
    if (hit.field != "staff_number") continue;
    auto moved = devices_.find(hit.asset_tag);
    if (moved == devices_.end()) {
      ASSIGN_OR_RETURN(std::optional<domain::Device> device, view_.FindDevice(hit.asset_tag));
      if (!device.has_value()) return absl::DataLossError("a search key has no device");
      const domain::Device after = *device;
      moved = devices_.emplace(hit.asset_tag, MovedDevice{*std::move(device), after, line}).first;
    }
    domain::MoveUser(moved->second.after, number, devices == "FOLLOW", department);
  }
  std::erase_if(devices_, [](const auto& entry) {
    return entry.second.before.department == entry.second.after.department &&
           entry.second.before.users.size() == entry.second.after.users.size();
  });
  return absl::OkStatus();
}

}  // namespace kirikae::app

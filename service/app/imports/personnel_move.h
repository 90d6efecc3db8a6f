// A personnel change (人事異動): what it makes of the devices of those who move.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A device before and after the moves of its users.
struct MovedDevice {
  domain::Device before;
  domain::Device after;
  size_t line = 0;  ///< of the first person's row
};

/// Collects the moves of one staff list. Not thread-safe; `view` outlives it.
class PersonnelMoves {
 public:
  explicit PersonnelMoves(store::ReadView& view) : view_(view) {}

  /// Takes a person who moves from `old` to `now`. `devices` is the list's word: FOLLOW takes the
  /// devices that only this person uses along to the new department; from all others, and with
  /// STAY from every one, the person is taken off. "" or an unchanged department changes no device.
  absl::Status Take(const domain::Staff& old, const domain::Staff& now, const std::string& devices,
                    size_t line);

  /// The devices that change, by tag.
  const std::map<std::string, MovedDevice>& devices() const { return devices_; }

 private:
  store::ReadView& view_;
  std::map<std::string, MovedDevice> devices_;
};

}  // namespace kirikae::app

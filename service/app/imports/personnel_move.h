// A personnel change (人事異動) and its effect on the devices of those who move.
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

/// Collects the moves of one staff list. Not thread-safe; `view` must outlive it.
class PersonnelMoves {
 public:
  explicit PersonnelMoves(store::ReadView& view) : view_(view) {}

  /// Takes a person who moves to `department`. `devices` is the list's word. FOLLOW: a device that
  /// only this person uses goes to the new department too, and the person is removed from every
  /// other device. STAY: the person is removed from every device. "" or an unchanged department: no
  /// device changes. Errors are the store's.
  absl::Status Take(const domain::Staff& person, const std::string& department,
                    const std::string& devices, size_t line);

  /// The devices that change, by tag.
  const std::map<std::string, MovedDevice>& devices() const { return devices_; }

 private:
  store::ReadView& view_;
  std::map<std::string, MovedDevice> devices_;
};

}  // namespace kirikae::app

#include "service/domain/device_rules.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "service/domain/errors.h"

namespace kirikae::domain {

absl::Status CheckNewTag(std::string_view asset_tag) {
  constexpr std::string_view kCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
  const bool good = !asset_tag.empty() && asset_tag.size() <= kMostTagLength &&
                    asset_tag.find_first_not_of(kCharacters) == std::string_view::npos;
  if (good) return absl::OkStatus();
  return InvalidField("device.asset_tag", Sentence("An asset tag has 1 to 40 characters, of "
                                                   "letters, digits and - only."));
}

void Retire(Device& device) {
  device.state = DeviceState::kRetired;
  device.exception.reset();
}

absl::Status Restore(Device& device) {
  if (device.state != DeviceState::kRetired) return DeviceNotRetired(device.asset_tag);
  device.state = DeviceState::kActive;
  return absl::OkStatus();
}

void MoveUser(Device& device, const std::string& staff_number, bool follow,
              const std::string& department) {
  const auto is_theirs = [&](const DeviceUser& user) { return user.staff_number == staff_number; };
  if (follow && std::all_of(device.users.begin(), device.users.end(), is_theirs)) {
    device.department = department;
  } else {
    std::erase_if(device.users, is_theirs);
  }
}

bool MayRetireMissing(int64_t missing, int64_t in_use) { return missing * 10 <= in_use; }

absl::Status GrantException(Device& device, const ExceptionRequest& request, absl::CivilDay today,
                            const absl::TimeZone& zone) {
  if (device.state == DeviceState::kRetired) return DeviceRetired(device.asset_tag);
  std::vector<Violation> violations;
  if (request.reason.empty()) {
    violations.push_back({"options.reason", Sentence("Say why, for the record.")});
  }
  if (!request.method.has_value()) {
    violations.push_back({"method", Sentence("Name the method of the exception.")});
  } else if (*request.method == device.auth_method) {
    violations.push_back(
        {"method", Sentence("The exception's method is the one the device has already.")});
  }
  const absl::CivilDay limit = today + request.most_days;
  if (!request.last_day.has_value() || *request.last_day < today || *request.last_day > limit) {
    violations.push_back(
        {"last_day", Sentence("The last day of an exception is between today and $0.",
                              {absl::FormatCivilTime(limit)})});
  }
  if (!violations.empty()) return InvalidRequest(std::move(violations));
  device.exception =
      MethodException{*request.method, request.from, absl::FromCivil(*request.last_day + 1, zone),
                      request.granted_by, request.reason};
  return absl::OkStatus();
}

absl::Status EndException(Device& device, absl::Time now) {
  if (!device.exception.has_value() || now >= device.exception->until) {
    return NoException(device.asset_tag);
  }
  device.exception.reset();
  return absl::OkStatus();
}

}  // namespace kirikae::domain

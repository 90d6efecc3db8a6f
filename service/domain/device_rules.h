// Rules for devices: what may be done to them, and the result.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// Maximum length of an asset tag in characters.
inline constexpr size_t kMostTagLength = 40;

/// Checks the tag of a new device, already in half width and upper case. INVALID_ARGUMENT when it
/// is empty, longer than kMostTagLength, or has characters other than ASCII letters, digits and -.
absl::Status CheckNewTag(std::string_view asset_tag);

/// Longest exception in days after today, unless the ward sets another limit.
inline constexpr int kExceptionDays = 30;

/// Takes the device out of use and ends its exception.
void Retire(Device& device);

/// Takes the device back into use. FAILED_PRECONDITION when it is not retired.
absl::Status Restore(Device& device);

/// Moves a user to another department. With `follow`, a device that only this person uses moves
/// too; otherwise the device stays and the person is removed from it.
void MoveUser(Device& device, const std::string& staff_number, bool follow,
              const std::string& department);

/// Whether `missing` devices may be retired without being forced because a list lacks them: at most
/// 10 % of the devices in use. The limit protects against a truncated list.
bool MayRetireMissing(int64_t missing, int64_t in_use);

/// The exception asked for; parts that could not be read are absent.
struct ExceptionRequest {
  std::optional<AuthMethod> method;
  std::optional<absl::CivilDay> last_day;
  std::string reason;
  std::string granted_by;
  absl::Time from;
  int most_days = kExceptionDays;  ///< after today
};

/// Grants an exception. INVALID_ARGUMENT with every fault: no reason, a last day before today or
/// more than `most_days` after it, no method or the device's own. FAILED_PRECONDITION when retired.
absl::Status GrantException(Device& device, const ExceptionRequest& request, absl::CivilDay today,
                            const absl::TimeZone& zone);

/// Ends an exception early. FAILED_PRECONDITION when there is none now or in the future.
absl::Status EndException(Device& device, absl::Time now);

}  // namespace kirikae::domain

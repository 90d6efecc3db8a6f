// What may be done to a device, and what it makes of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// Most characters of an asset tag.
inline constexpr size_t kMostTagLength = 40;

/// Whether a new device may have this tag, which is in half width and upper case already.
/// INVALID_ARGUMENT for one that is empty, longer than kMostTagLength, or has other characters than
/// letters of ASCII, digits and -.
absl::Status CheckNewTag(std::string_view asset_tag);

/// Longest exception unless the ward sets another, in days after today.
inline constexpr int kExceptionDays = 30;

/// Out of use; its exception ends.
void Retire(Device& device);

/// Back into use. FAILED_PRECONDITION when it is not retired.
absl::Status Restore(Device& device);

/// A user leaves for another department. With `follow`, a device that nobody else uses goes along;
/// any other stays, and the person is taken off it.
void MoveUser(Device& device, const std::string& staff_number, bool follow,
              const std::string& department);

/// Whether so many devices missing in a list may be retired without being forced: at most 10 % of
/// those in use (data.md's limit against a list that is cut short).
bool MayRetireMissing(int64_t missing, int64_t in_use);

/// An exception as it was asked for; nothing where what was given could not be read.
struct ExceptionRequest {
  std::optional<AuthMethod> method;
  std::optional<absl::CivilDay> last_day;
  std::string reason;
  std::string granted_by;
  absl::Time from;
  int most_days = kExceptionDays;  ///< after today
};

/// Grants it. INVALID_ARGUMENT with every fault: no reason, a last day before today or more than
/// `most_days` after it, no method or the one the device has. FAILED_PRECONDITION when retired.
absl::Status GrantException(Device& device, const ExceptionRequest& request, absl::CivilDay today,
                            const absl::TimeZone& zone);

/// Ends an exception early. FAILED_PRECONDITION when none holds or will.
absl::Status EndException(Device& device, absl::Time now);

}  // namespace kirikae::domain

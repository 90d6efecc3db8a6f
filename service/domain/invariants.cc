#include "service/domain/invariants.h"

#include <optional>
#include <string>

#include "service/domain/readiness.h"
#include "service/status_macros.h"

namespace kirikae::domain {
namespace {

bool IsRegisteredAgainstConsent(const Staff& staff) {
  return staff.enrolment == EnrolmentState::kEnrolled && !staff.consent_withheld.empty();
}

std::optional<AuthMethod> ExceptionOf(const Device& device) {
  return device.exception.has_value() ? std::optional(device.exception->method) : std::nullopt;
}

bool NeedsFaceAnew(std::optional<AuthMethod> before, std::optional<AuthMethod> after) {
  return after.has_value() && NeedsFace(*after) && before != after;
}

}  // namespace

absl::Status CheckWrite(const Staff* before, const Staff& after) {
  RETURN_IF_ERROR(CheckLengths(before, after));
  const bool was = before != nullptr && IsRegisteredAgainstConsent(*before);
  if (was || !IsRegisteredAgainstConsent(after)) return absl::OkStatus();
  return EnrolmentWithoutConsent(after.staff_number);
}

absl::Status CheckWrite(const Device* before, const Device& after, const FindStaff& find) {
  RETURN_IF_ERROR(CheckLengths(before, after));
  const std::optional<AuthMethod> method =
      before == nullptr ? std::nullopt : std::optional(before->auth_method);
  const std::optional<AuthMethod> exception =
      before == nullptr ? std::nullopt : ExceptionOf(*before);
  if (!NeedsFaceAnew(method, after.auth_method) && !NeedsFaceAnew(exception, ExceptionOf(after))) {
    return absl::OkStatus();
  }
  for (const DeviceUser& user : after.users) {
    const absl::StatusOr<std::optional<Staff>> staff = find(user.staff_number);
    if (!staff.ok()) return staff.status();
    if (staff->has_value() && !(*staff)->consent_withheld.empty()) {
      return MethodWithoutConsent(after.asset_tag, user.staff_number);
    }
  }
  return absl::OkStatus();
}

}  // namespace kirikae::domain

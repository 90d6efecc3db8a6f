#include "service/domain/errors.h"

#include <utility>

#include "service/domain/record_name.h"

namespace kirikae::domain {
namespace {

using absl::StatusCode;

std::string S(std::string_view text) { return std::string(text); }

}  // namespace

absl::Status DeviceNotFound(std::string_view asset_tag, const std::vector<std::string>& near) {
  Metadata metadata = {{"asset_tag", S(asset_tag)}};
  if (!near.empty()) metadata["near"] = Names(near);
  return MakeMissing("DEVICE_NOT_FOUND",
                     Sentence("No device has the asset tag $0.", {S(asset_tag)}),
                     DeviceName(asset_tag), std::move(metadata));
}

absl::Status DeviceDidNotExist(std::string_view asset_tag, std::string_view time) {
  return MakeMissing("DEVICE_DID_NOT_EXIST",
                     Sentence("Device $0 was not in the inventory at $1.", {S(asset_tag), S(time)}),
                     DeviceName(asset_tag), {{"asset_tag", S(asset_tag)}, {"as_of", S(time)}});
}

absl::Status TimeBeforeRecord(std::string_view asset_tag, std::string_view begin) {
  return MakeError(StatusCode::kInvalidArgument, "TIME_BEFORE_RECORD",
                   Sentence("Device $0 was first recorded at $1. Enter a time no more than a year "
                            "before that.",
                            {S(asset_tag), S(begin)}),
                   {{"asset_tag", S(asset_tag)}, {"begin", S(begin)}});
}

absl::Status DeviceAlreadyExists(std::string_view asset_tag) {
  return MakeError(StatusCode::kAlreadyExists, "DEVICE_ALREADY_EXISTS",
                   Sentence("There is a device $0 already. Update it instead.", {S(asset_tag)}),
                   {{"asset_tag", S(asset_tag)}});
}

absl::Status DeviceRetired(std::string_view asset_tag) {
  return MakeError(StatusCode::kFailedPrecondition, "DEVICE_RETIRED",
                   Sentence("Device $0 is retired. Restore it before marking it.", {S(asset_tag)}),
                   {{"asset_tag", S(asset_tag)}, {"state", S(Name(DeviceState::kRetired))}});
}

absl::Status DeviceNotRetired(std::string_view asset_tag) {
  return MakeError(
      StatusCode::kFailedPrecondition, "DEVICE_NOT_RETIRED",
      Sentence("Device $0 is not retired, so there is nothing to restore.", {S(asset_tag)}),
      {{"asset_tag", S(asset_tag)}, {"expected_state", S(Name(DeviceState::kRetired))}});
}

absl::Status NoException(std::string_view asset_tag) {
  return MakeError(StatusCode::kFailedPrecondition, "NO_EXCEPTION",
                   Sentence("Device $0 has no exception that holds.", {S(asset_tag)}),
                   {{"asset_tag", S(asset_tag)}});
}

absl::Status StaffNotFound(std::string_view number) {
  return MakeMissing("STAFF_NOT_FOUND", Sentence("No staff member has the number $0.", {S(number)}),
                     StaffName(number), {{"staff_number", S(number)}});
}

absl::Status EnrolmentWithoutConsent(std::string_view staff_number) {
  return MakeError(StatusCode::kFailedPrecondition, "CONSENT_WITHHELD",
                   Sentence("Staff $0 withholds consent, so no face may be registered. Clear "
                            "consent_withheld first if the person agreed; else have the face "
                            "deleted, and set enrolment=NONE and an empty enrolled_on in the same "
                            "change.",
                            {S(staff_number)}),
                   {{"staff_number", S(staff_number)}});
}

absl::Status MethodWithoutConsent(std::string_view asset_tag, std::string_view staff_number) {
  return MakeError(StatusCode::kFailedPrecondition, "CONSENT_WITHHELD",
                   Sentence("Staff $1 withholds consent, so device $0 can't get a method with a "
                            "face. Take the person off the device, or clear consent_withheld if "
                            "the person agreed.",
                            {S(asset_tag), S(staff_number)}),
                   {{"asset_tag", S(asset_tag)}, {"staff_number", S(staff_number)}});
}

absl::Status CorrectionIsTheApprovers(std::string_view asset_tag) {
  return MakeError(StatusCode::kPermissionDenied, "CORRECTION_NEEDS_APPROVER",
                   Sentence("Device $0 is in a rollout that is under way, so an approver corrects "
                            "its method. A switch is marked: kirikae mark migrated $0",
                            {S(asset_tag)}),
                   {{"asset_tag", S(asset_tag)}});
}

absl::Status ExceptionIsTheApprovers(std::string_view asset_tag, int most_days) {
  return MakeError(StatusCode::kPermissionDenied, "EXCEPTION_NEEDS_APPROVER",
                   Sentence("With the exceptions before it, device $0 would have one for more than "
                            "$1 days, so an approver grants it.",
                            {S(asset_tag), std::to_string(most_days)}),
                   {{"asset_tag", S(asset_tag)}, {"limit", std::to_string(most_days)}});
}

absl::Status ExceptionPastHold(std::string_view asset_tag) {
  return MakeError(StatusCode::kPermissionDenied, "PHASE_HELD",
                   Sentence("The phase of device $0 is held, so an approver grants an exception to "
                            "the method that the rollout leads to.",
                            {S(asset_tag)}),
                   {{"asset_tag", S(asset_tag)}});
}

}  // namespace kirikae::domain

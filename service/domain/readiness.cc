#include "service/domain/readiness.h"

namespace kirikae::domain {

bool NeedsFace(AuthMethod method) { return method != AuthMethod::kIcCardAndPassword; }

std::vector<Blocker> Blockers(const Device& device, AuthMethod to) {
  std::vector<Blocker> blockers;
  if (device.state != DeviceState::kActive) {
    blockers.push_back(
        {"NOT_ACTIVE", Sentence("The device is not in use; restore it to active first.")});
  }
  if (!NeedsFace(to)) return blockers;
  if (device.camera == Camera::kNone) {
    blockers.push_back({"NO_CAMERA", Sentence("The device has no camera; attach one.")});
  } else if (device.camera == Camera::kBroken) {
    blockers.push_back({"CAMERA_BROKEN", Sentence("The camera is broken; have it repaired.")});
  }
  if (device.users.empty()) {
    blockers.push_back({"NO_USER", Sentence("The device has no user; say who uses it.")});
  }
  for (const DeviceUser& user : device.users) {
    if (user.consent_withheld) {
      blockers.push_back({"CONSENT_WITHHELD",
                          Sentence("Staff $0 does not let a face be registered; exempt the device.",
                                   {user.staff_number})});
      continue;
    }
    if (user.enrolment == EnrolmentState::kEnrolled) continue;
    blockers.push_back(
        {"USER_NOT_ENROLLED",
         Sentence("Staff $0's face is not registered; have it registered.", {user.staff_number})});
  }
  return blockers;
}

}  // namespace kirikae::domain

#include "service/domain/readiness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kirikae::domain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Codes(const Device& device, AuthMethod to) {
  std::vector<std::string> codes;
  for (const Blocker& blocker : Blockers(device, to)) codes.push_back(blocker.code);
  return codes;
}

Device ReadyDevice() {
  Device device;
  device.camera = Camera::kExternal;
  device.users = {{"1", "", "", std::nullopt, EnrolmentState::kEnrolled}};
  return device;
}

TEST(ReadinessTest, EveryBlockerIsNamedAtOnce) {
  Device device;
  device.state = DeviceState::kSpare;
  device.camera = Camera::kBroken;
  EXPECT_THAT(Codes(device, AuthMethod::kFaceAndPassword),
              ElementsAre("NOT_ACTIVE", "CAMERA_BROKEN", "NO_USER"));
  device.camera = Camera::kNone;
  EXPECT_THAT(Codes(device, AuthMethod::kFaceAndIcCard),
              ElementsAre("NOT_ACTIVE", "NO_CAMERA", "NO_USER"));
}

TEST(ReadinessTest, AllUsersOfASharedTerminalMustBeEnrolled) {
  Device device = ReadyDevice();
  device.users.push_back({"2", "", "", std::nullopt, EnrolmentState::kFailed});
  device.users.push_back({"3", "", "", std::nullopt, std::nullopt});
  EXPECT_THAT(Codes(device, AuthMethod::kFaceAndPassword),
              ElementsAre("USER_NOT_ENROLLED", "USER_NOT_ENROLLED"));
}

TEST(ReadinessTest, AReadyDeviceHasNone) {
  EXPECT_THAT(Codes(ReadyDevice(), AuthMethod::kFaceAndPassword), IsEmpty());
}

TEST(ReadinessTest, TheCardNeedsNoCamera) {
  Device device;
  device.camera = Camera::kNone;
  EXPECT_THAT(Codes(device, AuthMethod::kIcCardAndPassword), IsEmpty());
}

}  // namespace
}  // namespace kirikae::domain

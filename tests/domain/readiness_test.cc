#include "service/domain/readiness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kirikae::domain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr absl::CivilDay kAppointment(2025, 5, 12);

std::vector<std::string> Codes(const Device& device, AuthMethod to) {
  std::vector<std::string> codes;
  for (const Blocker& blocker : Blockers(device, to, "")) codes.push_back(blocker.code);
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

TEST(ReadinessTest, ALabelSaysWhenABlockerIsGone) {
  Device device = ReadyDevice();
  device.camera = Camera::kNone;
  device.users[0].enrolment = EnrolmentState::kNone;
  device.labels = {{"camera_due", "2025-06-01"}, {"enrolment_due", "2025-05-20"}};
  const auto blockers = Blockers(device, AuthMethod::kFaceAndPassword, "");
  ASSERT_EQ(blockers.size(), 2U);
  EXPECT_EQ(blockers[0].clears_on, absl::CivilDay(2025, 6, 1));
  EXPECT_EQ(blockers[1].clears_on, absl::CivilDay(2025, 5, 20));
  device.labels = {{"camera_due", "next June"}, {"enrolment_due", "2025-02-30"}};
  EXPECT_THAT(
      Codes(device, AuthMethod::kFaceAndPassword),
      ElementsAre("NO_CAMERA", "DUE_DATE_UNREADABLE", "USER_NOT_ENROLLED", "DUE_DATE_UNREADABLE"));
  device.camera = Camera::kBuiltIn;
  device.users[0].enrolment = EnrolmentState::kEnrolled;
  EXPECT_THAT(Codes(device, AuthMethod::kFaceAndPassword), IsEmpty());
}

TEST(ReadinessTest, ARecordedDeliveryOutweighsTheLabel) {
  Device device = ReadyDevice();
  device.camera = Camera::kBroken;
  device.camera_due_on = absl::CivilDay(2025, 6, 9);
  device.labels = {{"camera_due", "next June"}};
  const auto blockers = Blockers(device, AuthMethod::kFaceAndPassword, "");
  ASSERT_EQ(blockers.size(), 1U);
  EXPECT_EQ(blockers[0].code, "CAMERA_BROKEN");
  EXPECT_EQ(blockers[0].clears_on, absl::CivilDay(2025, 6, 9));
  EXPECT_EQ(blockers[0].awaits, Awaited::kCamera);
  device.camera = Camera::kExternal;
  EXPECT_THAT(Codes(device, AuthMethod::kFaceAndPassword), IsEmpty());
}

TEST(ReadinessTest, WhoIsRegisteredIsSoWhateverTheDay) {
  Device device = ReadyDevice();
  device.users[0].enrolled_on = absl::CivilDay(2099, 1, 1);
  EXPECT_THAT(Codes(device, AuthMethod::kFaceAndPassword), IsEmpty());
}

TEST(ReadinessTest, AnAppointmentIsTheDayOfTheBlockerAndRegistersNobody) {
  Device device = ReadyDevice();
  device.users[0].enrolment = EnrolmentState::kNone;
  device.users[0].enrolled_on = kAppointment;
  device.labels = {{"enrolment_due", "2025-12-01"}};
  const auto blockers = Blockers(device, AuthMethod::kFaceAndPassword, "");
  ASSERT_EQ(blockers.size(), 1U);
  EXPECT_EQ(blockers[0].clears_on, kAppointment);
  EXPECT_EQ(blockers[0].staff_number, "1");
}

TEST(ReadinessTest, AnOsBelowTheMinimumBlocks) {
  Device device = ReadyDevice();
  device.os = "Windows 10 Pro";
  device.labels = {{"os_due", "2025-09-01"}};
  const auto blockers = Blockers(device, AuthMethod::kFaceAndPassword, "Windows 11");
  ASSERT_EQ(blockers.size(), 1U);
  EXPECT_EQ(blockers[0].code, "OS_TOO_OLD");
  EXPECT_EQ(blockers[0].clears_on, absl::CivilDay(2025, 9, 1));
}

TEST(ReadinessTest, OsVersionsAreComparedNumberByNumber) {
  EXPECT_TRUE(ReachesOs("Windows 11 Pro", "Windows 11"));
  EXPECT_TRUE(ReachesOs("windows 11 Pro 23H2 (64bit)", "Windows 11 22H2"));
  EXPECT_TRUE(ReachesOs("Windows 11", "Windows 10 22H2"));
  EXPECT_FALSE(ReachesOs("Windows 10 Pro x64", "Windows 10 22H2"));
  EXPECT_FALSE(ReachesOs("Windows 11 Pro", "Windows 11 22H2"));
  EXPECT_FALSE(ReachesOs("Windows 9", "Windows 10"));
  EXPECT_FALSE(ReachesOs("macOS 14", "Windows 10"));
  EXPECT_FALSE(ReachesOs("", "Windows 10"));
  EXPECT_TRUE(IsOsVersion("Windows 11"));
  EXPECT_FALSE(IsOsVersion("Windows"));
  EXPECT_FALSE(IsOsVersion("11"));
}

}  // namespace
}  // namespace kirikae::domain

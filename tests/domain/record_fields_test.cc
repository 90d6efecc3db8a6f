#include "service/domain/record_fields.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/time/time.h"

namespace kirikae::domain {
namespace {

Device Full() {
  Device device;
  device.asset_tag = "TSM-00001";
  device.host_name = "TSMPC00001";
  device.serial = "S1";
  device.model = "Latitude 5340";
  device.os = "Windows 11 Pro";
  device.kind = DeviceKind::kSharedCounterTerminal;
  device.network = Network::kMyNumber;
  device.department = "区民部/戸籍課";
  device.site = "本庁舎";
  device.floor = "2階\n西側";
  device.users = {{"0100001", "髙橋　恵", "タカハシ メグミ", {}, {}}, {"0100002", "", "", {}, {}}};
  device.camera = Camera::kBroken;
  device.auth_method = AuthMethod::kFaceAndPassword;
  device.auth_method_since = absl::FromUnixMicros(1'743'465'600'123'456);
  device.state = DeviceState::kRetired;
  device.labels = {{"bundle", "k1"}, {"lease", "2027=03"}};
  device.note = "更新\n予定";
  device.inventoried_on = absl::CivilDay(2025, 4, 1);
  device.exception =
      MethodException{AuthMethod::kFaceAndIcCard, absl::FromUnixSeconds(1'743'465'600),
                      absl::FromUnixSeconds(1'743'552'000), "山田", "調整\t中"};
  return device;
}

TEST(RecordFields, ADeviceComesBackFromItsTextsWhole) {
  Device back;
  for (const auto& [field, text] : FieldsOf(Full())) {
    EXPECT_TRUE(SetField(back, field, text).ok()) << field << ": " << text;
  }
  EXPECT_EQ(FieldsOf(back), FieldsOf(Full()));
  EXPECT_EQ(back.users.size(), 2U);
  EXPECT_EQ(back.exception->reason, "調整\t中");
}

TEST(RecordFields, AnEmptyTextIsTheEmptyValue) {
  Device device = Full();
  for (const auto& [field, text] : FieldsOf(Full())) {
    EXPECT_TRUE(SetField(device, field, "").ok()) << field;
  }
  EXPECT_TRUE(device.users.empty());
  EXPECT_FALSE(device.exception.has_value());
  EXPECT_FALSE(device.inventoried_on.has_value());
}

TEST(RecordFields, APlacementAndAPersonComeBackWhole) {
  Placement placement;
  placement.wave = 3;
  placement.phase = "pilot";
  placement.day = absl::CivilDay(2025, 4, 7);
  placement.slot = "am";
  placement.team = "a";
  placement.state = PlacementState::kFailed;
  placement.cause = FailureCause::kCameraFault;
  placement.method_before = AuthMethod::kIcCardAndPassword;
  placement.off_schedule = true;
  placement.failures = 2;
  placement.absences = 1;
  Placement back;
  for (const auto& [field, text] : FieldsOf(placement))
    ASSERT_TRUE(SetField(back, field, text).ok());
  EXPECT_EQ(FieldsOf(back), FieldsOf(placement));
  Staff staff;
  staff.name = "髙橋　恵";
  staff.role = StaffRole::kManager;
  staff.enrolment = EnrolmentState::kEnrolled;
  staff.enrolled_on = absl::CivilDay(2025, 3, 1);
  Staff person;
  for (const auto& [field, text] : FieldsOf(staff)) ASSERT_TRUE(SetField(person, field, text).ok());
  EXPECT_EQ(FieldsOf(person), FieldsOf(staff));
  CalendarDay day;
  day.holiday = "山の日";
  day.office = OfficeDay::kOpen;
  day.reason = "選挙事務";
  CalendarDay again;
  for (const auto& [field, text] : FieldsOf(day)) ASSERT_TRUE(SetField(again, field, text).ok());
  EXPECT_EQ(FieldsOf(again), FieldsOf(day));
  EXPECT_EQ(again.office, OfficeDay::kOpen);
}

TEST(RecordFields, AnUnknownFieldAndABadTextAreRefused) {
  Device device;
  EXPECT_FALSE(SetField(device, "colour", "red").ok());
  EXPECT_FALSE(SetField(device, "kind", "TOASTER").ok());
  EXPECT_FALSE(SetField(device, "inventoried_on", "2025-02-30x").ok());
  EXPECT_FALSE(SetField(device, "users", "0100001 only").ok());
  EXPECT_FALSE(SetField(device, "exception", "FACE").ok());
}

}  // namespace
}  // namespace kirikae::domain

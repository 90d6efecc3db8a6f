#include "service/api/convert/records.h"

#include <gtest/gtest.h>

#include <string>

#include "service/domain/record_fields.h"

namespace kirikae::api {
namespace {

using google::protobuf::FieldDescriptor;

const absl::Time kNow = absl::FromUnixMicros(1'743'465'600'123'456);

domain::Device FullDevice() {
  domain::Device device;
  device.asset_tag = "TSM-00001";
  device.host_name = "TSMPC00001";
  device.serial = "S1";
  device.model = "Latitude 5340";
  device.os = "Windows 11 Pro";
  device.kind = domain::DeviceKind::kSharedCounterTerminal;
  device.network = domain::Network::kMyNumber;
  device.department = "区民部/戸籍課";
  device.site = "本庁舎";
  device.floor = "2階";
  device.users = {{"0100001", "髙橋　恵", "タカハシ メグミ", {}, {}}};
  device.camera = domain::Camera::kBroken;
  device.auth_method = domain::AuthMethod::kFaceAndPassword;
  device.auth_method_since = kNow;
  device.state = domain::DeviceState::kRetired;
  device.labels = {{"bundle", "k1"}};
  device.note = "更新予定";
  device.inventoried_on = absl::CivilDay(2025, 4, 1);
  device.lease_ends_on = absl::CivilDay(2026, 3, 31);
  device.camera_due_on = absl::CivilDay(2025, 6, 2);
  device.exception = domain::MethodException{domain::AuthMethod::kFaceAndIcCard, kNow,
                                             kNow + absl::Hours(1), "山田", "調整中"};
  device.version = 3;
  return device;
}

TEST(Records, ADeviceIsWholeInItsMessage) {
  v1::Device proto;
  ToProto(FullDevice(), &proto, kNow);
  EXPECT_EQ(proto.name(), "devices/TSM-00001");
  EXPECT_EQ(proto.host_name(), "TSMPC00001");
  EXPECT_EQ(proto.kind(), v1::DEVICE_KIND_SHARED_COUNTER_TERMINAL);
  EXPECT_EQ(proto.network(), v1::NETWORK_MY_NUMBER);
  EXPECT_EQ(proto.department(), "区民部/戸籍課");
  EXPECT_EQ(proto.camera(), v1::CAMERA_BROKEN);
  EXPECT_EQ(proto.auth_method(), v1::AUTH_METHOD_FACE_AND_PASSWORD);
  EXPECT_EQ(proto.auth_method_since(), "2025-04-01T00:00:00.123456Z");
  EXPECT_EQ(proto.state(), v1::DEVICE_STATE_RETIRED);
  EXPECT_EQ(proto.inventoried_on(), "2025-04-01");
  EXPECT_EQ(proto.lease_ends_on(), "2026-03-31");
  EXPECT_EQ(proto.camera_due_on(), "2025-06-02");
  EXPECT_EQ(proto.effective_method(), v1::AUTH_METHOD_FACE_AND_IC_CARD);
  EXPECT_EQ(proto.etag(), "3");
  // No field of the message is left out.
  for (int i = 0; i < v1::Device::descriptor()->field_count(); ++i) {
    const FieldDescriptor* const field = v1::Device::descriptor()->field(i);
    const bool is_set = field->is_repeated()
                            ? v1::Device::GetReflection()->FieldSize(proto, field) > 0
                            : v1::Device::GetReflection()->HasField(proto, field);
    EXPECT_TRUE(is_set) << field->name();
  }
}

template <typename Record>
void ExpectFieldsOfMessage(const google::protobuf::Descriptor& message) {
  for (const domain::Field<Record>& field : domain::FieldTable<Record>()) {
    EXPECT_EQ(message.FindFieldByName(std::string(field.api_name)) != nullptr,
              field.Is(domain::kInMessage))
        << field.name;
  }
}

TEST(Records, AMessageHasTheFieldsThatTheTableSays) {
  ExpectFieldsOfMessage<domain::Device>(*v1::Device::descriptor());
  ExpectFieldsOfMessage<domain::Staff>(*v1::Staff::descriptor());
}

TEST(Records, APersonIsWholeInTheirMessage) {
  domain::Staff staff;
  staff.staff_number = "0100003";
  staff.name = "髙橋　恵";
  staff.kana = "タカハシ メグミ";
  staff.department = "区民部/戸籍課";
  staff.title = "係長";
  staff.role = domain::StaffRole::kPromotionOfficer;
  staff.enrolment = domain::EnrolmentState::kFailed;
  staff.enrolled_on = absl::CivilDay(2025, 4, 1);
  staff.consent_withheld = "本人の申し出";
  staff.version = 2;
  v1::Staff proto;
  ToProto(staff, &proto);
  EXPECT_EQ(proto.display_name(), "髙橋　恵");
  EXPECT_EQ(proto.role(), v1::STAFF_ROLE_PROMOTION_OFFICER);
  EXPECT_EQ(proto.enrolled_on(), "2025-04-01");
  for (int i = 0; i < v1::Staff::descriptor()->field_count(); ++i) {
    const FieldDescriptor* const field = v1::Staff::descriptor()->field(i);
    EXPECT_TRUE(v1::Staff::GetReflection()->HasField(proto, field)) << field->name();
  }
}

}  // namespace
}  // namespace kirikae::api

#include "service/domain/device_rules.h"

#include <gtest/gtest.h>

#include <string>

#include "service/domain/error_detail.h"

namespace kirikae::domain {
namespace {

constexpr absl::CivilDay kToday(2025, 4, 1);

ExceptionRequest Good() {
  return {AuthMethod::kFaceAndPassword, kToday + 9, "調整中", "山田", absl::UnixEpoch()};
}

size_t Faults(const absl::Status& status) {
  const auto detail = DetailOf(status);
  return detail.has_value() ? detail->violations.size() : 0;
}

TEST(DeviceRules, EveryFaultOfAnExceptionIsNamed) {
  Device device;
  EXPECT_EQ(Faults(GrantException(device, {}, kToday, absl::UTCTimeZone())), 3U);
  ExceptionRequest request = Good();
  request.last_day = kToday + kExceptionDays + 1;
  EXPECT_EQ(Faults(GrantException(device, request, kToday, absl::UTCTimeZone())), 1U);
  request.last_day = kToday - 1;
  EXPECT_EQ(Faults(GrantException(device, request, kToday, absl::UTCTimeZone())), 1U);
  request = Good();
  request.method = device.auth_method;
  EXPECT_EQ(Faults(GrantException(device, request, kToday, absl::UTCTimeZone())), 1U);
  EXPECT_FALSE(device.exception.has_value());
}

TEST(DeviceRules, AnExceptionHoldsToTheEndOfItsLastDay) {
  Device device;
  ASSERT_TRUE(GrantException(device, Good(), kToday, absl::UTCTimeZone()).ok());
  const absl::Time end = absl::FromCivil(kToday + 10, absl::UTCTimeZone());
  EXPECT_EQ(device.EffectiveMethod(end - absl::Seconds(1)), AuthMethod::kFaceAndPassword);
  EXPECT_EQ(device.EffectiveMethod(end), AuthMethod::kIcCardAndPassword);
  EXPECT_FALSE(EndException(device, end).ok());
  EXPECT_TRUE(EndException(device, end - absl::Seconds(1)).ok());
}

TEST(DeviceRules, RetiringEndsTheExceptionAndOnlyTheRetiredComeBack) {
  Device device;
  EXPECT_FALSE(Restore(device).ok());
  ASSERT_TRUE(GrantException(device, Good(), kToday, absl::UTCTimeZone()).ok());
  Retire(device);
  EXPECT_FALSE(device.exception.has_value());
  EXPECT_FALSE(GrantException(device, Good(), kToday, absl::UTCTimeZone()).ok());
  EXPECT_TRUE(Restore(device).ok());
  EXPECT_EQ(device.state, DeviceState::kActive);
}

TEST(DeviceRules, ANewTagHasLettersDigitsAndHyphensOnly) {
  EXPECT_TRUE(CheckNewTag("TSM-00123").ok());
  EXPECT_TRUE(CheckNewTag(std::string(40, 'A')).ok());
  for (const std::string& bad :
       {std::string(), std::string(41, 'A'), std::string("tsm-00123"), std::string("TSM 1"),
        std::string("TSM/1"), std::string("端末1")}) {
    EXPECT_EQ(CheckNewTag(bad).code(), absl::StatusCode::kInvalidArgument) << bad;
  }
}

}  // namespace
}  // namespace kirikae::domain

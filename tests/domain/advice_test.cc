#include "service/domain/advice.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace kirikae::domain {
namespace {

const absl::Time kNow = absl::FromCivil(absl::CivilHour(2025, 5, 7, 9), absl::UTCTimeZone());

absl::TimeZone Tokyo() {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone("Asia/Tokyo", &zone));
  return zone;
}

std::string Say(const Device& device, const std::optional<LivePlacement>& live, bool blocked) {
  return Advice(device, live, blocked, kNow, Tokyo()).English();
}

LivePlacement In(PlacementState state) {
  LivePlacement live;
  live.rollout.to_method = AuthMethod::kFaceAndPassword;
  live.placement.state = state;
  return live;
}

TEST(Advice, TellsTheEndOfAnExceptionInTheWardsTimeAndNotInUtc) {
  Device device;
  device.exception = MethodException{AuthMethod::kFaceAndIcCard, kNow - absl::Hours(1),
                                     absl::FromCivil(absl::CivilDay(2025, 5, 11), Tokyo()), "", ""};
  EXPECT_EQ(Say(device, std::nullopt, false),
            "For a while, log on with face and IC card (until 2025-05-11 00:00); then with IC card "
            "and password again.");
}

TEST(Advice, ARetiredDeviceIsForNobodyWhateverElseIsTrueOfIt) {
  Device device;
  device.state = DeviceState::kRetired;
  EXPECT_EQ(Say(device, In(PlacementState::kPlanned), true),
            "This device is retired; nobody should log on with it.");
}

TEST(Advice, EachStateOfAPlacementHasItsSentence) {
  Device device;
  device.auth_method = AuthMethod::kIcCardAndPassword;
  const std::vector<std::pair<PlacementState, std::string>> cases = {
      {PlacementState::kMigrated, "no longer logs on here"},
      {PlacementState::kVerified, "no longer logs on here"},
      {PlacementState::kFailed, "The switch to face and password failed"},
      {PlacementState::kRolledBack, "was taken back"},
      {PlacementState::kExempt, "is exempt"},
      {PlacementState::kUnplanned, "The day of the change is not set"},
      {PlacementState::kPlanned, "The day of the change is not set"},
      {PlacementState::kDue, "The day of the change is not set"},
      {PlacementState::kDeferred, "The day of the change is not set"},
  };
  for (const auto& [state, words] : cases) {
    EXPECT_NE(Say(device, In(state), false).find(words), std::string::npos) << Name(state);
  }
}

TEST(Advice, NamesTheDayUnlessSomethingStandsInTheWay) {
  LivePlacement live = In(PlacementState::kPlanned);
  live.placement.day = absl::CivilDay(2025, 5, 20);
  EXPECT_EQ(Say({}, live, false),
            "Log on with IC card and password until the change to face and password on "
            "2025-05-20.");
  EXPECT_NE(Say({}, live, true).find("The change to face and password waits"), std::string::npos);
  EXPECT_EQ(Say({}, std::nullopt, true), "Log on with IC card and password. No change is planned.");
}

}  // namespace
}  // namespace kirikae::domain

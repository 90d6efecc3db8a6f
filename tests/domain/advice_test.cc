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
    const bool switched = state == PlacementState::kMigrated || state == PlacementState::kVerified;
    device.auth_method = switched ? AuthMethod::kFaceAndPassword : AuthMethod::kIcCardAndPassword;
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

TEST(Advice, AfterACorrectionItDoesNotSayThatTheCardIsOfNoUse) {
  EXPECT_EQ(Say({}, In(PlacementState::kMigrated), false),
            "Log on with IC card and password. No change is planned.");
}

TEST(Advice, TellsWhatIsPutOffOverduePausedAndOver) {
  LivePlacement live = In(PlacementState::kDeferred);
  live.placement.until = absl::CivilDay(2025, 6, 2);
  EXPECT_NE(Say({}, live, true).find("put off; it does not come before 2025-06-02"),
            std::string::npos);
  live = In(PlacementState::kDue);
  live.placement.day = absl::CivilDay(2025, 5, 6);
  EXPECT_NE(Say({}, live, false).find("it was planned for 2025-05-06"), std::string::npos);
  live.placement.day = absl::CivilDay(2025, 5, 7);
  EXPECT_NE(Say({}, live, false).find("until the change"), std::string::npos) << "it is today";
  live.rollout.state = RolloutState::kPaused;
  EXPECT_NE(Say({}, live, false).find("is paused"), std::string::npos);
  live.rollout.state = RolloutState::kCompleted;
  EXPECT_NE(Say({}, live, false).find("No change is planned"), std::string::npos);
}

TEST(StateSentence, HasADayOfTheWardAndWordsForEveryState) {
  const absl::CivilDay today(2025, 5, 7);
  const auto say = [&](const LivePlacement& live) {
    const auto sentence = StateSentence({}, live, Tokyo(), today);
    return sentence.has_value() ? sentence->English() : std::string("-");
  };
  LivePlacement live = In(PlacementState::kFailed);
  // 7 May in Tokyo, 6 May in UTC.
  live.placement.marked_time = absl::FromCivil(absl::CivilMinute(2025, 5, 7, 8, 30), Tokyo());
  live.placement.cause = FailureCause::kCameraFault;
  EXPECT_EQ(say(live), "The switch failed on 2025-05-07: the camera does not work.");
  live.placement.state = PlacementState::kMigrated;
  EXPECT_EQ(say(live), "Switched on 2025-05-07.");
  live.placement.state = PlacementState::kRolledBack;
  EXPECT_EQ(say(live), "Switched back on 2025-05-07.");
  live.placement.state = PlacementState::kDeferred;
  live.placement.until = absl::CivilDay(2025, 6, 2);
  EXPECT_EQ(say(live), "Put off until 2025-06-02.");
  live.placement.state = PlacementState::kExempt;
  EXPECT_EQ(say(live), "Exempt from the rollout.");
  live.placement.state = PlacementState::kPlanned;
  live.placement.day = absl::CivilDay(2025, 5, 6);
  EXPECT_EQ(say(live), "Overdue: it was planned for 2025-05-06.");
  Device device;
  device.state = DeviceState::kRetired;
  EXPECT_EQ(StateSentence(device, live, Tokyo(), today)->English(),
            "Retired: the device is out of use.");
  EXPECT_FALSE(StateSentence({}, std::nullopt, Tokyo(), today).has_value());
}

}  // namespace
}  // namespace kirikae::domain

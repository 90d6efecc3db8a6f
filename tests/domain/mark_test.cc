#include "service/domain/mark.h"

#include <gtest/gtest.h>

#include <map>

#include "service/domain/error_detail.h"

namespace kirikae::domain {
namespace {

using State = PlacementState;

Device ReadyDevice() {
  Device device;
  device.asset_tag = "TSM-00001";
  device.camera = Camera::kBuiltIn;
  device.users = {{"0100003", "田中", "タナカ", StaffRole::kStaff, EnrolmentState::kEnrolled}};
  return device;
}

Placement PlacedIn(State state) {
  Placement placement;
  placement.rollout = "face2025";
  placement.asset_tag = "TSM-00001";
  placement.state = state;
  placement.day = absl::CivilDay(2025, 5, 7);
  return placement;
}

MarkRequest On(absl::CivilDay day) {
  MarkRequest request;
  request.day = day;
  return request;
}

std::string ReasonOf(const absl::Status& status) {
  const auto detail = DetailOf(status);
  return detail.has_value() ? detail->reason : "";
}

const absl::CivilDay kPlannedDay(2025, 5, 7);

TEST(MarkTest, RetiredDeviceIsRefused) {
  Device device = ReadyDevice();
  device.state = DeviceState::kRetired;
  EXPECT_EQ(ReasonOf(Mark(device, PlacedIn(State::kDue), {}, On(kPlannedDay)).status()),
            "DEVICE_RETIRED");
}

TEST(MarkTest, BlockedDeviceIsRefusedUnlessOverridden) {
  Device device = ReadyDevice();
  device.camera = Camera::kNone;
  MarkRequest request = On(kPlannedDay);
  EXPECT_EQ(ReasonOf(Mark(device, PlacedIn(State::kDue), {}, request).status()), "DEVICE_BLOCKED");
  request.override_blockers = true;
  const auto effect = Mark(device, PlacedIn(State::kDue), {}, request);
  ASSERT_TRUE(effect.ok());
  EXPECT_EQ(effect->placement.state, State::kMigrated);
}

TEST(MarkTest, AFailureAfterMigratedIsRefused) {
  MarkRequest request = On(kPlannedDay);
  request.outcome = Outcome::kFailed;
  request.cause = FailureCause::kUserAbsent;
  EXPECT_EQ(ReasonOf(Mark(ReadyDevice(), PlacedIn(State::kMigrated), {}, request).status()),
            "DEVICE_ALREADY_MIGRATED");
}

TEST(MarkTest, EveryPairOfStateAndOutcomeIsDecided) {
  const std::map<State, std::pair<std::optional<State>, std::optional<State>>> expected = {
      {State::kUnplanned, {State::kMigrated, State::kFailed}},
      {State::kPlanned, {State::kMigrated, State::kFailed}},
      {State::kDue, {State::kMigrated, State::kFailed}},
      {State::kMigrated, {State::kMigrated, std::nullopt}},
      {State::kVerified, {State::kVerified, std::nullopt}},
      {State::kFailed, {State::kMigrated, State::kFailed}},
      {State::kRolledBack, {State::kMigrated, State::kFailed}},
      {State::kDeferred, {State::kMigrated, State::kFailed}},
      {State::kExempt, {std::nullopt, std::nullopt}}};
  ASSERT_EQ(expected.size(), 9);
  for (const auto& [from, to] : expected) {
    EXPECT_EQ(AfterMark(from, Outcome::kMigrated), to.first) << Name(from);
    EXPECT_EQ(AfterMark(from, Outcome::kFailed), to.second) << Name(from);
  }
}

TEST(MarkTest, MigratedSetsTheMethodAndKeepsTheOneBefore) {
  Rollout rollout;
  rollout.to_method = AuthMethod::kFaceAndPassword;
  const auto effect = Mark(ReadyDevice(), PlacedIn(State::kDue), rollout, On(kPlannedDay));
  ASSERT_TRUE(effect.ok());
  EXPECT_TRUE(effect->changed);
  EXPECT_EQ(effect->method, AuthMethod::kFaceAndPassword);
  EXPECT_EQ(effect->placement.method_before, AuthMethod::kIcCardAndPassword);
  EXPECT_FALSE(effect->placement.off_schedule);
}

TEST(MarkTest, AnotherDayThanPlannedIsRecordedAsSuch) {
  const auto effect =
      Mark(ReadyDevice(), PlacedIn(State::kPlanned), {}, On(absl::CivilDay(2025, 5, 1)));
  ASSERT_TRUE(effect.ok());
  EXPECT_TRUE(effect->placement.off_schedule);
}

TEST(MarkTest, RepeatingAMarkChangesNothing) {
  const auto effect = Mark(ReadyDevice(), PlacedIn(State::kMigrated), {}, On(kPlannedDay));
  ASSERT_TRUE(effect.ok());
  EXPECT_FALSE(effect->changed);
}

TEST(MarkTest, FailingKeepsTheMethod) {
  MarkRequest request = On(kPlannedDay);
  request.outcome = Outcome::kFailed;
  request.cause = FailureCause::kCameraFault;
  const auto effect = Mark(ReadyDevice(), PlacedIn(State::kDue), {}, request);
  ASSERT_TRUE(effect.ok());
  EXPECT_EQ(effect->method, AuthMethod::kIcCardAndPassword);
  EXPECT_EQ(effect->placement.cause, FailureCause::kCameraFault);
}

}  // namespace
}  // namespace kirikae::domain

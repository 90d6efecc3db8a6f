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

TEST(MarkTest, NoOverridePassesConsentThatIsWithheldOrAPhaseThatIsHeld) {
  Device device = ReadyDevice();
  device.users = {{"0100001", "豊島　太郎", "", {}, EnrolmentState::kEnrolled}};
  device.users[0].consent_withheld = true;
  MarkRequest request = On(kPlannedDay);
  request.override_blockers = true;
  EXPECT_EQ(ReasonOf(Mark(device, PlacedIn(State::kDue), {}, request).status()), "DEVICE_BLOCKED");
  request.phase_held = true;
  EXPECT_EQ(ReasonOf(Mark(ReadyDevice(), PlacedIn(State::kPlanned), {}, request).status()),
            "PHASE_HELD");
}

TEST(MarkTest, AFailureAfterMigratedIsRefused) {
  MarkRequest request = On(kPlannedDay);
  request.outcome = Outcome::kFailed;
  request.cause = FailureCause::kUserAbsent;
  EXPECT_EQ(ReasonOf(Mark(ReadyDevice(), PlacedIn(State::kMigrated), {}, request).status()),
            "DEVICE_ALREADY_MIGRATED");
}

constexpr Outcome kOutcomes[] = {Outcome::kMigrated,   Outcome::kFailed,   Outcome::kVerified,
                                 Outcome::kRolledBack, Outcome::kDeferred, Outcome::kExempt};

TEST(MarkTest, EveryPairOfStateAndOutcomeIsDecided) {
  // A letter an outcome, in the order of kOutcomes; - where it is refused.
  const std::map<State, std::string> expected = {
      {State::kUnplanned, "MF--DE"},  {State::kPlanned, "MF--DE"},  {State::kDue, "MF--DE"},
      {State::kMigrated, "M-VR--"},   {State::kVerified, "V-VR--"}, {State::kFailed, "MF--DE"},
      {State::kRolledBack, "MF-RDE"}, {State::kDeferred, "MF--DE"}, {State::kExempt, "-----E"}};
  const std::map<char, std::optional<State>> states = {
      {'M', State::kMigrated},   {'F', State::kFailed},   {'V', State::kVerified},
      {'R', State::kRolledBack}, {'D', State::kDeferred}, {'E', State::kExempt},
      {'-', std::nullopt}};
  ASSERT_EQ(expected.size(), 9);
  for (const auto& [from, letters] : expected) {
    for (size_t i = 0; i < letters.size(); ++i) {
      EXPECT_EQ(AfterMark(from, kOutcomes[i]), states.at(letters[i]))
          << Name(from) << " " << Name(kOutcomes[i]);
    }
  }
}

TEST(MarkTest, OnlyApproversExemptAndTheyDoNothingElse) {
  for (const Outcome outcome : kOutcomes) {
    const bool exempts = outcome == Outcome::kExempt;
    EXPECT_EQ(MayMark(Role::kApprover, true, outcome), exempts);
    EXPECT_EQ(MayMark(Role::kOperator, false, outcome), !exempts);
    EXPECT_EQ(MayMark(Role::kPlanner, false, outcome), !exempts);
    EXPECT_EQ(MayMark(Role::kAdmin, false, outcome), !exempts);
    EXPECT_TRUE(MayMark(Role::kAdmin, true, outcome));
  }
}

TEST(MarkTest, RollingBackRestoresTheMethodBefore) {
  Device device = ReadyDevice();
  device.auth_method = AuthMethod::kFaceAndPassword;
  Placement placement = PlacedIn(State::kVerified);
  placement.method_before = AuthMethod::kFaceAndIcCard;
  MarkRequest request = On(kPlannedDay);
  request.outcome = Outcome::kRolledBack;
  const auto effect = Mark(device, placement, {}, request);
  ASSERT_TRUE(effect.ok());
  EXPECT_EQ(effect->placement.state, State::kRolledBack);
  EXPECT_EQ(effect->method, AuthMethod::kFaceAndIcCard);
}

TEST(MarkTest, AnotherDayToDeferToIsAChange) {
  Placement placement = PlacedIn(State::kDeferred);
  placement.until = absl::CivilDay(2025, 6, 2);
  MarkRequest request = On(kPlannedDay);
  request.outcome = Outcome::kDeferred;
  request.until = placement.until;
  const auto same = Mark(ReadyDevice(), placement, {}, request);
  ASSERT_TRUE(same.ok());
  EXPECT_FALSE(same->changed);
  request.until = absl::CivilDay(2025, 7, 1);
  const auto later = Mark(ReadyDevice(), placement, {}, request);
  ASSERT_TRUE(later.ok());
  EXPECT_TRUE(later->changed);
  EXPECT_EQ(later->placement.until, absl::CivilDay(2025, 7, 1));
}

TEST(MarkTest, APauseKeepsFromSwitchingButNotFromSayingWhatHappened) {
  Rollout rollout;
  rollout.state = RolloutState::kPaused;
  MarkRequest request = On(kPlannedDay);
  EXPECT_EQ(ReasonOf(Mark(ReadyDevice(), PlacedIn(State::kDue), rollout, request).status()),
            "ROLLOUT_PAUSED");
  rollout.waves_go_on_until = kPlannedDay - 1;
  EXPECT_FALSE(Mark(ReadyDevice(), PlacedIn(State::kDue), rollout, request).ok());
  rollout.waves_go_on_until = kPlannedDay;
  EXPECT_TRUE(Mark(ReadyDevice(), PlacedIn(State::kDue), rollout, request).ok());
  EXPECT_FALSE(Mark(ReadyDevice(), PlacedIn(State::kFailed), rollout, request).ok());
  rollout.waves_go_on_until.reset();
  request.outcome = Outcome::kRolledBack;
  EXPECT_TRUE(Mark(ReadyDevice(), PlacedIn(State::kMigrated), rollout, request).ok());
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

TEST(MarkTest, FailedAttemptsAreCountedOnceAndKept) {
  MarkRequest request = On(kPlannedDay);
  request.outcome = Outcome::kFailed;
  request.cause = FailureCause::kCameraFault;
  auto effect = Mark(ReadyDevice(), PlacedIn(State::kDue), {}, request);
  ASSERT_TRUE(effect.ok());
  EXPECT_EQ(effect->placement.failures, 1);
  // Corrected: the user was absent.
  request.cause = FailureCause::kUserAbsent;
  effect = Mark(ReadyDevice(), effect->placement, {}, request);
  ASSERT_TRUE(effect.ok());
  EXPECT_EQ(effect->placement.failures, 0);
  EXPECT_EQ(effect->placement.absences, 1);
  // Planned again, and failed again.
  effect->placement.state = State::kPlanned;
  request.cause = FailureCause::kOther;
  effect = Mark(ReadyDevice(), effect->placement, {}, request);
  EXPECT_EQ(effect->placement.failures, 1);
  EXPECT_EQ(effect->placement.absences, 1);
  request.outcome = Outcome::kMigrated;
  request.cause.reset();
  effect = Mark(ReadyDevice(), effect->placement, {}, request);
  request.outcome = Outcome::kRolledBack;
  effect = Mark(ReadyDevice(), effect->placement, {}, request);
  ASSERT_TRUE(effect.ok());
  EXPECT_EQ(effect->placement.failures, 2);
}

TEST(MarkTest, AnOsBelowTheRolloutsMinimumBlocks) {
  Device device = ReadyDevice();
  device.os = "Windows 10 Pro";
  Rollout rollout;
  rollout.minimum_os = "Windows 11";
  EXPECT_EQ(ReasonOf(Mark(device, PlacedIn(State::kDue), rollout, On(kPlannedDay)).status()),
            "DEVICE_BLOCKED");
}

}  // namespace
}  // namespace kirikae::domain

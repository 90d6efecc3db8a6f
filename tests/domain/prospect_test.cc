#include "service/domain/prospect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kirikae::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::CivilDay kToday(2025, 5, 7);
constexpr absl::CivilDay kUsual(2025, 5, 28);

const ExpectedDays kExpected = {{Awaited::kEnrolment, kUsual}};

Blocker Face(std::optional<absl::CivilDay> clears_on = std::nullopt) {
  Blocker blocker;
  blocker.code = "USER_NOT_ENROLLED";
  blocker.clears_on = clears_on;
  blocker.awaits = Awaited::kEnrolment;
  return blocker;
}

Blocker Camera(std::optional<absl::CivilDay> clears_on = std::nullopt) {
  Blocker blocker;
  blocker.code = "NO_CAMERA";
  blocker.clears_on = clears_on;
  blocker.awaits = Awaited::kCamera;
  return blocker;
}

TEST(ProspectTest, ADeviceWithoutBlockersIsReady) {
  const Prospect prospect = ProspectOf({}, kExpected, kToday);
  EXPECT_TRUE(prospect.IsReady());
  EXPECT_EQ(prospect.ready_on, std::nullopt);
}

TEST(ProspectTest, AnExpectedBlockerIsACondition) {
  const Prospect prospect = ProspectOf({Face()}, kExpected, kToday);
  EXPECT_FALSE(prospect.blocked);
  EXPECT_FALSE(prospect.IsReady());
  EXPECT_THAT(prospect.conditions, ElementsAre(Condition{"USER_NOT_ENROLLED", kUsual, false}));
  EXPECT_EQ(prospect.ready_on, kUsual);
}

TEST(ProspectTest, ABlockerThatNobodyExpectsToGoBlocks) {
  EXPECT_TRUE(ProspectOf({Face(), Camera()}, kExpected, kToday).blocked);
  Blocker consent;
  consent.code = "CONSENT_WITHHELD";
  EXPECT_TRUE(ProspectOf({consent}, kExpected, kToday).blocked);
  EXPECT_TRUE(ProspectOf({Face()}, {}, kToday).blocked) << "no policy expects anything";
}

TEST(ProspectTest, ADayInTheRecordsOutweighsTheExpectation) {
  const absl::CivilDay soon(2025, 5, 12), late(2025, 7, 1);
  EXPECT_THAT(ProspectOf({Face(soon)}, kExpected, kToday).conditions,
              ElementsAre(Condition{"USER_NOT_ENROLLED", soon, true}));
  EXPECT_EQ(ProspectOf({Face(late)}, kExpected, kToday).ready_on, late);
  EXPECT_EQ(ProspectOf({Camera(kToday)}, {}, kToday).ready_on, kToday) << "today has not passed";
}

TEST(ProspectTest, ADayThatHasPassedSaysNothingAnyMore) {
  const absl::CivilDay passed(2025, 5, 6);
  const Prospect camera = ProspectOf({Camera(passed)}, kExpected, kToday);
  EXPECT_TRUE(camera.blocked);
  EXPECT_TRUE(camera.overdue);
  const Prospect face = ProspectOf({Face(passed)}, kExpected, kToday);
  EXPECT_FALSE(face.blocked);
  EXPECT_THAT(face.conditions, ElementsAre(Condition{"USER_NOT_ENROLLED", kUsual, false}));
}

TEST(ProspectTest, EachCodeIsOneConditionWithTheLatestDay) {
  const absl::CivilDay soon(2025, 5, 12), late(2025, 7, 1), camera(2025, 6, 2);
  const Prospect prospect =
      ProspectOf({Camera(camera), Face(soon), Face(late), Face()}, kExpected, kToday);
  EXPECT_THAT(prospect.conditions, ElementsAre(Condition{"NO_CAMERA", camera, true},
                                               Condition{"USER_NOT_ENROLLED", late, true}));
  EXPECT_EQ(prospect.ready_on, late);
  EXPECT_THAT(ProspectOf({}, {}, kToday).conditions, IsEmpty());
}

}  // namespace
}  // namespace kirikae::domain

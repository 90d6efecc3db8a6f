// What has to happen before devices can be switched.
#include "service/app/rollouts/needs.h"

#include <tuple>

#include "tests/app/rollouts/readiness_fixture.h"

namespace kirikae::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class NeedsTest : public ReadinessFixture {
 protected:
  NeedList List(const NeedQuery& query = {}) {
    const domain::Rollout rollout = Rollout();
    const auto file = FileOf(rollout);
    EXPECT_TRUE(file.ok()) << file.status();
    auto needs = ListNeeds(ward_, *Read(), rollout, **file, query);
    EXPECT_TRUE(needs.ok()) << needs.status();
    return needs.ok() ? *std::move(needs) : NeedList();
  }
  /// `TAG CODE`.
  static std::vector<std::string> Short(const NeedList& list) {
    std::vector<std::string> texts;
    for (const Need& need : list.needs) {
      texts.push_back(need.asset_tag + " " + need.blocker.code);
    }
    return texts;
  }
};

TEST_F(NeedsTest, AReadyWardNeedsNothing) { EXPECT_THAT(Short(List()), IsEmpty()); }

TEST_F(NeedsTest, EachNeedSaysWhoAndByWhichDay) {
  GiveToUnregistered("B1");
  const NeedList list = List();
  ASSERT_EQ(list.needs.size(), 1U);
  const Need& need = list.needs[0];
  EXPECT_EQ(need.department, "税務部");
  EXPECT_EQ(need.phase, "rest");
  EXPECT_EQ(need.blocker.code, "USER_NOT_ENROLLED");
  EXPECT_EQ(need.blocker.staff_number, "0002");
  EXPECT_EQ(need.blocker.staff_name, "池袋　花子");
  EXPECT_EQ(need.planned_day, Day("2025-05-12"));
  EXPECT_EQ(need.ready_by, Day("2025-05-08"));
  EXPECT_FALSE(need.late);
}

// Two open days before Thursday 8 May is Friday 2 May: the 3rd to the 6th are holidays.
TEST_F(NeedsTest, TheyComeByDepartmentThenByTheDayByWhichToBeReady) {
  TakeCamera("A2");
  GiveToUnregistered("A1");
  TakeCamera("B2");
  GiveToUnregistered("B2");
  domain::Placement unplanned = **Read()->FindPlacement("face", "A1");
  unplanned.state = domain::PlacementState::kUnplanned;
  unplanned.wave = 0;
  unplanned.day.reset();
  Store({unplanned});
  const NeedList list = List();
  EXPECT_THAT(Short(list), ElementsAre("B2 NO_CAMERA", "B2 USER_NOT_ENROLLED", "A2 NO_CAMERA",
                                       "A1 USER_NOT_ENROLLED"));
  EXPECT_EQ(list.needs[2].ready_by, Day("2025-05-02"));
  EXPECT_TRUE(list.needs[2].late);
  EXPECT_EQ(list.needs[3].ready_by, std::nullopt);
  EXPECT_FALSE(list.needs[3].late);
}

TEST_F(NeedsTest, ADepartmentCoversThoseBelowItAndNoOtherOfALikeName) {
  for (const auto& [tag, department] : {std::pair("A1", "総務部/総務課"), std::pair("A2", "総務部"),
                                        std::pair("A3", "総務部外局")}) {
    TakeCamera(tag);
    domain::Device device = Found(tag);
    device.department = department;
    Keep(device);
  }
  EXPECT_THAT(Short(List({.department = "総務部"})), ElementsAre("A2 NO_CAMERA", "A1 NO_CAMERA"));
  EXPECT_THAT(Short(List({.department = "無い部"})), IsEmpty());
}

TEST_F(NeedsTest, ADayInTheRecordsThatPassedOrComesTooLateIsLate) {
  TakeCamera("B1");
  SetCameraDue("B1", "2025-05-12");
  EXPECT_FALSE(List().needs[0].late);
  SetCameraDue("B1", "2025-05-13");
  EXPECT_TRUE(List().needs[0].late);
  SetCameraDue("B1", "2025-05-06");
  EXPECT_TRUE(List().needs[0].late);
  EXPECT_EQ(List().needs[0].blocker.clears_on, Day("2025-05-06"));
}

TEST_F(NeedsTest, FinishedExemptAndRetiredDevicesNeedNothing) {
  for (const std::string tag : {"A1", "A2", "A3"}) TakeCamera(tag);
  domain::Placement exempt = **Read()->FindPlacement("face", "A1");
  exempt.state = domain::PlacementState::kExempt;
  Store({exempt});
  domain::Device retired = Found("A2");
  retired.state = domain::DeviceState::kRetired;
  Keep(retired);
  domain::Device switched = Found("A3");
  switched.auth_method = domain::AuthMethod::kFaceAndPassword;
  Keep(switched);
  EXPECT_THAT(Short(List()), IsEmpty());
}

TEST_F(NeedsTest, PagesNeitherSkipNorRepeatWhileTheListIsWorkedOff) {
  for (const std::string tag : {"A1", "A2", "A3", "B1", "B2"}) TakeCamera(tag);
  const NeedList first = List({.limit = 2});
  EXPECT_TRUE(first.more);
  EXPECT_THAT(Short(first), ElementsAre("B1 NO_CAMERA", "B2 NO_CAMERA"));
  // B1's camera comes between the pages.
  domain::Device device = Found("B1");
  device.camera = domain::Camera::kExternal;
  Keep(device);
  const NeedList rest = List({.after = PositionOf(first.needs.back()), .limit = 3});
  EXPECT_FALSE(rest.more);
  EXPECT_THAT(Short(rest), ElementsAre("A1 NO_CAMERA", "A2 NO_CAMERA", "A3 NO_CAMERA"));
}

}  // namespace
}  // namespace kirikae::app

// The problem made from a rollout and its inventory, and the warnings of a plan.
#include "service/app/plans/make.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/app/plans/insight.h"
#include "tests/app/plans/plans_fixture.h"

namespace kirikae::app {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class MakingPlans : public PlansFixture {
 protected:
  SolvedPlan Solved(const domain::Plan& plan) {
    auto solved = SolvedOf(plan);
    EXPECT_TRUE(solved.ok()) << solved.status();
    return solved.ok() ? *std::move(solved) : SolvedPlan();
  }
  static std::vector<std::string> ItemsOf(const SolvedPlan& plan) {
    std::vector<std::string> ids;
    for (const planner::Item& item : plan.problem.items) ids.push_back(item.id);
    return ids;
  }
  static const planner::Item& ItemOf(const SolvedPlan& plan, const std::string& tag) {
    for (const planner::Item& item : plan.problem.items) {
      if (item.id == tag) return item;
    }
    ADD_FAILURE() << tag << " is no item";
    return plan.problem.items.front();
  }
};

TEST_F(MakingPlans, ADeviceIsInTheFirstPhaseThatSelectsIt) {
  AddDevices("総務部/総務課", {"A-1"});
  AddDevices("福祉部/福祉課", {"B-1"});
  const SolvedPlan plan = Solved(MakePlan());
  EXPECT_THAT(ItemsOf(plan), ElementsAre("A-1", "B-1"));
  EXPECT_EQ(ItemOf(plan, "A-1").phase, "first");
  EXPECT_EQ(ItemOf(plan, "B-1").phase, "rest");
  EXPECT_EQ(plan.problem.calendar.first_day, Day("2025-05-08"));
}

TEST_F(MakingPlans, ABlockedDeviceIsNoItemAndOneWhoseBlockerHasADateWaitsForIt) {
  domain::Device blocked = Ready("A-1", "総務部/総務課");
  blocked.camera = domain::Camera::kNone;
  AddDevice(blocked);
  domain::Device waiting = blocked;
  waiting.asset_tag = "A-2";
  waiting.labels["camera_due"] = "2025-05-20";
  AddDevice(waiting);
  domain::Device late = blocked;
  late.asset_tag = "A-3";
  late.labels["camera_due"] = "2025-05-01";
  AddDevice(late);
  const SolvedPlan plan = Solved(MakePlan());
  EXPECT_THAT(ItemsOf(plan), ElementsAre("A-2"));
  EXPECT_EQ(ItemOf(plan, "A-2").not_before, Day("2025-05-20"));
  ASSERT_EQ(plan.kept.blocked_size(), 2);
  EXPECT_THAT(plan.kept.blocked(0).codes(), ElementsAre("NO_CAMERA"));
  EXPECT_THAT(plan.kept.blocked(1).codes(), ElementsAre("NO_CAMERA", "DUE_DATE_PASSED"));
}

// 7 May is a Wednesday: three open days later is Monday 12 May.
TEST_F(MakingPlans, ADeviceWhoseBlockersAreExpectedToGoIsPlannedNoEarlierAndConditional) {
  AddToFile("policy: { expect: { enrolment: 3, camera: 5 } }\n");
  domain::Staff nobody;
  nobody.staff_number = "0100002";
  nobody.name = "池袋　花子";
  Store({nobody});
  const auto without_face = [](domain::Device device) {
    device.users[0].staff_number = "0100002";
    return device;
  };
  const auto without_camera = [](domain::Device device) {
    device.camera = domain::Camera::kNone;
    return device;
  };
  AddDevice(Ready("A-1", "総務部/総務課"));
  AddDevice(without_face(Ready("A-2", "総務部/総務課")));
  AddDevice(without_camera(without_face(Ready("A-3", "総務部/総務課"))));
  domain::Device dated = without_camera(Ready("A-4", "総務部/総務課"));
  dated.camera_due_on = Day("2025-05-20");
  AddDevice(dated);
  domain::Device nobodys = without_face(Ready("A-5", "総務部/総務課"));
  nobodys.users.clear();
  AddDevice(nobodys);
  const SolvedPlan plan = Solved(MakePlan());
  EXPECT_THAT(ItemsOf(plan), ElementsAre("A-1", "A-2", "A-3", "A-4"));
  EXPECT_EQ(ItemOf(plan, "A-1").not_before, std::nullopt);
  EXPECT_EQ(ItemOf(plan, "A-2").not_before, Day("2025-05-12"));
  EXPECT_EQ(ItemOf(plan, "A-3").not_before, Day("2025-05-14"));
  EXPECT_EQ(ItemOf(plan, "A-4").not_before, Day("2025-05-20"));
  ASSERT_EQ(plan.kept.blocked_size(), 1);
  EXPECT_EQ(plan.kept.blocked(0).asset_tag(), "A-5");
  ASSERT_EQ(plan.kept.conditional_size(), 3);
  EXPECT_EQ(plan.kept.conditional(0).asset_tag(), "A-2");
  const auto& both = plan.kept.conditional(1).conditions();
  ASSERT_EQ(both.size(), 2);
  EXPECT_EQ(both[0].code(), "NO_CAMERA");
  EXPECT_EQ(both[0].day(), "2025-05-14");
  EXPECT_EQ(both[1].code(), "USER_NOT_ENROLLED");
  EXPECT_EQ(both[1].day(), "2025-05-12");
  EXPECT_FALSE(both[1].recorded());
  EXPECT_EQ(plan.kept.conditional(2).conditions(0).day(), "2025-05-20");
  EXPECT_TRUE(plan.kept.conditional(2).conditions(0).recorded());
}

TEST_F(MakingPlans, APlanSaysWhenItIsDoneWithTheConditionalDevicesAndWithoutThem) {
  AddToFile("policy: { expect: { camera: 5 } }\n");
  AddDevices("総務部/総務課", {"A-1"});
  AddDevices("福祉部/福祉課", {"B-1"});
  domain::Device waits = Ready("A-2", "総務部/総務課");
  waits.camera = domain::Camera::kBroken;
  AddDevice(waits);
  const SolvedPlan plan = Solved(MakePlan());
  ASSERT_EQ(plan.kept.finishes_size(), 2);
  // The soak of one open day lies between the phases.
  EXPECT_EQ(plan.kept.finishes(0).phase(), "first");
  EXPECT_EQ(plan.kept.finishes(0).last_day(), "2025-05-14");
  EXPECT_EQ(plan.kept.finishes(0).last_day_when_ready_only(), "2025-05-08");
  EXPECT_EQ(plan.kept.finishes(1).last_day(), "2025-05-16");
  EXPECT_EQ(plan.kept.finishes(1).last_day_when_ready_only(), "2025-05-12");
}

TEST_F(MakingPlans, ADeviceThatLeftItsWaveUnreadyIsOfferedAgain) {
  AddToFile("policy: { expect: { camera: 2 } }\n");
  domain::Device waits = Ready("A-1", "総務部/総務課");
  waits.camera = domain::Camera::kBroken;
  AddDevice(waits);
  domain::Placement left;
  left.rollout = "small";
  left.asset_tag = "A-1";
  left.phase = "first";
  left.state = domain::PlacementState::kUnplanned;
  Store({left});
  const SolvedPlan plan = Solved(MakePlan());
  EXPECT_EQ(ItemOf(plan, "A-1").not_before, Day("2025-05-09"));
  EXPECT_EQ(ItemOf(plan, "A-1").published, std::nullopt);
  EXPECT_EQ(plan.kept.conditional_size(), 1);
}

TEST_F(MakingPlans, WithoutExpectationsNothingIsConditionalButWhatHasADay) {
  AddDevices("総務部/総務課", {"A-1"});
  domain::Device waits = Ready("A-2", "総務部/総務課");
  waits.camera = domain::Camera::kBroken;
  AddDevice(waits);
  const SolvedPlan plan = Solved(MakePlan());
  EXPECT_EQ(plan.kept.conditional_size(), 0);
  EXPECT_EQ(plan.kept.finishes_size(), 0);
  EXPECT_EQ(plan.kept.blocked_size(), 1);
}

TEST_F(MakingPlans, AnExpectationBeyondTheCalendarLeavesTheDeviceOutAsNotReadyInTime) {
  AddToFile("policy: { expect: { camera: 250 } }\n");
  domain::Device waits = Ready("A-1", "総務部/総務課");
  waits.camera = domain::Camera::kBroken;
  AddDevice(waits);
  const SolvedPlan plan = Solved(MakePlan());
  ASSERT_EQ(plan.kept.solution().left_size(), 1);
  EXPECT_EQ(plan.kept.solution().left(0).reasons(0).code(), "NOT_READY_IN_TIME");
  EXPECT_EQ(plan.kept.finishes(0).last_day(), "");
  EXPECT_EQ(plan.kept.finishes(0).last_day_when_ready_only(), "");
}

TEST_F(MakingPlans, ADeviceWhoseLeaseEndsBeforeItCouldBeSwitchedIsLeftOutAndListed) {
  const auto add = [this](const char* tag, const char* lease, const char* camera_due = "") {
    domain::Device device = Ready(tag, "総務部/総務課");
    if (*lease != '\0') device.lease_ends_on = Day(lease);
    if (*camera_due != '\0') {
      device.camera = domain::Camera::kNone;
      device.labels["camera_due"] = camera_due;
    }
    AddDevice(device);
  };
  // The plan is made on 7 May; 8 May is the first day that it may use.
  add("A-1", "2025-05-07");
  add("A-2", "2025-05-08");
  add("A-3", "");
  add("A-4", "2025-05-19", "2025-05-20");
  add("A-5", "2025-05-20", "2025-05-20");
  const SolvedPlan plan = Solved(MakePlan());
  EXPECT_THAT(ItemsOf(plan), ElementsAre("A-2", "A-3", "A-5"));
  ASSERT_EQ(plan.kept.blocked_size(), 2);
  EXPECT_EQ(plan.kept.blocked(0).asset_tag(), "A-1");
  EXPECT_THAT(plan.kept.blocked(0).codes(), ElementsAre("LEASE_ENDS"));
  EXPECT_EQ(plan.kept.blocked(1).asset_tag(), "A-4");
}

TEST_F(MakingPlans, ADoneDeviceIsNoItemAndCountsInItsDepartmentsShare) {
  AddDevices("総務部/総務課", {"A-1", "A-2"});
  domain::Placement done;
  done.rollout = "small";
  done.asset_tag = "A-1";
  done.phase = "first";
  done.state = domain::PlacementState::kMigrated;
  Store({done});
  const SolvedPlan plan = Solved(MakePlan());
  EXPECT_THAT(ItemsOf(plan), ElementsAre("A-2"));
  EXPECT_THAT(plan.kept.done(), ElementsAre("A-1"));
  ASSERT_EQ(plan.problem.pools.size(), 1U);
  EXPECT_EQ(plan.problem.pools[0].id, "総務部/総務課");
  EXPECT_EQ(plan.problem.pools[0].size, 2);
}

TEST_F(MakingPlans, ADeviceOfABegunWaveStaysFixedAndAnotherOneIsPublished) {
  AddDevices("総務部/総務課", {"A-1", "A-2", "A-3"});
  MakePlan();
  ASSERT_TRUE(Submit(1).ok());
  ASSERT_TRUE(Approve(1).ok());
  domain::Wave wave = Waves().front();
  wave.state = domain::WaveState::kInProgress;
  Store({wave});
  now_ = At("2025-05-08T12:00:00+09:00");
  const SolvedPlan plan = Solved(MakePlan());
  std::set<std::string> fixed;
  std::set<std::string> published;
  for (const planner::Item& item : plan.problem.items) {
    if (item.fixed.has_value()) fixed.insert(item.id);
    if (item.published.has_value()) published.insert(item.id);
  }
  EXPECT_EQ(fixed.size(), 2U);
  EXPECT_EQ(published.size(), 1U);
  EXPECT_EQ(plan.kept.replaces(), 1);
}

TEST_F(MakingPlans, APlanWarnsOfYearsWhoseHolidaysWereNotImported) {
  AddDevices("総務部/総務課", {"A-1"});
  EXPECT_THAT(WarningsOf(MakePlan()), UnorderedElementsAre("HOLIDAYS_NOT_IMPORTED"));
  domain::CalendarDay holiday;
  holiday.day = Day("2025-07-21");
  holiday.holiday = "海の日";
  Store({holiday});
  EXPECT_THAT(WarningsOf(MakePlan()), IsEmpty());
}

TEST_F(MakingPlans, APoolOfTheFileWithoutDevicesIsWarnedOf) {
  AddDevices("総務部/総務課", {"A-1"});
  domain::Rollout rollout = **Read()->FindRollout("small");
  rollout.source += "pools: [ { id: どこにもない課, daily_limit: 1 } ]\n";
  Store({rollout});
  EXPECT_THAT(WarningsOf(MakePlan()), Contains("POOL_WITHOUT_DEVICES"));
}

TEST_F(MakingPlans, AFirstDayThatHasPassedIsRefusedAndTodayIsNot) {
  AddDevices("総務部/総務課", {"A-1"});
  const auto passed = SolveRollout(*store_, ward_, {"small", Day("2025-05-06")});
  ASSERT_FALSE(passed.ok());
  EXPECT_EQ(ReasonOf(passed.status()), "INVALID_REQUEST");
  EXPECT_TRUE(SolveRollout(*store_, ward_, {"small", Day("2025-05-07")}).ok());
  EXPECT_EQ(SolveRollout(*store_, ward_, {"other"}).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(MakingPlans, AConfidenceThatIsNoneIsRefused) {
  AddDevices("総務部/総務課", {"A-1"});
  for (const int percent : {-1, 100, 101}) {
    EXPECT_EQ(ReasonOf(SolveRollout(*store_, ward_, {"small", std::nullopt, percent}).status()),
              "INVALID_REQUEST");
  }
}

TEST_F(MakingPlans, OneWithAConfidenceKeepsItsReserveAndItsPromise) {
  AddDevices("総務部/総務課", {"A-1", "A-2", "A-3"});
  AddDevices("福祉部/福祉課", {"B-1"});
  EXPECT_FALSE(Solved(MakePlan()).kept.has_promise());
  const auto plan = SolveRollout(*store_, ward_, {"small", std::nullopt, 90});
  ASSERT_TRUE(plan.ok()) << plan.status();
  const SolvedPlan solved = Solved(*plan);
  const auto& promise = solved.kept.promise();
  EXPECT_EQ(promise.confidence_percent(), 90);
  EXPECT_GE(promise.held_share(), 0.9);
  EXPECT_GT(promise.finish(), promise.tight_finish());
  EXPECT_EQ(promise.phases_size(), 2);
  EXPECT_EQ(solved.problem.policy.reserve.days, promise.reserve().days());
  EXPECT_EQ(solved.problem.policy.reserve.share, promise.reserve().share());
  EXPECT_GT(solved.problem.policy.reserve.days, 0);
}

TEST_F(MakingPlans, WithoutAWorkingDayLeftThereIsNoPlan) {
  AddDevices("総務部/総務課", {"A-1"});
  const auto none = SolveRollout(*store_, ward_, {"small", Day("2025-07-01")});
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(MakingPlans, EachPlanHasTheNextNumberAndItsMaker) {
  AddDevices("総務部/総務課", {"A-1"});
  EXPECT_EQ(MakePlan().number, 1);
  const domain::Plan second = MakePlan();
  EXPECT_EQ(second.number, 2);
  EXPECT_EQ(second.creator, "山田");
  EXPECT_EQ(second.create_time, now_);
  EXPECT_EQ(second.planned_count, 1);
}

}  // namespace
}  // namespace kirikae::app

// Devices that are planned though they are not ready yet: the plan, the list of needs, and the day
// by which they have to be ready.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "kirikae/v1/inventory_service.pb.h"
#include "kirikae/v1/planning_service.pb.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kRollout[] =
    "phases: [ { id: first, select: 'asset_tag != \"A-02\"' }, { id: rest, select: \"\" } ]\n"
    "teams: [ { id: a, devices_per_slot: 4 } ]\n"
    "policy: { expect: { enrolment: 3, camera: 5 } }\n";

/// A-01 is ready; A-02, the last phase's, has no camera; the user of A-03 and B-01 is not
/// registered. It is Tuesday 1 April 2025: three open days later is Friday the 4th, five is Tuesday
/// the 8th.
class ReadinessOfDevices : public ::testing::Test {
 protected:
  void SetUp() override {
    ImportDevices(daemon_, {{"A", 3, "総務部/総務課"}, {"B", 1, "区民部/税務課"}});
    const TemporaryFolder folder;
    WriteFile(folder / "staff.csv", "職員番号,氏名\n0200002,池袋　花子\n");
    Succeed(daemon_, {"import", "staff", folder / "staff.csv", "--apply", "--yes"});
    Set("A-02", "camera=NONE");
    Set("A-03", "users=0200002");
    Set("B-01", "users=0200002");
  }
  void TearDown() override { ExpectSound(daemon_); }

  void Set(const std::string& tag, const std::string& field) {
    Succeed(daemon_, {"device", "update", tag, "--set", field});
  }
  void Register(const std::string& day) {
    Succeed(daemon_, {"staff", "update", "0200002", "--set", "enrolment=ENROLLED", "--set",
                      "enrolled_on=" + day});
  }
  v1::ListReadinessResponse Needs(const std::vector<std::string>& flags = {}) {
    std::vector<std::string> args = {"readiness", "list"};
    args.insert(args.end(), flags.begin(), flags.end());
    return Answer<v1::ListReadinessResponse>(daemon_, args);
  }

  Daemon daemon_;
};

TEST_F(ReadinessOfDevices, APlanMarksThemAndSaysWhenItIsDoneWithAndWithoutThem) {
  ApplyRollout(daemon_, kRollout);
  Succeed(daemon_, {"plan", "create", "small"});
  const std::map<std::string, std::string> days = {{"A-01", "2025-04-04"},
                                                   {"A-02", "2025-04-08"},
                                                   {"A-03", "2025-04-04"},
                                                   {"B-01", "2025-04-04"}};
  EXPECT_EQ(PlanDays(daemon_, 1), days);
  const auto plan = Answer<v1::Plan>(daemon_, {"plan", "show", "1"});
  EXPECT_EQ(plan.blocked_count(), 0);
  ASSERT_EQ(plan.conditional_size(), 3);
  EXPECT_EQ(plan.conditional(0).asset_tag(), "A-02");
  EXPECT_EQ(plan.conditional(0).conditions(0).code(), "NO_CAMERA");
  EXPECT_EQ(plan.conditional(0).conditions(0).day(), "2025-04-08");
  ASSERT_EQ(plan.finishes_size(), 2);
  EXPECT_EQ(plan.finishes(0).last_day(), "2025-04-04");
  EXPECT_EQ(plan.finishes(0).last_day_when_ready_only(), "2025-04-02");
  EXPECT_EQ(plan.finishes(1).last_day(), "2025-04-08");
  EXPECT_EQ(plan.finishes(1).last_day_when_ready_only(), "") << "none of it is ready";
  EXPECT_THAT(
      LinesOf(Succeed(daemon_, {"plan", "show", "1", "-o", "csv"}).out),
      ElementsAre("item,day,slot,team,waits_for", "A-01,2025-04-04,day,a,",
                  "A-02,2025-04-08,day,a,NO_CAMERA", "A-03,2025-04-04,day,a,USER_NOT_ENROLLED",
                  "B-01,2025-04-04,day,a,USER_NOT_ENROLLED"));
  EXPECT_THAT(
      LinesOf(Succeed(daemon_, {"plan", "conditional", "1", "-o", "csv"}).out),
      ElementsAre("asset_tag,planned_day,waits_for", "A-02,2025-04-08,NO_CAMERA",
                  "A-03,2025-04-04,USER_NOT_ENROLLED", "B-01,2025-04-04,USER_NOT_ENROLLED"));
  const auto why =
      Answer<v1::PlacementExplanation>(daemon_, {"plan", "explain", "A-02", "--plan", "1"});
  ASSERT_EQ(why.conditions_size(), 1);
  EXPECT_EQ(why.conditions(0).code(), "NO_CAMERA");
}

TEST_F(ReadinessOfDevices, TheFileThatIsShownSaysWhatIsExpected) {
  ApplyRollout(daemon_, kRollout);
  const auto rollout = Answer<v1::Rollout>(daemon_, {"rollout", "show", "small"});
  EXPECT_THAT(rollout.source(), HasSubstr("expect: { enrolment: 3, camera: 5 }"));
}

TEST_F(ReadinessOfDevices, WithoutExpectationsTheyAreBlockedAsBefore) {
  ApplyRollout(daemon_,
               "phases: [ { id: all, select: \"\" } ]\n"
               "teams: [ { id: a, devices_per_slot: 4 } ]\n");
  Succeed(daemon_, {"plan", "create", "small"});
  const auto plan = Answer<v1::Plan>(daemon_, {"plan", "show", "1"});
  EXPECT_EQ(plan.blocked_count(), 3);
  EXPECT_EQ(plan.conditional_size(), 0);
  EXPECT_EQ(plan.finishes_size(), 0);
}

TEST_F(ReadinessOfDevices, TheListSaysByDepartmentWhoAndWhatByWhichDay) {
  ApplyRollout(daemon_, kRollout);
  ApprovePlan(daemon_, 1);
  const std::string columns = "department,ready_by,asset_tag,need,staff_number,planned_day,late";
  EXPECT_THAT(
      LinesOf(Succeed(daemon_, {"readiness", "list", "-o", "csv", "--columns", columns}).out),
      ElementsAre(columns, "区民部/税務課,2025-04-02,B-01,USER_NOT_ENROLLED,0200002,2025-04-04,",
                  "総務部/総務課,2025-04-02,A-03,USER_NOT_ENROLLED,0200002,2025-04-04,",
                  "総務部/総務課,2025-04-04,A-02,NO_CAMERA,,2025-04-08,"));
  EXPECT_EQ(Needs().needs(0).staff_name(), "池袋　花子");
  EXPECT_EQ(Needs({"--department", "区民部"}).needs_size(), 1);
  EXPECT_EQ(Needs({"--department", "総務部"}).needs_size(), 2);
  EXPECT_EQ(Needs().ready_before(), 2);
  EXPECT_EQ(Succeed(daemon_, {"readiness", "list", "--department", "総務部", "-o", "name"}).out,
            "devices/A-03\ndevices/A-02\n");
  Register("2025-04-01");
  EXPECT_EQ(Needs().needs_size(), 1) << "one registration makes two devices ready";
  EXPECT_THAT(Try(daemon_, {"readiness", "list", "none"}), Fails(3, "ROLLOUT_NOT_FOUND"));
}

TEST_F(ReadinessOfDevices, WhoIsNotReadyInTimeLeavesTheWaveAndIsPlannedAgain) {
  ApplyRollout(daemon_, kRollout);
  ApprovePlan(daemon_, 1);
  MoveClock(daemon_, "2025-04-02T17:00:00+09:00");
  EXPECT_EQ(Needs().needs_size(), 3);
  MoveClock(daemon_, "2025-04-03T09:00:00+09:00");
  std::vector<std::string> planned;
  const auto needs = Needs();
  for (const v1::ReadinessNeed& need : needs.needs()) {
    planned.push_back(need.asset_tag() + " " + need.planned_day());
  }
  EXPECT_THAT(planned, ElementsAre("B-01 ", "A-02 2025-04-08", "A-03 "));
  ASSERT_EQ(needs.freed_size(), 1);
  EXPECT_EQ(needs.freed(0).day(), "2025-04-04");
  EXPECT_EQ(needs.freed(0).devices(), 2);
  EXPECT_THAT(needs.freed(0).candidates(), IsEmpty()) << "A-02 is of another phase";
  const std::string changes = Succeed(daemon_, {"change", "list", "-o", "csv"}).out;
  EXPECT_THAT(changes, HasSubstr("DROP_UNREADY"));
  EXPECT_THAT(changes, HasSubstr("USER_NOT_ENROLLED"));
  const auto progress = Answer<v1::Progress>(daemon_, {"rollout", "progress"});
  EXPECT_EQ(progress.total().failed(), 0);
  EXPECT_EQ(progress.total().unplanned(), 2);
  Succeed(daemon_, {"plan", "create", "small"});
  // Three open days after Thursday 3 April is Tuesday the 8th.
  EXPECT_EQ(PlanDays(daemon_, 2).at("A-03"), "2025-04-08");
  EXPECT_EQ(Answer<v1::Plan>(daemon_, {"plan", "show", "2"}).conditional_size(), 3);
}

TEST_F(ReadinessOfDevices, AnAppointmentAndADeliveryAreTheDaysThatThePlanGoesBy) {
  Succeed(daemon_, {"staff", "update", "0200002", "--set", "enrolled_on=2025-04-10"});
  const TemporaryFolder folder;
  WriteFile(folder / "cameras.csv", "資産管理番号,カメラ納品日\nA-02,令和7年4月15日\n");
  Succeed(daemon_, {"import", "devices", folder / "cameras.csv", "--apply", "--yes"});
  ApplyRollout(daemon_, kRollout);
  ApprovePlan(daemon_, 1);
  const auto days = PlanDays(daemon_, 1);
  EXPECT_EQ(days.at("A-02"), "2025-04-15");
  EXPECT_EQ(days.at("A-03"), "2025-04-10");
  const auto plan = Answer<v1::Plan>(daemon_, {"plan", "show", "1"});
  EXPECT_TRUE(plan.conditional(0).conditions(0).recorded());
  const auto needs = Needs({"--department", "総務部"});
  ASSERT_EQ(needs.needs_size(), 2);
  EXPECT_EQ(needs.needs(0).due_on(), "2025-04-10");
  EXPECT_EQ(needs.needs(0).ready_by(), "2025-04-08");
  EXPECT_FALSE(needs.needs(0).late());
  // The appointment registers nobody, and until its day is over it keeps the device's place.
  MoveClock(daemon_, "2025-04-10T17:00:00+09:00");
  const auto later = Needs({"--department", "総務部"});
  EXPECT_EQ(later.needs(0).planned_day(), "2025-04-10");
  EXPECT_TRUE(later.needs(0).late());
}

TEST_F(ReadinessOfDevices, AFileOfExpectationsThatCannotBeIsRefusedWithThePlace) {
  const TemporaryFolder folder;
  WriteFile(folder / "rollout.yaml",
            "rollout: small\nfrom: IC_CARD_AND_PASSWORD\nto: FACE_AND_PASSWORD\n"
            "phases: [ { id: all } ]\nteams: [ { id: a, devices_per_slot: 4 } ]\n"
            "policy: { expect: { enrolment: -1, consent: 3, os: 999 } }\n");
  EXPECT_THAT(Try(daemon_, {"rollout", "apply", "-f", folder / "rollout.yaml"}),
              InvalidAt({"policy.expect.enrolment", "policy.expect.os", "policy.expect.consent"}));
}

TEST_F(ReadinessOfDevices, ACamerasDayComesInAndIsFoundShownKeptAndGivenOut) {
  Set("A-02", "camera_due_on=2025-06-02");
  EXPECT_THAT(Succeed(daemon_, {"lookup", "A-02", "--lang", "en"}).out,
              HasSubstr("The device has no camera; attach one. → 2025-06-02"));
  EXPECT_EQ(Succeed(daemon_, {"device", "list", "--filter", "camera_due_on >= 2025-06-01",
                              "--order-by", "camera_due_on", "-o", "name"})
                .out,
            "devices/A-02\n");
  EXPECT_THAT(Succeed(daemon_, {"device", "show", "A-02", "--lang", "en"}).out,
              HasSubstr("camera due"));
  EXPECT_THAT(Succeed(daemon_, {"device", "show", "A-02", "--lang", "ja"}).out,
              HasSubstr("カメラ納品日"));
  EXPECT_THAT(Succeed(daemon_, {"device", "history", "A-02", "-o", "json"}).out,
              HasSubstr("\"camera_due_on\""));
  const TemporaryFolder folder;
  Succeed(daemon_, {"export", "devices", "-f", "csv", "--to", folder / "out.csv"});
  EXPECT_THAT(ReadFile(folder / "out.csv"), HasSubstr("カメラ納品日"));
}

}  // namespace
}  // namespace kirikae::testing

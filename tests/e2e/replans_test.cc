// Plans made while a rollout runs: begun waves stay, failed devices are planned again, shares and
// soaks count what has happened.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
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

using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

constexpr char kOnePhase[] =
    "phases: [ { id: all, select: \"\" } ]\n"
    "teams: [ { id: a, devices_per_slot: 4 } ]\n";

class Replans : public ::testing::Test {
 protected:
  void TearDown() override { ExpectSound(daemon_); }

  static std::map<std::string, int> PerDay(const std::map<std::string, std::string>& days) {
    std::map<std::string, int> count;
    for (const auto& [tag, day] : days) ++count[day];
    return count;
  }
  static int LinesWith(const std::string& text, const std::string& part) {
    int count = 0;
    for (const std::string& line : LinesOf(text)) {
      count += line.find(part) == std::string::npos ? 0 : 1;
    }
    return count;
  }
  static std::vector<std::string> TagsOn(const std::map<std::string, std::string>& days,
                                         const std::string& day) {
    std::vector<std::string> tags;
    for (const auto& [tag, on] : days) {
      if (on == day) tags.push_back(tag);
    }
    return tags;
  }
  void Mark(const std::string& outcome, std::vector<std::string> tags,
            const std::vector<std::string>& flags = {}) {
    std::vector<std::string> args = {"mark", outcome, "--yes"};
    args.insert(args.end(), tags.begin(), tags.end());
    args.insert(args.end(), flags.begin(), flags.end());
    Succeed(daemon_, args);
  }
  static std::vector<std::string> WarningCodes(const v1::Plan& plan) {
    std::vector<std::string> codes;
    for (const v1::PlanReason& warning : plan.warnings()) codes.push_back(warning.code());
    return codes;
  }
  v1::Wave Wave(const std::string& number) {
    return Answer<v1::Wave>(daemon_, {"wave", "show", number});
  }
  void Set(const std::string& tag, const std::string& field) {
    Succeed(daemon_, {"device", "update", tag, "--set", field});
  }

  Daemon daemon_;
};

TEST_F(Replans, ADepartmentsShareIsOfAllItsDevicesThoughMostAreSwitched) {
  ImportDevices(daemon_, {{"A", 10, "総務部/総務課"}});
  ApplyRollout(daemon_,
               "phases: [ { id: all, select: \"\" } ]\n"
               "teams: [ { id: a, devices_per_slot: 10 } ]\n"
               "policy: { department_daily_share: 34% }\n");
  ApprovePlan(daemon_, 1);
  const auto first = PlanDays(daemon_, 1);
  for (const auto& [day, count] : PerDay(first)) EXPECT_LE(count, 3) << day;
  MoveClock(daemon_, "2025-04-03T17:00:00+09:00");
  Mark("migrated", TagsOn(first, "2025-04-02"));
  Mark("migrated", TagsOn(first, "2025-04-03"));
  Succeed(daemon_, {"plan", "create", "small"});
  const auto second = PlanDays(daemon_, 2);
  // A third of the five devices left would be one a day; a third of all ten is three.
  ASSERT_EQ(second.size(), 5U);
  EXPECT_EQ(PerDay(second).at("2025-04-04"), 3);
  EXPECT_EQ(PerDay(second).at("2025-04-07"), 2);
}

TEST_F(Replans, TheHelpDeskStillHasTheTicketsOfWhatWasSwitched) {
  ImportDevices(daemon_, {{"A", 6, "総務部/総務課"}});
  ApplyRollout(daemon_,
               "phases: [ { id: all, select: \"\" } ]\n"
               "teams: [ { id: a, devices_per_slot: 10 } ]\n"
               "policy: { help_desk: { tickets_per_device: [0.5, 0.5], daily_limit: 1.5 } }\n");
  ApprovePlan(daemon_, 1);
  const auto first = PlanDays(daemon_, 1);
  const std::map<std::string, int> every_other_day = {{"2025-04-02", 3}, {"2025-04-04", 3}};
  ASSERT_EQ(PerDay(first), every_other_day);
  MoveClock(daemon_, "2025-04-02T17:00:00+09:00");
  Mark("migrated", TagsOn(first, "2025-04-02"));
  Succeed(daemon_, {"plan", "create", "small"});
  // The three devices switched on Wednesday bring as many tickets as Thursday can take.
  const std::map<std::string, int> on_friday = {{"2025-04-04", 3}};
  EXPECT_EQ(PerDay(PlanDays(daemon_, 2)), on_friday);
}

TEST_F(Replans, ASoakCountsFromWhatHappenedThoughThePhaseHasNothingLeft) {
  ImportDevices(daemon_, {{"A", 4, "総務部/総務課"}, {"B", 4, "区民部/税務課"}});
  ApplyRollout(daemon_,
               "phases:\n"
               "  - { id: first, select: 'department : \"総務部\"', soak_days: 3 }\n"
               "  - { id: second, select: \"\" }\n"
               "teams: [ { id: a, devices_per_slot: 4 } ]\n");
  ApprovePlan(daemon_, 1);
  EXPECT_EQ(PlanDays(daemon_, 1)["B-01"], "2025-04-08");
  MoveClock(daemon_, "2025-04-02T17:00:00+09:00");
  Mark("migrated", {"A-01", "A-02", "A-03", "A-04"});
  ApprovePlan(daemon_, 2);
  // Three working days after Wednesday the 2nd are Thursday, Friday and Monday.
  for (const auto& [tag, day] : PlanDays(daemon_, 2)) EXPECT_EQ(day, "2025-04-08") << tag;
  EXPECT_EQ(daemon_.Run({"plan", "compare", "small/1", "small/2"}).exit_code, 0);
}

TEST_F(Replans, WavesBegunTodayStayUseCapacityAndAreFixedTheRestIsPublished) {
  ImportDevices(daemon_, {{"A", 12, "総務部/総務課"}});
  ApplyRollout(daemon_, kOnePhase);
  ApprovePlan(daemon_, 1);
  const auto before = PlanDays(daemon_, 1);
  MoveClock(daemon_, "2025-04-02T10:00:00+09:00");
  const std::vector<std::string> today = TagsOn(before, "2025-04-02");
  ASSERT_EQ(today.size(), 4U);
  Mark("migrated", {today[0]});
  // Today may be used, but its four places are taken: three devices to do, one done.
  Succeed(daemon_, {"plan", "create", "small", "--first-day", "2025-04-02"});
  const auto after = PlanDays(daemon_, 2);
  EXPECT_EQ(TagsOn(after, "2025-04-02"), std::vector<std::string>({today[1], today[2], today[3]}));
  for (const auto& [tag, day] : after) EXPECT_EQ(day, before.at(tag)) << tag;
  EXPECT_EQ(daemon_.Run({"plan", "compare", "small/1", "small/2"}).exit_code, 0);
  Succeed(daemon_, {"plan", "submit", "small/2"});
  Succeed(daemon_, {"plan", "approve", "small/2", "--yes"});
  EXPECT_EQ(Wave("1").state(), v1::WAVE_STATE_IN_PROGRESS);
  EXPECT_EQ(LinesOf(Succeed(daemon_, {"due", "-o", "name"}).out).size(), 3U);
}

TEST_F(Replans, APlanApprovedADayLateLeavesTheWaveThatHadBegun) {
  ImportDevices(daemon_, {{"A", 12, "総務部/総務課"}});
  ApplyRollout(daemon_, kOnePhase);
  ApprovePlan(daemon_, 1);
  MoveClock(daemon_, "2025-04-02T10:00:00+09:00");
  Succeed(daemon_, {"plan", "create", "small"});
  Succeed(daemon_, {"plan", "submit", "small/2"});
  MoveClock(daemon_, "2025-04-03T08:00:00+09:00");
  Succeed(daemon_, {"plan", "approve", "small/2", "--yes"});
  EXPECT_EQ(Wave("1").open(), 4);
}

TEST_F(Replans, FailedAndRolledBackDevicesAreMadeUpForAndLateJoinersComeIn) {
  ImportDevices(daemon_, {{"A", 8, "総務部/総務課"}});
  ApplyRollout(daemon_, kOnePhase);
  ApprovePlan(daemon_, 1);
  const auto before = PlanDays(daemon_, 1);
  MoveClock(daemon_, "2025-04-02T17:00:00+09:00");
  const std::vector<std::string> today = TagsOn(before, "2025-04-02");
  ASSERT_EQ(today.size(), 4U);
  Mark("migrated", {today[0], today[2], today[3]});
  Mark("failed", {today[1]}, {"--cause", "CAMERA_FAULT"});
  Mark("rolled-back", {today[2]}, {"--reason", "ログオンできない"});
  ApprovePlan(daemon_, 2);
  const auto after = PlanDays(daemon_, 2);
  EXPECT_EQ(TagsOn(after, "2025-04-04"), std::vector<std::string>({today[1], today[2]}));
  EXPECT_EQ(TagsOn(after, "2025-04-03"), TagsOn(before, "2025-04-03"));
  EXPECT_EQ(after.size(), 6U);
  // The comparison lists the moves; done devices are no difference.
  const auto compared =
      Answer<v1::PlanDifference>(daemon_, {"plan", "compare", "small/1", "small/2"}, 1);
  EXPECT_EQ(compared.total().later(), 2);
  EXPECT_EQ(compared.total().dropped(), 0);
  // A wave with only failed devices is a make-up wave.
  int make_ups = 0;
  for (const std::string& wave : LinesOf(Succeed(daemon_, {"wave", "list", "-o", "jsonl"}).out)) {
    const bool make_up = wave.find("\"makeUp\":true") != std::string::npos;
    EXPECT_EQ(make_up, wave.find("2025-04-04") != std::string::npos) << wave;
    make_ups += make_up ? 1 : 0;
  }
  EXPECT_EQ(make_ups, 1);
  ImportDevices(daemon_, {{"L", 1, "総務部/総務課"}});
  Succeed(daemon_, {"plan", "create", "small"});
  EXPECT_EQ(PlanDays(daemon_, 3).count("L-01"), 1U);
}

TEST_F(Replans, ADeferredDeviceWaitsForItsDayAndOverdueOnesAreOffered) {
  ImportDevices(daemon_, {{"A", 4, "総務部/総務課"}});
  ApplyRollout(daemon_, kOnePhase);
  ApprovePlan(daemon_, 1);
  MoveClock(daemon_, "2025-04-03T08:00:00+09:00");
  Mark("deferred", {"A-04"}, {"--until", "2025-04-14"});
  Succeed(daemon_, {"plan", "create", "small"});
  const auto after = PlanDays(daemon_, 2);
  EXPECT_EQ(after.at("A-04"), "2025-04-14");
  EXPECT_GT(after.at("A-01"), "2025-04-03");
  EXPECT_EQ(after.size(), 4U);
}

TEST_F(Replans, ADeviceOfAPassedPhaseIsMadeUpForInThePhaseThatRuns) {
  ImportDevices(daemon_, {{"A", 4, "総務部/総務課"}, {"B", 8, "区民部/税務課"}});
  ApplyRollout(daemon_,
               "phases:\n"
               "  - { id: first, select: 'department : \"総務部\"', soak_days: 3 }\n"
               "  - { id: second, select: \"\" }\n"
               "teams: [ { id: a, devices_per_slot: 4 } ]\n");
  ApprovePlan(daemon_, 1);
  MoveClock(daemon_, "2025-04-08T17:00:00+09:00");
  Mark("migrated", {"A-01", "A-02", "A-03"}, {"--when", "2025-04-02T10:00:00+09:00"});
  const auto before = PlanDays(daemon_, 1);
  Mark("migrated", TagsOn(before, "2025-04-08"));
  Succeed(daemon_, {"plan", "create", "small"});
  const auto after = PlanDays(daemon_, 2);
  // The late device of the first phase does not delay the second phase.
  EXPECT_EQ(after.at("A-04"), "2025-04-10");
  for (const std::string& tag : TagsOn(before, "2025-04-09")) {
    EXPECT_EQ(after.at(tag), "2025-04-09");
  }
}

TEST_F(Replans, ABlockerWithADateIsWaitedForAndOneWithoutIsListed) {
  ImportDevices(daemon_, {{"A", 6, "総務部/総務課"}});
  for (const char* tag : {"A-01", "A-02", "A-03", "A-04"}) Set(tag, "camera=none");
  Set("A-02", "labels.camera_due=2025-04-21");
  Set("A-03", "labels.camera_due=来月");
  Set("A-04", "labels.camera_due=2025-03-01");
  Set("A-05", "os=Windows 10 Pro");
  Set("A-06", "os=Windows 10 Pro");
  Set("A-06", "labels.os_due=2025-04-28");
  ApplyRollout(daemon_, std::string(kOnePhase) + "policy: { minimum_os: Windows 11 }\n");
  Succeed(daemon_, {"plan", "create", "small"});
  const auto days = PlanDays(daemon_, 1);
  EXPECT_EQ(days.size(), 2U);
  EXPECT_GE(days.at("A-02"), "2025-04-21");
  EXPECT_EQ(days.at("A-06"), "2025-04-28");
  const auto plan = Answer<v1::Plan>(daemon_, {"plan", "show", "small/1"});
  EXPECT_EQ(plan.blocked_count(), 4);
  std::map<std::string, std::vector<std::string>> blocked;
  for (const v1::BlockedDevice& device : plan.blocked()) {
    blocked[device.asset_tag()] = {device.codes().begin(), device.codes().end()};
  }
  EXPECT_THAT(blocked["A-01"], ElementsAre("NO_CAMERA"));
  EXPECT_THAT(blocked["A-03"], UnorderedElementsAre("NO_CAMERA", "DUE_DATE_UNREADABLE"));
  EXPECT_THAT(blocked["A-04"], UnorderedElementsAre("NO_CAMERA", "DUE_DATE_PASSED"));
  EXPECT_THAT(blocked["A-05"], ElementsAre("OS_TOO_OLD"));
  EXPECT_THAT(Answer<v1::PlacementExplanation>(daemon_, {"plan", "explain", "A-03"}).blockers(),
              ::testing::Contains("NO_CAMERA"));
  std::vector<std::string> on_card;
  const auto found = Answer<v1::LookupDevicesResponse>(daemon_, {"lookup", "A-03"});
  for (const v1::Blocker& blocker : found.matches(0).card().blockers()) {
    on_card.push_back(blocker.code());
  }
  EXPECT_THAT(on_card, ::testing::Contains("DUE_DATE_UNREADABLE"));
}

TEST_F(Replans, ABegunWaveThatFitsTheRulesNoMoreStaysAndThePlanSaysSo) {
  ImportDevices(daemon_, {{"A", 8, "総務部/総務課"}});
  ApplyRollout(daemon_, kOnePhase);
  ApprovePlan(daemon_, 1);
  MoveClock(daemon_, "2025-04-02T10:00:00+09:00");
  ApplyRollout(daemon_,
               "phases: [ { id: all, select: \"\" } ]\n"
               "teams: [ { id: b, devices_per_slot: 4 } ]\n");
  EXPECT_THAT(WarningCodes(Answer<v1::Plan>(daemon_, {"plan", "create", "small"})),
              ::testing::Contains("BEGUN_DOES_NOT_FIT"));
  Succeed(daemon_, {"plan", "submit", "small/2"});
  Succeed(daemon_, {"plan", "approve", "small/2", "--yes"});
  EXPECT_EQ(LinesOf(Succeed(daemon_, {"due", "-o", "name"}).out).size(), 4U);
}

TEST_F(Replans, SlipsFailuresAndLateJoinersDisturbNobodyElse) {
  ImportDevices(daemon_, {{"A", 20, "総務部/総務課"}, {"B", 20, "区民部/税務課"}});
  ApplyRollout(daemon_,
               "phases: [ { id: all, select: \"\" } ]\n"
               "policy: { department_daily_share: 20% }\n"
               "teams: [ { id: a, devices_per_slot: 10 } ]\n");
  ApprovePlan(daemon_, 1);
  const auto before = PlanDays(daemon_, 1);
  MoveClock(daemon_, "2025-04-03T10:00:00+09:00");
  const std::vector<std::string> yesterday = TagsOn(before, "2025-04-02");
  ASSERT_EQ(yesterday.size(), 8U);
  // Two devices slipped, one failed, one is new; the wave of 3 April has begun.
  Mark("migrated", {yesterday.begin() + 3, yesterday.end()});
  Mark("failed", {yesterday[2]}, {"--cause", "USER_ABSENT"});
  ImportDevices(daemon_, {{"N", 1, "会計室"}});
  Succeed(daemon_, {"plan", "create", "small"});
  const auto after = PlanDays(daemon_, 2);
  EXPECT_EQ(after.size(), 36U);  // 41 less 5 done
  EXPECT_EQ(TagsOn(after, "2025-04-03"), TagsOn(before, "2025-04-03"));
  for (const auto& [tag, day] : before) {
    if (day >= "2025-04-03") {
      EXPECT_EQ(after.at(tag), day) << tag;
    }
  }
  const auto difference =
      Answer<v1::PlanDifference>(daemon_, {"plan", "compare", "small/1", "small/2"}, 1);
  EXPECT_EQ(difference.total().earlier(), 0);
  EXPECT_EQ(difference.total().later(), 3);
  EXPECT_EQ(difference.total().added(), 1);
}

TEST_F(Replans, APlanWithAConfidenceCountsOnWhatWasSeen) {
  ImportDevices(daemon_, {{"A", 40, "総務部/総務課"}});
  ApplyRollout(daemon_, kOnePhase);
  ApprovePlan(daemon_, 1);
  const auto days = PlanDays(daemon_, 1);
  MoveClock(daemon_, "2025-04-03T17:00:00+09:00");
  const std::vector<std::string> first = TagsOn(days, "2025-04-02");
  const std::vector<std::string> second = TagsOn(days, "2025-04-03");
  Mark("failed", {first[0], second[0]}, {"--cause", "SOFTWARE_FAULT"});
  Mark("failed", {first[1]}, {"--cause", "USER_ABSENT"});
  Mark("migrated", {first[2], first[3], second[1], second[2], second[3]});
  const auto plan = Answer<v1::Plan>(daemon_, {"plan", "create", "--confidence", "80%"});
  const v1::PlanPromise& promise = plan.promise();
  ASSERT_EQ(promise.phases_size(), 1);
  EXPECT_EQ(promise.phases(0).attempted(), 8);
  // Two of eight, with a prior of 4 % that weighs 20 attempts; one of eight, with one of 3 %.
  EXPECT_NEAR(promise.phases(0).failed_rate(), 2.8 / 28, 1e-9);
  EXPECT_NEAR(promise.phases(0).absent_rate(), 1.6 / 28, 1e-9);
  EXPECT_GE(promise.held_share(), 0.8);
  // 35 devices at four a day are nine days from Friday on.
  EXPECT_EQ(promise.tight_finish(), "2025-04-16");
  EXPECT_GT(promise.finish(), promise.tight_finish());
  EXPECT_EQ(promise.phases(0).done_by(), promise.finish());
}

TEST_F(Replans, AForecastGoesByWhatWasSeen) {
  EXPECT_THAT(Try(daemon_, {"rollout", "forecast", "none"}), Fails(3, "ROLLOUT_NOT_FOUND"));
  ImportDevices(daemon_, {{"A", 40, "総務部/総務課"}});
  ApplyRollout(daemon_, kOnePhase);
  EXPECT_THAT(Try(daemon_, {"rollout", "forecast"}), Fails(4, "ROLLOUT_WITHOUT_PLAN"));
  ApprovePlan(daemon_, 1);
  const auto days = PlanDays(daemon_, 1);
  MoveClock(daemon_, "2025-04-04T17:00:00+09:00");
  const std::vector<std::string> first = TagsOn(days, "2025-04-02");
  const std::vector<std::string> second = TagsOn(days, "2025-04-03");
  const std::vector<std::string> third = TagsOn(days, "2025-04-04");
  Mark("failed", {first[0], second[0]}, {"--cause", "SOFTWARE_FAULT"});
  Mark("failed", {first[1]}, {"--cause", "USER_ABSENT"});
  Mark("migrated", {first[2], first[3], second[1], second[2], second[3]});
  Mark("migrated", third);
  const std::string json = Succeed(daemon_, {"rollout", "forecast", "-o", "json"}).out;
  EXPECT_THAT(json, HasSubstr("\"planned\": \"2025-04-15\""));
  EXPECT_THAT(json, HasSubstr("\"remaining\": 31"));
  EXPECT_THAT(json, HasSubstr("\"attempted\": 12"));
  EXPECT_THAT(json, HasSubstr("\"failed\": 2"));
  EXPECT_THAT(json, HasSubstr("\"absent\": 1"));
  EXPECT_EQ(json, Succeed(daemon_, {"rollout", "forecast", "-o", "json"}).out);
  const auto value = [&](const std::string& key) {
    const size_t at = json.find("\"" + key + "\": \"") + key.size() + 5;
    return json.substr(at, 10);
  };
  // Three devices wait and more will fail: the end is later than planned, and still later in one
  // run of ten.
  EXPECT_GT(value("half"), "2025-04-15");
  EXPECT_GE(value("nineOfTen"), value("half"));
  EXPECT_LT(value("nineOfTen"), "2025-06-01");
  EXPECT_THAT(Succeed(daemon_, {"rollout", "forecast", "--lang", "ja"}).out,
              HasSubstr(value("nineOfTen")));
  // A new plan keeps the counts of failures.
  ApprovePlan(daemon_, 2);
  EXPECT_THAT(Succeed(daemon_, {"rollout", "forecast", "-o", "json"}).out,
              HasSubstr("\"attempted\": 12"));
}

TEST_F(Replans, ShowingAPlanSaysWhoMovesFromTheApprovedOne) {
  ImportDevices(daemon_, {{"A", 8, "総務部/総務課"}});
  ApplyRollout(daemon_, kOnePhase);
  ApprovePlan(daemon_, 1);
  constexpr char kFirst[] = "rollouts/small/plans/1";
  EXPECT_EQ(LinesWith(Succeed(daemon_, {"plan", "show", "1"}).out, kFirst), 1) << "its own name";
  Succeed(daemon_, {"plan", "create", "small", "--first-day", "2025-04-03"});
  const std::string shown = Succeed(daemon_, {"plan", "show", "2"}).out;
  EXPECT_EQ(LinesWith(shown, kFirst), 1);
  EXPECT_THAT(shown, HasSubstr("0 earlier, 4 later"));
  EXPECT_THAT(shown, HasSubstr("kirikae plan compare small/1 small/2"));
  EXPECT_THAT(daemon_.Run({"plan", "compare", "1", "2"}).out,
              ContainsRegex("総務部/総務課 +0 +4 "));
  EXPECT_EQ(LinesWith(Succeed(daemon_, {"plan", "submit", "2", "--lang", "ja"}).out, kFirst), 1);
  Succeed(daemon_, {"plan", "approve", "2", "--yes"});
  EXPECT_EQ(LinesWith(Succeed(daemon_, {"plan", "show", "2"}).out, kFirst), 1);
}

}  // namespace
}  // namespace kirikae::testing

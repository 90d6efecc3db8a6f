// What a rollout file may contain, and its effect on plans.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "kirikae/v1/planning_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class RolloutFiles : public ::testing::Test {
 protected:
  // Devices planned on each day of a new plan under these lines.
  std::map<std::string, int> Plan(const std::string& yaml) {
    ApplyRollout(daemon_, yaml);
    Succeed(daemon_, {"plan", "create", "small"});
    std::map<std::string, int> count;
    for (const auto& [tag, day] : PlanDays(daemon_, ++plans_)) ++count[day];
    return count;
  }
  Outcome Apply(const std::string& yaml) {
    const TemporaryFolder folder;
    WriteFile(folder / "r.yaml",
              "rollout: bad\nfrom: IC_CARD_AND_PASSWORD\nto: FACE_AND_PASSWORD\n" + yaml);
    return Try(daemon_, {"rollout", "apply", "-f", folder / "r.yaml"});
  }

  static int On(const std::map<std::string, int>& days, const std::string& day) {
    const auto found = days.find(day);
    return found == days.end() ? 0 : found->second;
  }
  static int Total(const std::map<std::string, int>& days) {
    int total = 0;
    for (const auto& [day, count] : days) total += count;
    return total;
  }

  Daemon daemon_;
  int plans_ = 0;
};

constexpr char kPhases[] = "phases: [ { id: all, select: \"\" } ]\n";
constexpr char kTeam[] = "teams: [ { id: a, devices_per_slot: 4 } ]\n";

TEST_F(RolloutFiles, ATeamsDevicesChangeByDateWeekdayAndSlot) {
  ImportDevices(daemon_, {{"A", 20, "総務部/総務課"}});
  const auto days = Plan(std::string(kPhases) +
                         "teams:\n"
                         "  - id: a\n"
                         "    devices_per_slot: 4\n"
                         "    changes:\n"
                         "      - { from: 2025-04-02, to: 2025-04-02, set_devices: 1 }\n"
                         "      - { weekday: THU, add_devices: -2 }\n"
                         "      - { slot: pm, set_devices: 0 }\n"
                         "calendar: { slots: [am, pm] }\n");
  // Wednesday one device, Thursdays two, other days four, and no day takes more.
  EXPECT_LE(On(days, "2025-04-02"), 1);
  EXPECT_LE(On(days, "2025-04-03"), 2);
  EXPECT_LE(On(days, "2025-04-04"), 4);
  EXPECT_LE(On(days, "2025-04-10"), 2);
  EXPECT_EQ(days.rbegin()->first, "2025-04-10");
  EXPECT_EQ(Total(days), 20);
  EXPECT_THAT(Succeed(daemon_, {"plan", "show", "1", "-o", "csv"}).out, Not(HasSubstr(",pm,")));
}

TEST_F(RolloutFiles, ATeamsMinutesAreSetAndAdded) {
  ImportDevices(daemon_, {{"A", 20, "総務部/総務課"}});
  const auto days = Plan(std::string(kPhases) +
                         "teams:\n"
                         "  - id: a\n"
                         "    minutes_per_slot: 80\n"
                         "    changes:\n"
                         "      - { from: 2025-04-04, to: 2025-04-04, add_minutes: 40 }\n"
                         "      - { weekday: MON, set_minutes: 20 }\n");
  // Four a day, six on the 4th, one on Mondays.
  EXPECT_LE(On(days, "2025-04-02"), 4);
  EXPECT_LE(On(days, "2025-04-04"), 6);
  EXPECT_LE(On(days, "2025-04-07"), 1);
  EXPECT_EQ(days.rbegin()->first, "2025-04-09");
  EXPECT_EQ(Total(days), 20);
}

TEST_F(RolloutFiles, PoolsLimitDepartmentsAndChosenDevices) {
  ImportDevices(daemon_, {{"A", 6, "総務部/総務課"}, {"B", 3, "区民部/税務課"}});
  for (const char* tag : {"B-01", "B-02", "B-03"}) {
    Succeed(daemon_, {"device", "update", tag, "--set", "labels.set=x"});
  }
  const auto days = Plan(std::string(kPhases) +
                         "teams: [ { id: a, devices_per_slot: 20 } ]\n"
                         "pools:\n"
                         "  - { id: 総務部/総務課, daily_limit: 2 }\n"
                         "  - { id: 検証機, select: 'labels.set = x', daily_limit: 1 }\n"
                         "  - { id: どこにもない課, daily_share: 10% }\n");
  EXPECT_EQ(days.at("2025-04-02"), 3);
  EXPECT_EQ(days.at("2025-04-03"), 3);
  EXPECT_EQ(days.at("2025-04-04"), 3);
  const auto plan = Answer<v1::Plan>(daemon_, {"plan", "show", "1"});
  std::vector<std::string> warnings;
  for (const v1::PlanReason& warning : plan.warnings()) warnings.push_back(warning.code());
  EXPECT_THAT(warnings, ::testing::Contains("POOL_WITHOUT_DEVICES"));
}

TEST_F(RolloutFiles, APoolsShareIsOfItsSizeWhereOneIsGiven) {
  ImportDevices(daemon_, {{"A", 6, "総務部/総務課"}});
  const auto days = Plan(std::string(kPhases) +
                         "teams: [ { id: a, devices_per_slot: 20 } ]\n"
                         "pools: [ { id: 総務部/総務課, size: 10, daily_share: 30% } ]\n");
  EXPECT_EQ(days.at("2025-04-02"), 3);
}

TEST_F(RolloutFiles, TheHelpDeskTakesSoManyTickets) {
  ImportDevices(daemon_, {{"A", 8, "総務部/総務課"}});
  const auto days =
      Plan(std::string(kPhases) + kTeam +
           "policy: { help_desk: { tickets_per_device: [0.5, 0.25], daily_limit: 1.5 } }\n");
  // Half a ticket per device on the day, a quarter on the next.
  EXPECT_EQ(Total(days), 8);
  const std::vector<std::string> open = {"2025-04-02", "2025-04-03", "2025-04-04", "2025-04-07",
                                         "2025-04-08", "2025-04-09", "2025-04-10"};
  for (size_t i = 0; i < open.size(); ++i) {
    const int before = i == 0 ? 0 : On(days, open[i - 1]);
    EXPECT_LE(0.5 * On(days, open[i]) + 0.25 * before, 1.5) << open[i];
  }
}

TEST_F(RolloutFiles, ObjectivesAreThoseNamed) {
  ImportDevices(daemon_, {{"A", 2, "総務部/総務課"}});
  Plan(std::string(kPhases) + kTeam + "policy: { objectives: [PLACED, FINISH] }\n");
  const auto plan = Answer<v1::Plan>(daemon_, {"plan", "show", "1"});
  std::vector<std::string> objectives;
  for (const v1::PlanObjective& row : plan.solution().objectives())
    objectives.push_back(row.name());
  EXPECT_THAT(objectives, ::testing::ElementsAre("PLACED", "FINISH"));
}

TEST_F(RolloutFiles, TheCalendarHasItsOwnWeekAndBlackoutsByPhaseAndSite) {
  ImportDevices(daemon_, {{"A", 12, "総務部/総務課"}});
  const auto days = Plan(std::string(kPhases) + kTeam +
                         "calendar:\n"
                         "  weekly_open: [TUE, SAT]\n"
                         "  closed_days: [2025-04-05]\n"
                         "  open_days: [2025-04-29]\n"
                         "  blackouts:\n"
                         "    - { from: 2025-04-08, to: 2025-04-14, phase: all, why: 検証 }\n"
                         "    - { from: 2025-04-19, to: 2025-04-22, site: 本庁舎, why: 選挙 }\n");
  // Tuesdays and Saturdays, except the closed day and the blackouts; the 29th is a holiday that is
  // opened.
  EXPECT_EQ(days,
            (std::map<std::string, int>{{"2025-04-15", 4}, {"2025-04-26", 4}, {"2025-04-29", 4}}));
}

TEST_F(RolloutFiles, UnknownKeysAndBadValuesAreNamedByTheirPathAllAtOnce) {
  const Outcome faults = Apply(
      "phases: [ { id: all, select: \"\" } ]\n"
      "teams:\n"
      "  - id: a\n"
      "    devices_per_slot: 4\n"
      "    changes:\n"
      "      - { from: 2025-04-31, weekday: MONDAY, add_minutes: few }\n"
      "      - { from: 2025-05-02, to: 2025-05-01, set_devices: -1 }\n"
      "      - { slot: night, set_minutes: 0 }\n"
      "      - { slot: day }\n"
      "      - { slot: day, set_minuets: 0 }\n"
      "pools:\n"
      "  - { id: x }\n"
      "  - { id: y, daily_share: 140%, size: many }\n"
      "  - { id: y, daily_limit: 1, select: 'colour = red' }\n"
      "  - { daily_limit: 1 }\n"
      "policy:\n"
      "  minimum_os: newest\n"
      "  help_desk: { daily_limit: 5, tickets: [1] }\n"
      "  objectives: [PLACED, FASTEST, PLACED]\n");
  EXPECT_EQ(faults.exit_code, 7);
  EXPECT_EQ(faults.reason, "INVALID_REQUEST");
  // A misspelt field is reported in addition to the fault of the missing field.
  EXPECT_THAT(
      std::set<std::string>(faults.fields.begin(), faults.fields.end()),
      ::testing::IsSupersetOf(std::vector<std::string>{
          "teams[0].changes[0].from", "teams[0].changes[0].weekday",
          "teams[0].changes[0].add_minutes", "teams[0].changes[1].to",
          "teams[0].changes[1].set_devices", "teams[0].changes[2].slot",
          "teams[0].changes[3].set_minutes", "teams[0].changes[4].set_minuets",
          "pools[0].daily_share", "pools[1].daily_share", "pools[1].size", "pools[2].id",
          "pools[2].select", "pools[3].id", "policy.minimum_os",
          "policy.help_desk.tickets_per_device", "policy.help_desk.tickets", "policy.objectives"}));
  EXPECT_THAT(Apply(std::string(kPhases) +
                    "teams: [ { id: a, devices_per_slot: 4, changes: [ { slot: night, "
                    "set_devices: 0 } ] } ]\n"),
              InvalidAt({"teams[0].changes[0].slot"}));
  EXPECT_THAT(Apply(std::string(kPhases) + kTeam +
                    "policy: { help_desk: { tickets_per_device: [0.1, nan, -1] } }\n")
                  .fields,
              ::testing::Contains("policy.help_desk.tickets_per_device"));
}

TEST_F(RolloutFiles, AChangedFileIsAppliedOverTheOldOne) {
  ImportDevices(daemon_, {{"A", 2, "総務部/総務課"}});
  ApplyRollout(daemon_, std::string(kPhases) + kTeam);
  ApplyRollout(daemon_, std::string(kPhases) + "teams: [ { id: b, devices_per_slot: 4 } ]\n");
  EXPECT_THAT(Succeed(daemon_, {"rollout", "show", "small", "-o", "json"}).out, HasSubstr("id: b"));
}

}  // namespace
}  // namespace kirikae::testing

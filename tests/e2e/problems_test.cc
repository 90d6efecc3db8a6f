// `plan solve`: the sample problems give what their README says; a file that is not a problem is
// refused.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
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

using ::testing::ContainsRegex;
using ::testing::HasSubstr;

class Problems : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { daemon_ = new Daemon; }
  static void TearDownTestSuite() {
    delete daemon_;
    daemon_ = nullptr;
  }

  static std::string Sample(const std::string& name) {
    return std::string(KIRIKAE_SOURCE_FOLDER) + "/deploy/samples/problems/" + name;
  }
  static v1::PlanProblem ProblemIn(const std::string& json) {
    v1::PlanProblem problem;
    ReadJson(json, problem);
    return problem;
  }
  static v1::PlanProblem Problem(const std::string& name) {
    return ProblemIn(ReadFile(Sample(name)));
  }
  static v1::PlanSolution SolveFile(const std::string& path) {
    return Answer<v1::PlanSolution>(*daemon_, {"plan", "solve", path});
  }
  static v1::PlanSolution SolveSample(const std::string& name) { return SolveFile(Sample(name)); }
  v1::PlanSolution Solve(const std::string& json) { return SolveFile(File(json)); }
  std::string File(const std::string& json) {
    WriteFile(folder_ / "problem.json", json);
    return folder_ / "problem.json";
  }
  Outcome TrySolve(const std::string& json) { return Try(*daemon_, {"plan", "solve", File(json)}); }
  // A small problem in which these parts replace its own.
  static std::string With(const std::map<std::string, std::string>& parts) {
    std::map<std::string, std::string> all = {
        {"calendar", R"({"firstDay":"2025-05-07","lastDay":"2025-05-09",)"
                     R"("weeklyOpen":["MON","TUE","WED","THU","FRI"]})"},
        {"teams", R"([{"id":"a","minutesPerSlot":60}])"},
        {"phases", R"([{"id":"p"}])"},
        {"items", R"([{"id":"x","minutes":20,"phase":"p"}])"}};
    for (const auto& [key, value] : parts) all[key] = value;
    std::string json;
    for (const auto& [key, value] : all) {
      json += (json.empty() ? "{\"" : ",\"") + key + "\":" + value;
    }
    return json + "}";
  }

  static Daemon* daemon_;
  TemporaryFolder folder_;
};

Daemon* Problems::daemon_ = nullptr;

TEST_F(Problems, The180FormsAreMadeInTime) {
  const v1::PlanSolution solution = SolveSample("forms180.json");
  EXPECT_EQ(solution.status(), "OPTIMAL");
  EXPECT_EQ(solution.placements_size(), 180);
  EXPECT_EQ(solution.phases(0).last_day(), "2025-01-20");
  EXPECT_EQ(solution.phases(1).last_day(), "2025-02-26");
  EXPECT_EQ(solution.phases(1).last_day_bound(), "2025-02-26");
  // Each form is built by its own department, and at most six are checked in a day.
  const v1::PlanProblem problem = Problem("forms180.json");
  std::map<std::string, int> a_day;
  for (int i = 0; i < 180; ++i) {
    EXPECT_EQ(solution.placements(i).team(), problem.items(i).site());
    EXPECT_LE(++a_day[solution.placements(i).day()], 6);
    EXPECT_LT(solution.placements(i).day(), "2025-04-01");
  }
}

TEST_F(Problems, AnAnswerOfMoreThanFourMebibytesArrives) {
  constexpr int kItems = 40'000;
  std::string items;
  for (int i = 0; i < kItems; ++i) {
    items += std::string(i == 0 ? "[" : ",") + R"({"id":"terminal-of-the-branch-office-)" +
             std::to_string(100'000 + i) + std::string(60, 'x') + R"(","minutes":1,"phase":"p"})";
  }
  const v1::PlanSolution solution =
      Solve(With({{"items", items + "]"}, {"teams", R"([{"id":"a","minutesPerSlot":1000000}])"}}));
  EXPECT_EQ(solution.placements_size(), kItems);
  EXPECT_GT(solution.ByteSizeLong(), size_t{4} << 20U);
}

TEST_F(Problems, TheTelephonesOfAFloorChangeTogether) {
  const v1::PlanSolution solution = SolveSample("telephones.json");
  EXPECT_EQ(solution.status(), "OPTIMAL");
  EXPECT_TRUE(solution.left().empty());
  EXPECT_EQ(solution.phases(0).last_day(), "2025-09-08");
  EXPECT_EQ(solution.phases(1).last_day(), "2025-09-22");
  EXPECT_EQ(solution.phases(2).last_day(), "2025-10-18");
  const v1::PlanProblem problem = Problem("telephones.json");
  std::map<std::string, std::set<std::string>> slots;
  for (int i = 0; i < problem.items_size(); ++i) {
    const v1::PlanPlacement& row = solution.placements(i);
    EXPECT_EQ(row.item(), problem.items(i).id());
    slots[problem.items(i).group()].insert(row.day() + row.slot() + row.team());
    if (problem.items(i).site() == "本庁舎") {
      EXPECT_EQ(row.team(), "main");
    }
  }
  EXPECT_EQ(slots.size(), 17U);
  for (const auto& [floor, places] : slots) EXPECT_EQ(places.size(), 1U) << floor;
}

TEST_F(Problems, OfThe18SystemsNineAreOnTimeFiveHaveTheirOwnDatesAndFourAreLate) {
  const v1::PlanSolution solution = SolveSample("systems18.json");
  EXPECT_EQ(solution.status(), "PARTIAL");
  std::set<std::string> on_time;
  std::set<std::string> declared;
  for (const v1::PlanPlacement& row : solution.placements()) {
    (row.day() <= "2026-03-31" ? on_time : declared).insert(row.item());
  }
  EXPECT_THAT(on_time, ::testing::UnorderedElementsAre("住民基本台帳", "印鑑登録", "選挙人名簿管理",
                                                       "国民年金", "国民健康保険", "後期高齢者医療",
                                                       "個人住民税", "介護保険", "健康管理"));
  EXPECT_THAT(declared, ::testing::UnorderedElementsAre("戸籍", "戸籍の附票", "児童手当",
                                                        "児童扶養手当", "子ども・子育て支援"));
  std::map<std::string, std::set<std::string>> left;
  for (const v1::PlanLeft& row : solution.left()) {
    for (const v1::PlanReason& reason : row.reasons()) left[row.item()].insert(reason.code());
  }
  using Codes = std::set<std::string>;
  EXPECT_EQ(left, (std::map<std::string, Codes>{
                      {"軽自動車税", {"CAPACITY", "DEADLINE", "BLACKED_OUT", "NOT_READY_IN_TIME"}},
                      {"就学", {"DEADLINE", "BLACKED_OUT", "NOT_READY_IN_TIME"}},
                      {"障害者福祉", {"DEADLINE", "NOT_READY_IN_TIME"}},
                      {"生活保護", {"DEADLINE", "NOT_READY_IN_TIME"}}}));
  for (const v1::PlanObjective& row : solution.objectives()) {
    if (row.name() == "PLACED" || row.name() == "FINISH") {
      EXPECT_EQ(row.value(), row.bound()) << row.name();
    }
  }
}

TEST_F(Problems, OfThe18SystemsTheAnswerSaysWhichOfTheLateCanBeHelpedAndByWhat) {
  const v1::PlanSolution solution = SolveSample("systems18.json");
  std::map<std::string, std::vector<std::string>> helped;  // by the change
  for (const v1::PlanRelaxation& row : solution.relaxations()) {
    ASSERT_EQ(row.changes_size(), 1);
    const v1::PlanChange& change = row.changes(0);
    std::string name = change.deadline().deadline();
    if (change.has_raise()) {
      EXPECT_EQ(change.raise().add_devices(), 1);
      name = "raise " + change.raise().team();
    } else if (change.has_added_team()) {
      name = "add " + change.added_team().id();
    }
    helped[name].assign(row.places().begin(), row.places().end());
  }
  using ::testing::UnorderedElementsAre;
  ASSERT_EQ(helped.size(), 4U);
  EXPECT_THAT(helped["2026-09-05"],
              UnorderedElementsAre("軽自動車税", "就学", "障害者福祉", "生活保護"));
  EXPECT_THAT(helped["2026-04-04"], UnorderedElementsAre("軽自動車税", "就学"));
  EXPECT_THAT(helped["raise 業者Z"], UnorderedElementsAre("軽自動車税"));
  EXPECT_THAT(helped["add 業者Z+"], UnorderedElementsAre("軽自動車税"));
  v1::PlanProblem problem = Problem("systems18.json");
  problem.mutable_phases(0)->set_deadline("2026-09-05");
  std::string json;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(problem, &json).ok());
  EXPECT_EQ(Solve(json).placements_size(), 18);
}

TEST_F(Problems, TheJsonHasNumbersAndWhatIsZeroAndIsTheSameEachTime) {
  const std::string path = Sample("telephones.json");
  std::string first = Succeed(*daemon_, {"plan", "solve", path, "-o", "json"}).out;
  std::string second = Succeed(*daemon_, {"plan", "solve", path, "-o", "json"}).out;
  EXPECT_THAT(first, ContainsRegex("\"solveMillis\": [0-9]+\n"));
  EXPECT_THAT(first, HasSubstr("\"left\": []"));
  EXPECT_THAT(first, HasSubstr("\"relaxations\": []"));
  EXPECT_THAT(first, ContainsRegex("\"name\": \"STABILITY\",\n *\"value\": 0,\n *\"bound\": 0"));
  first.resize(first.find("\"solveMillis\""));
  second.resize(second.find("\"solveMillis\""));
  EXPECT_EQ(first, second);
}

TEST_F(Problems, ATimeLimitIsATime) {
  const std::string path = File(With({}));
  for (const char* limit : {"500ms", "2s", "1m", "3", "0.5s"}) {
    EXPECT_EQ(daemon_->Run({"plan", "solve", path, "--time-limit", limit}).exit_code, 0) << limit;
  }
  for (const char* limit : {"0s", "2h", "soon", "61s", "1e9", "5 s", "nan"}) {
    EXPECT_THAT(Try(*daemon_, {"plan", "solve", path, "--time-limit", limit}), Fails(2, "USAGE"))
        << limit;
  }
}

TEST_F(Problems, EveryFaultIsNamedByItsPathAtOnce) {
  EXPECT_THAT(
      TrySolve(With(
          {{"items", R"([{"id":"x","minutes":-20,"phase":"q","notBefore":"2025-05-09",)"
                     R"("notAfter":"2025-05-07"},{"id":"x","minutes":2000000000,"phase":"p"}])"},
           {"teams", R"([{"id":"a"}])"},
           {"pools", R"([{"id":"d","dailyShare":1.5}])"},
           {"blackouts", R"([{"from":"2025-05-07","to":"2025-05-07","phase":"nowhere"}])"},
           {"policy", R"({"visitMinutes":-1})"}})),
      InvalidAt({"teams[0]", "items[0].minutes", "items[0].phase", "items[0].notAfter",
                 "items[1].id", "items[1].minutes", "pools[0].dailyShare", "blackouts[0].phase",
                 "policy.visitMinutes"}));
  EXPECT_THAT(TrySolve(With({{"calendar", R"({"firstDay":"2025-02-30","lastDay":"someday",)"
                                          R"("weeklyOpen":["SUNDAY"]})"},
                             {"policy", R"({"objectives":["FASTEST"]})"}})),
              InvalidAt({"calendar.firstDay", "calendar.lastDay", "calendar.weeklyOpen[0]",
                         "policy.objectives[0]"}));
}

TEST_F(Problems, WhatIsNoNumberIsNamedByItsPath) {
  EXPECT_THAT(
      TrySolve(With(
          {{"pools", R"([{"id":"d","dailyShare":"NaN","dailyLimit":-1,"size":-2}])"},
           {"policy", R"({"departmentDailyShare":"Infinity","helpDesk":{"ticketsPerDevice":[-1],)"
                      R"("dailyLimit":1e300,"carriedTickets":["NaN"]}})"}})),
      InvalidAt({"pools[0].dailyShare", "pools[0].dailyLimit", "pools[0].size",
                 "policy.departmentDailyShare", "policy.helpDesk.ticketsPerDevice[0]",
                 "policy.helpDesk.dailyLimit", "policy.helpDesk.carriedTickets[0]"}));
}

TEST_F(Problems, ARelaxationCanBeAppliedAsItIsGiven) {
  constexpr char kThree[] =
      R"([{"id":"x","minutes":50,"phase":"p"},{"id":"y","minutes":50,"phase":"p"},)"
      R"({"id":"z","minutes":50,"phase":"p"}])";
  const std::string json =
      With({{"items", kThree}, {"phases", R"([{"id":"p","deadline":"2025-05-08"}])"}});
  const v1::PlanSolution solved = Solve(json);
  EXPECT_EQ(solved.status(), "PARTIAL");
  ASSERT_GT(solved.relaxations_size(), 2);
  const v1::PlanRelaxation& first = solved.relaxations(0);
  ASSERT_EQ(first.places_size(), 1);
  EXPECT_EQ(first.places(0), solved.left(0).item());
  ASSERT_EQ(first.changes_size(), 1);
  EXPECT_EQ(first.changes(0).deadline().phase(), "p");
  EXPECT_EQ(first.changes(0).deadline().deadline(), "2025-05-09");
  bool raised = false;
  for (const v1::PlanRelaxation& row : solved.relaxations()) {
    raised = raised ||
             (row.changes(0).raise().team() == "a" && row.changes(0).raise().add_minutes() == 40);
  }
  EXPECT_TRUE(raised);
  EXPECT_EQ(Solve(With({{"items", kThree}, {"phases", R"([{"id":"p","deadline":"2025-05-09"}])"}}))
                .status(),
            "OPTIMAL");
}

TEST_F(Problems, WhatIsLeftOutOfOneDepartmentComesWholeThoughItIsManyMegabytes) {
  constexpr int kItems = 60'000;
  std::string items = "[";
  for (int i = 0; i < kItems; ++i) {
    items += (i == 0 ? "" : ",") + std::string(R"({"id":")") + std::string(80, 'x') +
             std::to_string(i) + R"(","minutes":20,"phase":"p","department":"総務課"})";
  }
  const v1::PlanSolution left = Solve(With({{"items", items + "]"}}));
  std::set<std::string> grouped;
  int64_t minutes = 0;
  for (const v1::PlanLeftGroup& group : left.left_groups()) {
    EXPECT_EQ(group.count(), group.items_size());
    EXPECT_EQ(group.codes(0), "CAPACITY");
    grouped.insert(group.items().begin(), group.items().end());
    minutes += group.minutes();
  }
  EXPECT_EQ(grouped.size(), static_cast<size_t>(left.left_size()));
  EXPECT_EQ(left.left_size(), kItems - 9);
  EXPECT_EQ(minutes, 20 * int64_t{kItems - 9});
}

TEST_F(Problems, AReserveIsHeldBack) {
  const auto last_day = [&](const std::string& policy) {
    return Solve(With({{"items", R"([{"id":"x","minutes":20,"phase":"p"},)"
                                 R"({"id":"y","minutes":20,"phase":"p"},)"
                                 R"({"id":"z","minutes":20,"phase":"p"}])"},
                       {"policy", policy}}))
        .phases(0)
        .last_day();
  };
  EXPECT_EQ(last_day("{}"), "2025-05-07");
  EXPECT_EQ(last_day(R"({"reserve":{"share":0.3}})"), "2025-05-08");
  EXPECT_THAT(TrySolve(With({{"policy", R"({"reserve":{"share":1.5,"days":-1}})"}})),
              InvalidAt({"policy.reserve.share", "policy.reserve.days"}));
}

TEST_F(Problems, AProblemOfManyMegabytesIsSolvedWhole) {
  constexpr int kItems = 60'000;
  std::string items = "[";
  for (int i = 0; i < kItems; ++i) {
    items += (i == 0 ? "" : ",") + std::string(R"({"id":"端末管理番号-)") + std::to_string(i) +
             R"(","minutes":20,"phase":"p","department":"総務部/総務課/管理係第)" +
             std::to_string(i % 500) + R"(","site":"本庁舎西棟"})";
  }
  const std::string json = With({{"calendar", R"({"firstDay":"2025-05-01","lastDay":"2026-12-25",)"
                                              R"("weeklyOpen":["MON","TUE","WED","THU","FRI"]})"},
                                 {"teams", R"([{"id":"a","minutesPerSlot":6000}])"},
                                 {"items", items + "]"}});
  ASSERT_GT(ProblemIn(json).ByteSizeLong(), size_t{4} << 20U) << "more than one message takes";
  const v1::PlanSolution solved = Solve(json);
  EXPECT_EQ(solved.status(), "OPTIMAL");
  std::set<std::string> placed;
  for (const v1::PlanPlacement& row : solved.placements()) placed.insert(row.item());
  EXPECT_EQ(placed.size(), size_t{kItems});
  // As many items left out with a reason each, in two languages.
  const v1::PlanSolution left = Solve(With({{"items", items + "]"}}));
  EXPECT_EQ(left.placements_size() + left.left_size(), kItems);
  EXPECT_EQ(left.placements_size(), 9);
}

TEST_F(Problems, TheOnlySlotOfADayNeedNotBeNamed) {
  const v1::PlanSolution solved =
      Solve(With({{"items", R"([{"id":"x","minutes":20,"phase":"p",)"
                            R"("published":{"day":"2025-05-07","team":"a"}},)"
                            R"({"id":"y","minutes":20,"phase":"p",)"
                            R"("fixed":{"day":"2025-05-08","team":"a"}}])"}}));
  EXPECT_EQ(solved.placements(1).slot(), "day");
  EXPECT_EQ(solved.objectives(2).name(), "STABILITY");
  EXPECT_EQ(solved.objectives(2).value(), 0);
}

TEST_F(Problems, WhatIsMissingOrOutOfRangeIsNamed) {
  EXPECT_THAT(
      TrySolve(With({{"items", R"([{"id":"x","minutes":20}])"},
                     {"teams", R"([{"id":"a","minutesPerSlot":60,"changes":)"
                               R"([{"addDevices":2147483647,"addMinutes":-2147483648}]}])"}})),
      InvalidAt(
          {"teams[0].changes[0].addMinutes", "teams[0].changes[0].addDevices", "items[0].phase"}));
  EXPECT_THAT(TrySolve(With({{"calendar", R"({"firstDay":"0001-01-01","weeklyOpen":["MON"]})"}})),
              InvalidAt({"calendar.firstDay", "calendar.lastDay"}));
}

TEST_F(Problems, ACalendarWithoutAnOpenDayIsRefused) {
  EXPECT_THAT(TrySolve(With({{"calendar", R"({"firstDay":"2025-05-07","lastDay":"2025-05-11",)"
                                          R"("weeklyOpen":[]})"}})),
              InvalidAt({"calendar"}));
  EXPECT_THAT(TrySolve(With({{"calendar", R"({"firstDay":"2025-05-10","lastDay":"2025-05-11",)"
                                          R"("weeklyOpen":["MON"]})"}})),
              InvalidAt({"calendar"}));
}

TEST_F(Problems, FixedItemsThatContradictARuleAreRefused) {
  const std::string day = R"("fixed":{"day":"2025-05-07","slot":"day","team":"a"})";
  EXPECT_THAT(
      TrySolve(With({{"items", R"([{"id":"x","minutes":40,"phase":"p",)" + day +
                                   R"(},{"id":"y","minutes":40,"phase":"p",)" + day + "}]"}})),
      InvalidAt({"items[0].fixed", "items[1].fixed"}));
  EXPECT_THAT(TrySolve(With({{"items", R"([{"id":"x","minutes":40,"phase":"p","fixed":)"
                                       R"({"day":"2025-05-10","slot":"night","team":"z"}}])"}})),
              InvalidAt({"items[0].fixed.day", "items[0].fixed.slot", "items[0].fixed.team"}));
}

TEST_F(Problems, WhatCannotGoIsLeftWithItsReason) {
  const auto codes = [&](const std::map<std::string, std::string>& parts) {
    const v1::PlanSolution solution = Solve(With(parts));
    std::set<std::string> all;
    for (const v1::PlanLeft& left : solution.left()) {
      for (const v1::PlanReason& reason : left.reasons()) all.insert(reason.code());
    }
    return all;
  };
  // A group larger than any slot.
  EXPECT_EQ(codes({{"items", R"([{"id":"x","minutes":40,"phase":"p","group":"g"},)"
                             R"({"id":"y","minutes":40,"phase":"p","group":"g"}])"}})
                .count("GROUP_TOO_LARGE"),
            1U);
  EXPECT_EQ(
      codes({{"items", R"([{"id":"x","minutes":1000000000,"phase":"p"}])"}}).count("CAPACITY"), 1U);
  EXPECT_EQ(codes({{"phases", R"([{"id":"p","deadline":"2025-05-01"}])"}}).count("DEADLINE"), 1U);
  // A department that only a blackout names is not a fault.
  EXPECT_EQ(TrySolve(With({{"blackouts", R"([{"department":"どこにもない課"}])"}})).exit_code, 0);
}

// tests/client/json_check_test.cc tests the faults of such texts.
TEST_F(Problems, WhatIsNoJsonOfAProblemIsRefused) {
  const Outcome unknown = TrySolve(With({{"items", R"([{"id":"x","minuets":20,"phase":"p"}])"}}));
  EXPECT_THAT(unknown, Fails(7, "NOT_A_PROBLEM_FILE"));
  EXPECT_EQ(unknown.metadata, (std::map<std::string, std::string>{{"fault", "NO_SUCH_FIELD"},
                                                                  {"field", "items[0].minuets"}}));
  EXPECT_THAT(TrySolve(""), Fails(7, "NOT_A_PROBLEM_FILE"));
  EXPECT_EQ(TrySolve("\xEF\xBB\xBF" + With({})).exit_code, 0);
  EXPECT_THAT(Try(*daemon_, {"plan", "solve", folder_ / "nowhere.json"}),
              Fails(2, "FILE_UNREADABLE"));
  EXPECT_THAT(Try(*daemon_, {"plan", "solve", folder_.path()}), Fails(2, "FILE_UNREADABLE"));
}

TEST_F(Problems, FourMebibytesOfNonsenseAreRefused) {
  constexpr size_t kSize = size_t{4} << 20U;
  EXPECT_THAT(TrySolve(std::string(kSize, '[')), Fails(7, "NOT_A_PROBLEM_FILE"));
  EXPECT_THAT(TrySolve(std::string(kSize, 'x')), Fails(7, "NOT_A_PROBLEM_FILE"));
  EXPECT_THAT(TrySolve("{\"items\":[{\"id\":\"" + std::string(kSize, 'x') + "\"}]}"),
              Fails(7, "PROBLEM_TOO_LARGE"));
  std::string noise(kSize, '\0');
  unsigned seed = 1;
  for (char& c : noise) c = static_cast<char>((seed = seed * 1103515245U + 12345U) >> 16U);
  EXPECT_THAT(TrySolve(noise), Fails(7, "NOT_TEXT"));
}

}  // namespace
}  // namespace kirikae::testing

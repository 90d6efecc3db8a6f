// `plan solve`: the sample problems keep what their README says; what is no problem is refused.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "kirikae/v1/planning_service.pb.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

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
  template <typename Message>
  static Message FromJson(const std::string& json) {
    Message message;
    const auto parsed = google::protobuf::util::JsonStringToMessage(json, &message);
    EXPECT_TRUE(parsed.ok()) << parsed.ToString() << json.substr(0, 200);
    return message;
  }
  static v1::PlanProblem Problem(const std::string& name) {
    return FromJson<v1::PlanProblem>(ReadFile(Sample(name)));
  }
  v1::PlanSolution Solve(const std::string& name) {
    return FromJson<v1::PlanSolution>(
        Succeed(*daemon_, {"plan", "solve", Sample(name), "-o", "json"}).out);
  }
  std::string File(const std::string& json) {
    WriteFile(folder_ / "problem.json", json);
    return folder_ / "problem.json";
  }
  // Refused with exit code 7 and these words, in English and in Japanese.
  void ExpectRefused(const std::string& json, const std::vector<std::string>& en,
                     const std::string& ja) {
    const ProgramResult english = daemon_->Run({"plan", "solve", File(json)});
    EXPECT_EQ(english.exit_code, 7) << english.out << english.err;
    for (const std::string& words : en) EXPECT_THAT(english.err, HasSubstr(words));
    const ProgramResult japanese = daemon_->Run({"plan", "solve", File(json), "--lang", "ja"});
    EXPECT_EQ(japanese.exit_code, 7);
    EXPECT_THAT(japanese.err, HasSubstr(ja));
  }
  // A small problem with these parts in the places of its own.
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
  const v1::PlanSolution solution = Solve("forms180.json");
  EXPECT_EQ(solution.status(), "OPTIMAL");
  EXPECT_EQ(solution.placements_size(), 180);
  EXPECT_EQ(solution.phases(0).last_day(), "2025-01-20");
  EXPECT_EQ(solution.phases(1).last_day(), "2025-02-26");
  EXPECT_EQ(solution.phases(1).last_day_bound(), "2025-02-26");
  // Each is built by its own department, and at most six are checked in a day.
  const v1::PlanProblem problem = Problem("forms180.json");
  std::map<std::string, int> a_day;
  for (int i = 0; i < 180; ++i) {
    EXPECT_EQ(solution.placements(i).team(), problem.items(i).site());
    EXPECT_LE(++a_day[solution.placements(i).day()], 6);
    EXPECT_LT(solution.placements(i).day(), "2025-04-01");
  }
}

TEST_F(Problems, TheTelephonesOfAFloorChangeTogether) {
  const v1::PlanSolution solution = Solve("telephones.json");
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

TEST_F(Problems, OfThe18SystemsTheAnswerSaysWhichCannotMakeItAndWhatIsNeeded) {
  const v1::PlanSolution solution = Solve("systems18.json");
  EXPECT_EQ(solution.status(), "PARTIAL");
  EXPECT_EQ(solution.placements_size(), 15);
  std::map<std::string, std::set<std::string>> left;
  std::map<std::string, std::string> texts;
  for (const v1::PlanLeft& row : solution.left()) {
    for (const v1::PlanReason& reason : row.reasons()) {
      left[row.item()].insert(reason.code());
      texts[row.item()] += reason.text();
    }
  }
  ASSERT_EQ(left.size(), 3U);
  EXPECT_EQ(left["障害者福祉"].count("NOT_READY_IN_TIME"), 1U);
  EXPECT_THAT(texts["障害者福祉"], HasSubstr("2026-06-06"));
  EXPECT_EQ(left["生活保護"].count("NOT_READY_IN_TIME"), 1U);
  EXPECT_THAT(texts["生活保護"], HasSubstr("2026-09-05"));
  left.erase("障害者福祉");
  left.erase("生活保護");
  const std::set<std::string> taxes = {"固定資産税", "個人住民税", "法人住民税", "軽自動車税"};
  EXPECT_EQ(taxes.count(left.begin()->first), 1U) << left.begin()->first;
  EXPECT_EQ(left.begin()->second,
            (std::set<std::string>{"CAPACITY", "DEADLINE", "BLACKED_OUT", "NOT_READY_IN_TIME"}));
  std::string needed;
  for (const v1::PlanRelaxation& row : solution.relaxations()) needed += row.change() + "\n";
  EXPECT_THAT(needed, HasSubstr("deadline of fiscal-2025 to 2026-09-05"));
  EXPECT_EQ(solution.relaxations(0).effect(),
            "places all; fiscal-2025 has 4 for 業者Z to do by 2026-03-28; they take 3: 1 short; "
            "fiscal-2025 has 2 that can come only after 2026-03-28: the last of them on "
            "2026-09-05, 161 day(s) later");
  // What would help the one that finds no Saturday.
  EXPECT_THAT(needed, HasSubstr("deadline of fiscal-2025 to 2026-04-04"));
  EXPECT_THAT(needed, HasSubstr("1 more device(s) in each slot of team 業者Z"));
  EXPECT_THAT(needed, HasSubstr("one more team like 業者Z"));
  // That change places all.
  v1::PlanProblem later = Problem("systems18.json");
  later.mutable_phases(0)->set_deadline("2026-09-05");
  std::string json;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(later, &json).ok());
  EXPECT_EQ(
      FromJson<v1::PlanSolution>(Succeed(*daemon_, {"plan", "solve", File(json), "-o", "json"}).out)
          .placements_size(),
      18);
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
    const ProgramResult refused = daemon_->Run({"plan", "solve", path, "--time-limit", limit});
    EXPECT_EQ(refused.exit_code, 2) << limit;
    EXPECT_THAT(refused.err, HasSubstr("500ms")) << limit;
  }
}

TEST_F(Problems, EveryFaultIsNamedByItsPathAtOnce) {
  ExpectRefused(
      With({{"items", R"([{"id":"x","minutes":-20,"phase":"q","notBefore":"2025-05-09",)"
                      R"("notAfter":"2025-05-07"},{"id":"x","minutes":2000000000,"phase":"p"}])"},
            {"teams", R"([{"id":"a"}])"},
            {"pools", R"([{"id":"d","dailyShare":1.5}])"},
            {"blackouts", R"([{"from":"2025-05-07","to":"2025-05-07","phase":"nowhere"}])"},
            {"policy", R"({"visitMinutes":-1})"}}),
      {"items[0].minutes", "items[0].phase", "items[0].notAfter", "items[1].id", "items[1].minutes",
       "teams[0]", "pools[0].dailyShare", "blackouts[0].phase", "policy.visitMinutes"},
      "items[0].minutes: -20");
  ExpectRefused(
      With({{"calendar", R"({"firstDay":"2025-02-30","lastDay":"someday",)"
                         R"("weeklyOpen":["SUNDAY"]})"},
            {"policy", R"({"objectives":["FASTEST"]})"}}),
      {"calendar.firstDay", "calendar.lastDay", "calendar.weeklyOpen[0]", "policy.objectives[0]"},
      "SUNDAY は曜日ではありません");
}

TEST_F(Problems, WhatIsNoNumberIsNamedByItsPath) {
  ExpectRefused(
      With({{"pools", R"([{"id":"d","dailyShare":"NaN","dailyLimit":-1,"size":-2}])"},
            {"policy", R"({"departmentDailyShare":"Infinity","helpDesk":{"ticketsPerDevice":[-1],)"
                       R"("dailyLimit":1e300,"carriedTickets":["NaN"]}})"}}),
      {"pools[0].dailyShare", "pools[0].dailyLimit", "pools[0].size", "policy.departmentDailyShare",
       "policy.helpDesk.ticketsPerDevice[0]", "policy.helpDesk.dailyLimit",
       "policy.helpDesk.carriedTickets[0]"},
      "pools[0].dailyShare: ");
}

TEST_F(Problems, ARelaxationCanBeAppliedAsItIsGiven) {
  const std::string json =
      With({{"items", R"([{"id":"x","minutes":50,"phase":"p"},{"id":"y","minutes":50,"phase":"p"},)"
                      R"({"id":"z","minutes":50,"phase":"p"}])"},
            {"phases", R"([{"id":"p","deadline":"2025-05-08"}])"}});
  const auto solved = FromJson<v1::PlanSolution>(
      Succeed(*daemon_, {"plan", "solve", File(json), "-o", "json"}).out);
  EXPECT_EQ(solved.status(), "PARTIAL");
  ASSERT_GT(solved.relaxations_size(), 2);
  const v1::PlanRelaxation& first = solved.relaxations(0);
  EXPECT_EQ(first.change(), "deadline of p to 2025-05-09");
  EXPECT_EQ(first.effect(),
            "places all; p needs 150 minutes by 2025-05-08; team a has 120: 30 short");
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
  const auto again = FromJson<v1::PlanSolution>(
      Succeed(*daemon_,
              {"plan", "solve",
               File(With({{"items", json.substr(json.find("\"items\":") + 8,
                                                json.find("}]") + 2 - json.find("\"items\":") - 8)},
                          {"phases", R"([{"id":"p","deadline":"2025-05-09"}])"}})),
               "-o", "json"})
          .out);
  EXPECT_EQ(again.status(), "OPTIMAL");
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
  ASSERT_GT(FromJson<v1::PlanProblem>(json).ByteSizeLong(), size_t{4} << 20U)
      << "more than one message takes";
  const auto solved = FromJson<v1::PlanSolution>(
      Succeed(*daemon_, {"plan", "solve", File(json), "-o", "json"}).out);
  EXPECT_EQ(solved.status(), "OPTIMAL");
  std::set<std::string> placed;
  for (const v1::PlanPlacement& row : solved.placements()) placed.insert(row.item());
  EXPECT_EQ(placed.size(), size_t{kItems});
  // As many with a reason each, in two languages.
  const auto left = FromJson<v1::PlanSolution>(
      Succeed(*daemon_, {"plan", "solve", File(With({{"items", items + "]"}})), "-o", "json"}).out);
  EXPECT_EQ(left.placements_size() + left.left_size(), kItems);
  EXPECT_EQ(left.placements_size(), 9);
}

TEST_F(Problems, TheOnlySlotOfADayNeedNotBeNamed) {
  const auto solved = FromJson<v1::PlanSolution>(
      Succeed(*daemon_, {"plan", "solve",
                         File(With({{"items", R"([{"id":"x","minutes":20,"phase":"p",)"
                                              R"("published":{"day":"2025-05-07","team":"a"}},)"
                                              R"({"id":"y","minutes":20,"phase":"p",)"
                                              R"("fixed":{"day":"2025-05-08","team":"a"}}])"}})),
                         "-o", "json"})
          .out);
  EXPECT_EQ(solved.placements(1).slot(), "day");
  EXPECT_EQ(solved.objectives(2).name(), "STABILITY");
  EXPECT_EQ(solved.objectives(2).value(), 0);
  ExpectRefused(With({{"items", R"([{"id":"x","minutes":20}])"},
                      {"teams", R"([{"id":"a","minutesPerSlot":60,"changes":)"
                                R"([{"addDevices":2147483647,"addMinutes":-2147483648}]}])"}}),
                {"items[0].phase: A phase is needed",
                 "teams[0].changes[0].addDevices: 2147483647 is too large",
                 "teams[0].changes[0].addMinutes: -2147483648 is too small"},
                "段階が要ります");
  ExpectRefused(With({{"calendar", R"({"firstDay":"0001-01-01","weeklyOpen":["MON"]})"}}),
                {"calendar.firstDay: 0001-01-01 is not a day", "calendar.lastDay: A day is needed"},
                "日付が要ります");
}

TEST_F(Problems, ACalendarWithoutAnOpenDayIsRefused) {
  ExpectRefused(With({{"calendar", R"({"firstDay":"2025-05-07","lastDay":"2025-05-11",)"
                                   R"("weeklyOpen":[]})"}}),
                {"calendar: No day is open; see weeklyOpen"}, "calendar: ");
  ExpectRefused(With({{"calendar", R"({"firstDay":"2025-05-10","lastDay":"2025-05-11",)"
                                   R"("weeklyOpen":["MON"]})"}}),
                {"calendar: No day is open"}, "calendar: ");
}

TEST_F(Problems, FixedItemsThatContradictARuleAreRefused) {
  const std::string day = R"("fixed":{"day":"2025-05-07","slot":"day","team":"a"})";
  ExpectRefused(With({{"items", R"([{"id":"x","minutes":40,"phase":"p",)" + day +
                                    R"(},{"id":"y","minutes":40,"phase":"p",)" + day + "}]"}}),
                {"items[1].fixed", "more fixed on 2025-05-07"}, "items[1].fixed: ");
  ExpectRefused(With({{"items", R"([{"id":"x","minutes":40,"phase":"p","fixed":)"
                                R"({"day":"2025-05-10","slot":"night","team":"z"}}])"}}),
                {"items[0].fixed.day", "items[0].fixed.slot", "items[0].fixed.team"},
                "items[0].fixed.team: ");
}

TEST_F(Problems, WhatCannotGoIsLeftWithItsReason) {
  const auto codes = [&](const std::string& json) {
    return Succeed(*daemon_, {"plan", "solve", File(json), "-o", "json"}).out;
  };
  // A group larger than any slot.
  EXPECT_THAT(codes(With({{"items", R"([{"id":"x","minutes":40,"phase":"p","group":"g"},)"
                                    R"({"id":"y","minutes":40,"phase":"p","group":"g"}])"}})),
              AllOf(HasSubstr("GROUP_TOO_LARGE"),
                    HasSubstr("Its group needs 80 minutes in one slot; no team has more than 60")));
  EXPECT_THAT(codes(With({{"items", R"([{"id":"x","minutes":1000000000,"phase":"p"}])"}})),
              HasSubstr("CAPACITY"));
  EXPECT_THAT(codes(With({{"phases", R"([{"id":"p","deadline":"2025-05-01"}])"}})),
              HasSubstr("DEADLINE"));
  // A department that only a blackout names is no fault.
  EXPECT_EQ(daemon_
                ->Run({"plan", "solve",
                       File(With({{"blackouts", R"([{"department":"どこにもない課"}])"}}))})
                .exit_code,
            0);
}

TEST_F(Problems, WhatIsNoJsonOfAProblemIsRefusedAndTheFieldNamed) {
  ExpectRefused(With({{"items", R"([{"id":"x","minuets":20,"phase":"p"}])"}}),
                {"items[0].minuets: there is no such field"}, "そのような項目はありません");
  ExpectRefused(R"({"calender":{}})", {"calender: there is no such field"}, "calender: ");
  ExpectRefused(With({{"items", R"([{"id":"x","minutes":"many","phase":"p"}])"}}),
                {"items[0].minutes: \"many\" is not a whole number"}, "整数ではありません");
  ExpectRefused(With({{"items", R"([{"id":"x","minutes":99999999999,"phase":"p"}])"}}),
                {"items[0].minutes: 99999999999 is not"}, "items[0].minutes: ");
  ExpectRefused(With({{"calendar", R"({"firstDay":5})"}}), {"calendar.firstDay: 5 is not a text"},
                "calendar.firstDay: ");
  const std::string whole = With({});
  ExpectRefused(whole.substr(0, whole.size() / 2), {"is not a problem file"}, "");
  ExpectRefused("", {"it ends in the middle of a value"}, "値の途中で終わっています");
  ExpectRefused("[1]", {"is not a problem file"}, "");
  EXPECT_EQ(daemon_->Run({"plan", "solve", folder_ / "nowhere.json"}).exit_code, 2);
}

TEST_F(Problems, NothingOfAFileIsPassedOverOrTakenTwice) {
  const std::string item = R"({"id":"x","minutes":20,"phase":"p"})";
  ExpectRefused(With({{"items", "[null," + item + "]"}}), {"items[0]: null is not an object"},
                "items[0]: null");
  ExpectRefused(With({{"items", "null"}}), {"items: null is not a list"}, "items: null");
  ExpectRefused(With({{"items", item}}), {"items: {…} is not a list"}, "リストではありません");
  ExpectRefused(With({{"items", "[[" + item + "]]"}}), {"items[0]: […] is not an object"}, "");
  ExpectRefused(With({{"items", R"([{"id":"x","minutes":1,"minutes":2,"phase":"p"}])"}}),
                {"items[0].minutes: it is given twice"}, "2回指定されています");
  ExpectRefused(With({{"teams", R"([{"id":"a","minutesPerSlot":60,"minutes_per_slot":70}])"}}),
                {"teams[0].minutes_per_slot: it is given twice"}, "");
  const std::string whole = With({});
  ExpectRefused(whole.substr(0, whole.size() - 1) + R"(,"items":[]})", {"items: it is given twice"},
                "");
  ExpectRefused(With({{"teams", R"([{"id":"a","minutesPerSlot":60,"sites":"x"}])"}}),
                {"teams[0].sites: \"x\" is not a list"}, "");
  ExpectRefused(With({{"items", R"([{"id":"x","minutes":[],"phase":"p"}])"}}),
                {"items[0].minutes: […] is not a whole number"}, "");
  ExpectRefused(With({{"items", R"([{"id":"x","minutes":{},"phase":"p"}])"}}),
                {"items[0].minutes: {…} is not a whole number"}, "");
  ExpectRefused(With({{"items", R"([{"id":"x","minutes":1.5,"phase":["p"]}])"}}),
                {"items[0].minutes: 1.5 is not a whole number"}, "");
  ExpectRefused(With({{"items", R"([{"id":"x","minutes":2147483648,"phase":"p"}])"}}),
                {"items[0].minutes: 2147483648 is not between -2147483648 and 2147483647"}, "");
  ExpectRefused(With({{"policy", R"({"departmentDailyShare":NaN})"}}),
                {"it is not JSON at line 1, column "}, "が JSON ではありません");
  ExpectRefused(With({{"policy", R"({"departmentDailyShare":1e400})"}}), {"a number is too large"},
                "数が大きすぎます");
  EXPECT_EQ(daemon_->Run({"plan", "solve", File("\xEF\xBB\xBF" + With({}))}).exit_code, 0);
  // Shift_JIS, as an older spreadsheet writes it.
  ExpectRefused(With({{"teams", "[{\"id\":\"\x94\xc7\",\"minutesPerSlot\":60}]"}}),
                {"line 1, column ", "save the file as UTF-8"}, "UTF-8 で保存してください");
  const ProgramResult folder = daemon_->Run({"plan", "solve", folder_.path()});
  EXPECT_EQ(folder.exit_code, 2);
  EXPECT_THAT(folder.err, HasSubstr("can't be read"));
}

TEST_F(Problems, FourMebibytesOfNonsenseAreRefused) {
  constexpr size_t kSize = size_t{4} << 20U;
  ExpectRefused(std::string(kSize, '['), {"is not a problem file"}, "");
  ExpectRefused(std::string(kSize, 'x'), {"is not a problem file"}, "");
  ExpectRefused("{\"items\":[{\"id\":\"" + std::string(kSize, 'x') + "\"}]}",
                {"items[0] in ", "the service takes at most"}, "バイトまでです");
  std::string noise(kSize, '\0');
  unsigned seed = 1;
  for (char& c : noise) c = static_cast<char>((seed = seed * 1103515245U + 12345U) >> 16U);
  ExpectRefused(noise, {"is not a problem file"}, "");
}

}  // namespace
}  // namespace kirikae::testing

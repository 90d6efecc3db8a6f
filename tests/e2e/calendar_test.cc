// The ward's working days through the real daemon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "kirikae/v1/calendar_service.pb.h"
#include "kirikae/v1/planning_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

constexpr char kHeader[] = "国民の祝日・休日月日,国民の祝日・休日名称\r\n";

// The list of 2025 as published, but with the sports day one day later.
constexpr char kList[] =
    "2025/1/1,元日\r\n2025/1/13,成人の日\r\n2025/2/11,建国記念の日\r\n2025/2/23,天皇誕生日\r\n"
    "2025/2/24,休日\r\n2025/3/20,春分の日\r\n2025/4/29,昭和の日\r\n2025/5/3,憲法記念日\r\n"
    "2025/5/4,みどりの日\r\n2025/5/5,こどもの日\r\n2025/5/6,休日\r\n2025/7/21,海の日\r\n"
    "2025/8/11,山の日\r\n2025/9/15,敬老の日\r\n2025/9/23,秋分の日\r\n2025/10/14,スポーツの日\r\n"
    "2025/11/3,文化の日\r\n2025/11/23,勤労感謝の日\r\n2025/11/24,休日\r\n";

class Calendar : public ::testing::Test {
 protected:
  void TearDown() override { ExpectSound(daemon_); }

  std::string File(const std::string& bytes) {
    WriteFile(folder_ / "syukujitsu.csv", bytes);
    return folder_ / "syukujitsu.csv";
  }
  // The list in the published encoding.
  std::string Published() {
    return File(RunProgram({"/usr/bin/iconv", "-f", "UTF-8", "-t", "CP932",
                            File(std::string(kHeader) + kList)})
                    .out);
  }
  v1::CalendarDay Day(const std::string& day) {
    const auto days =
        Answer<v1::ListDaysResponse>(daemon_, {"calendar", "list", "--from", day, "--to", day});
    EXPECT_EQ(days.days_size(), 1);
    return days.days(0);
  }
  // Open or closed, and why.
  void ExpectDay(const std::string& day, bool open, v1::DayCause cause,
                 const std::string& holiday = "") {
    const v1::CalendarDay is = Day(day);
    EXPECT_EQ(is.open(), open) << day;
    EXPECT_EQ(is.cause(), cause) << day;
    EXPECT_EQ(is.holiday(), holiday) << day;
  }

  Daemon daemon_;
  TemporaryFolder folder_;
};

TEST_F(Calendar, TheLawsHolidaysAreKnownWithoutAList) {
  ExpectDay("2025-10-13", false, v1::DAY_CAUSE_HOLIDAY, "スポーツの日");
  EXPECT_FALSE(Day("2025-10-13").imported());
  ExpectDay("2025-04-05", false, v1::DAY_CAUSE_WEEKEND);
  ExpectDay("2025-12-29", false, v1::DAY_CAUSE_YEAR_END);
  ExpectDay("2025-04-01", true, v1::DAY_CAUSE_WEEKDAY);
  EXPECT_EQ(LinesOf(Succeed(daemon_, {"calendar", "list", "-o", "name"}).out).front(),
            "2025-04-01");
}

TEST_F(Calendar, AnImportedListWinsOverTheLawAndTheDifferenceIsShown) {
  const auto import = [&](const std::vector<std::string>& flags) {
    std::vector<std::string> args = {"calendar", "import", Published()};
    args.insert(args.end(), flags.begin(), flags.end());
    return Answer<v1::ImportHolidaysResponse>(daemon_, args);
  };
  const auto tried = import({"--dry-run"});
  EXPECT_EQ(tried.holidays(), 19);
  EXPECT_EQ(tried.first_year(), 2025);
  EXPECT_EQ(tried.last_year(), 2025);
  EXPECT_EQ(tried.changed(), 19);
  EXPECT_FALSE(Day("2025-10-13").imported());
  const auto imported = import({});
  ASSERT_EQ(imported.differences_size(), 2) << "休日 is 振替休日";
  EXPECT_EQ(imported.differences(0).day(), "2025-10-13");
  EXPECT_EQ(imported.differences(0).listed(), "");
  EXPECT_EQ(imported.differences(0).by_law(), "スポーツの日");
  EXPECT_EQ(imported.differences(1).day(), "2025-10-14");
  EXPECT_EQ(imported.differences(1).listed(), "スポーツの日");
  EXPECT_EQ(imported.differences(1).by_law(), "");
  ExpectDay("2025-10-13", true, v1::DAY_CAUSE_WEEKDAY);
  ExpectDay("2025-10-14", false, v1::DAY_CAUSE_HOLIDAY, "スポーツの日");
  EXPECT_TRUE(Day("2025-10-14").imported());
  EXPECT_FALSE(Day("2026-01-01").imported());
  ExpectDay("2026-01-01", false, v1::DAY_CAUSE_HOLIDAY, "元日");
  // The same list again changes nothing; the next list also removes days.
  EXPECT_EQ(import({}).changed(), 0);
  Succeed(daemon_, {"calendar", "import", File(std::string(kHeader) + "2025/1/1,元日\n"), "--yes"});
  ExpectDay("2025-10-14", true, v1::DAY_CAUSE_WEEKDAY);
}

TEST_F(Calendar, AnImportIsOneChangeSetAndIsUndoneAsOne) {
  Succeed(daemon_, {"calendar", "import", Published()});
  const std::string change = NewestChange(daemon_);
  EXPECT_THAT(Succeed(daemon_, {"change", "show", change, "-o", "jsonl"}).out,
              ::testing::HasSubstr("calendarDays/2025-10-14"));
  Succeed(daemon_, {"change", "undo", change, "--yes"});
  ExpectDay("2025-10-13", false, v1::DAY_CAUSE_HOLIDAY, "スポーツの日");
  EXPECT_FALSE(Day("2025-10-13").imported());
}

TEST_F(Calendar, TheWardOpensAndClosesDaysWithAReasonAndTakesItBack) {
  EXPECT_THAT(Try(daemon_, {"calendar", "set", "2025-04-12", "--open"}),
              InvalidAt({"options.reason"}));
  Succeed(daemon_, {"calendar", "set", "2025-04-12", "--open", "--reason", "土曜開庁"});
  ExpectDay("2025-04-12", true, v1::DAY_CAUSE_WARD);
  EXPECT_EQ(Day("2025-04-12").reason(), "土曜開庁");
  Succeed(daemon_, {"calendar", "set", "2025-04-10", "--closed", "--reason", "停電"});
  ExpectDay("2025-04-10", false, v1::DAY_CAUSE_WARD);
  EXPECT_EQ(Day("2025-04-10").reason(), "停電");
  const std::string closed = NewestChange(daemon_);
  Succeed(daemon_, {"calendar", "set", "2025-04-12", "--clear"});
  ExpectDay("2025-04-12", false, v1::DAY_CAUSE_WEEKEND);
  Succeed(daemon_, {"change", "undo", NewestChange(daemon_), "--yes"});
  EXPECT_EQ(Day("2025-04-12").reason(), "土曜開庁");
  Succeed(daemon_, {"change", "undo", closed, "--yes"});
  ExpectDay("2025-04-10", true, v1::DAY_CAUSE_WEEKDAY);
  EXPECT_THAT(Try(daemon_, {"calendar", "set", "2025-04-12"}), Fails(2, "USAGE"));
  EXPECT_THAT(Try(daemon_, {"calendar", "set", "2025-04-12", "--open", "--closed"}),
              Fails(2, "USAGE"));
}

TEST_F(Calendar, OnlyPlannersChangeIt) {
  const std::string person = daemon_.NewToken("operator");
  EXPECT_THAT(TryAs(daemon_, person, {"calendar", "set", "2025-04-12", "--open", "--reason", "x"}),
              Fails(5, "ROLE_MAY_NOT"));
  EXPECT_THAT(TryAs(daemon_, person, {"calendar", "import", Published()}),
              Fails(5, "ROLE_MAY_NOT"));
  EXPECT_EQ(daemon_.RunAs(person, {"calendar", "list"}).exit_code, 0);
}

TEST_F(Calendar, AListWithoutAHeaderLosesNoDay) {
  const auto answer =
      Answer<v1::ImportHolidaysResponse>(daemon_, {"calendar", "import", File(kList)});
  EXPECT_EQ(answer.holidays(), 19);
  ExpectDay("2025-01-13", false, v1::DAY_CAUSE_HOLIDAY, "成人の日");
}

TEST_F(Calendar, AYearWithFewerDaysThanByLawAsksFirst) {
  const std::string list = File("2025/1/1,元日\n2025/1/13,成人の日\n");
  EXPECT_THAT(Try(daemon_, {"calendar", "import", list}), Fails(2, "NOT_CONFIRMED"));
  EXPECT_FALSE(Day("2025-05-05").imported());
  Succeed(daemon_, {"calendar", "import", list, "--yes"});
  ExpectDay("2025-05-05", true, v1::DAY_CAUSE_WEEKDAY);
}

TEST_F(Calendar, WhatIsNoListIsRefusedWithItsLine) {
  const auto refused = [&](const std::string& bytes, const std::string& problem,
                           const std::string& line) {
    const Outcome outcome = Try(daemon_, {"calendar", "import", File(bytes)});
    EXPECT_THAT(outcome, InvalidAt({"content"}));
    EXPECT_EQ(outcome.metadata, (std::map<std::string, std::string>{
                                    {"field", "content"}, {"problem", problem}, {"line", line}}));
  };
  refused("date,name\n2025/1/1,x\n\xFF\xFF\xFF,x\n", "UNDECODABLE_BYTES", "3");
  refused("資産管理番号,部,課\nTSM-1,総務部,総務課\n", "NOT_A_HOLIDAY", "2");
  refused(std::string(kHeader) + kList + "2025/1/1,年の始め\r\n", "DAY_TWICE", "21");
  refused(std::string(kHeader) + "2025/2/30,何かの日\n", "NO_SUCH_DAY", "2");
  refused(std::string(kHeader) + "2025/1/1,\n", "NO_NAME", "2");
  EXPECT_EQ(Try(daemon_, {"calendar", "import", File("")}).metadata.at("problem"), "NO_HOLIDAY");
  for (const std::string& bytes : {std::string(kHeader) + "1025/1/1,元日\n2025/1/1,元日\n",
                                   std::string(kHeader) + std::string(2 << 20, 'x')}) {
    EXPECT_THAT(Try(daemon_, {"calendar", "import", File(bytes)}), InvalidAt({"content"}));
  }
  EXPECT_THAT(Try(daemon_, {"calendar", "import", folder_ / "nowhere.csv"}),
              Fails(2, "FILE_UNREADABLE"));
  EXPECT_FALSE(Day("2025-10-13").imported());
}

TEST_F(Calendar, ARangeOrDayThatIsNoneIsRefused) {
  const auto list = [&](const std::string& from, const std::string& to) {
    return Try(daemon_, {"calendar", "list", "--from", from, "--to", to});
  };
  EXPECT_THAT(list("2025-01-01", "3025-01-01"), InvalidAt({"last_day"}));
  EXPECT_THAT(list("2025-02-01", "2025-01-01"), InvalidAt({"last_day"}));
  EXPECT_THAT(list("2025-02-30", "2025-03-01"), InvalidAt({"first_day"}));
  EXPECT_THAT(Try(daemon_, {"calendar", "set", "2025-02-30", "--open", "--reason", "x"}),
              InvalidAt({"day"}));
}

TEST_F(Calendar, PlansGoByTheWardsDaysAndSayWhichYearsAreNotImported) {
  ImportDevices(daemon_, {{"A", 3, "総務部/総務課"}});
  ApplyRollout(daemon_,
               "phases: [ { id: all, select: \"\", not_before: 2025-04-10 } ]\n"
               "teams: [ { id: a, devices_per_slot: 1 } ]\n");
  Succeed(daemon_, {"calendar", "set", "2025-04-10", "--closed", "--reason", "停電"});
  Succeed(daemon_, {"calendar", "set", "2025-04-12", "--open", "--reason", "土曜開庁"});
  const auto plan = Answer<v1::Plan>(daemon_, {"plan", "create", "small"});
  ASSERT_EQ(plan.warnings_size(), 1);
  EXPECT_EQ(plan.warnings(0).code(), "HOLIDAYS_NOT_IMPORTED");
  const auto days = PlanDays(daemon_, 1);
  EXPECT_EQ(days.at("A-01"), "2025-04-11");
  EXPECT_EQ(days.at("A-02"), "2025-04-12");
  EXPECT_EQ(days.at("A-03"), "2025-04-14");
  Succeed(daemon_, {"calendar", "import", Published()});
  EXPECT_TRUE(Answer<v1::Plan>(daemon_, {"plan", "create", "small"}).warnings().empty());
}

}  // namespace
}  // namespace kirikae::testing

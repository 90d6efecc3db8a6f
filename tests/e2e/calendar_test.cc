// The ward's working days through the real daemon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kHeader[] = "国民の祝日・休日月日,国民の祝日・休日名称\r\n";

// 2025 as published, but with the sports day a day later.
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
  // The list in the encoding it is published in.
  std::string Published() {
    return File(RunProgram({"/usr/bin/iconv", "-f", "UTF-8", "-t", "CP932",
                            File(std::string(kHeader) + kList)})
                    .out);
  }
  std::string Day(const std::string& day) {
    return Succeed(daemon_, {"calendar", "list", "--from", day, "--to", day}).out;
  }
  // Refused with exit code 7, in both languages.
  void ExpectRefused(std::vector<std::string> args, const std::string& en, const std::string& ja) {
    const ProgramResult english = daemon_.Run(args);
    EXPECT_EQ(english.exit_code, 7) << english.err;
    EXPECT_THAT(english.err, HasSubstr(en));
    args.insert(args.end(), {"--lang", "ja"});
    EXPECT_THAT(daemon_.Run(args).err, HasSubstr(ja));
  }
  std::string Newest() {
    const std::string names = daemon_.Run({"change", "list", "-o", "name"}).out;
    return names.substr(11, names.find('\n') - 11);
  }

  Daemon daemon_;
  TemporaryFolder folder_;
};

TEST_F(Calendar, TheLawsHolidaysAreKnownWithoutAList) {
  EXPECT_THAT(Day("2025-10-13"), ContainsRegex("closed +スポーツの日 +holiday by law"));
  EXPECT_THAT(Day("2025-04-05"), ContainsRegex("Sat +closed +weekend"));
  EXPECT_THAT(Day("2025-12-29"), ContainsRegex("closed +year's end"));
  EXPECT_THAT(Day("2025-04-01"), ContainsRegex("Tue +open"));
  EXPECT_EQ(LinesOf(Succeed(daemon_, {"calendar", "list", "-o", "name"}).out).front(),
            "2025-04-01");
}

TEST_F(Calendar, AnImportedListWinsOverTheLawAndTheDifferenceIsShown) {
  const ProgramResult tried = Succeed(daemon_, {"calendar", "import", Published(), "--dry-run"});
  EXPECT_THAT(tried.err, HasSubstr("19 holidays of 2025 to 2025; 19 day(s) change"));
  EXPECT_THAT(Day("2025-10-13"), HasSubstr("holiday by law"));
  const ProgramResult imported = Succeed(daemon_, {"calendar", "import", Published()});
  EXPECT_THAT(imported.out, ContainsRegex("2025-10-13 +スポーツの日"));
  EXPECT_THAT(imported.out, ContainsRegex("2025-10-14 +スポーツの日"));
  EXPECT_THAT(imported.out, Not(HasSubstr("2025-11-24")));  // 休日 is 振替休日
  EXPECT_THAT(Day("2025-10-13"), ContainsRegex("Mon +open"));
  EXPECT_THAT(Day("2025-10-14"), ContainsRegex("closed +スポーツの日 +holiday, as published"));
  EXPECT_THAT(Day("2026-01-01"), HasSubstr("holiday by law"));
  // Once more changes nothing; the next list takes days away too.
  EXPECT_THAT(Succeed(daemon_, {"calendar", "import", Published()}).err,
              HasSubstr("0 day(s) change"));
  Succeed(daemon_, {"calendar", "import", File(std::string(kHeader) + "2025/1/1,元日\n")});
  EXPECT_THAT(Day("2025-10-14"), ContainsRegex("Tue +open"));
}

TEST_F(Calendar, AnImportIsOneChangeSetAndIsUndoneAsOne) {
  Succeed(daemon_, {"calendar", "import", Published()});
  const std::string change = Newest();
  EXPECT_THAT(Succeed(daemon_, {"change", "show", change}).out,
              HasSubstr("calendarDays/2025-10-14"));
  Succeed(daemon_, {"change", "undo", change, "--yes"});
  EXPECT_THAT(Day("2025-10-13"), HasSubstr("holiday by law"));
}

TEST_F(Calendar, TheWardOpensAndClosesDaysWithAReasonAndTakesItBack) {
  ExpectRefused({"calendar", "set", "2025-04-12", "--open"}, "Say why", "理由");
  Succeed(daemon_, {"calendar", "set", "2025-04-12", "--open", "--reason", "土曜開庁"});
  EXPECT_THAT(Day("2025-04-12"), ContainsRegex("Sat +open +土曜開庁"));
  Succeed(daemon_, {"calendar", "set", "2025-04-10", "--closed", "--reason", "停電"});
  EXPECT_THAT(Day("2025-04-10"), ContainsRegex("Thu +closed +停電"));
  const std::string closed = Newest();
  Succeed(daemon_, {"calendar", "set", "2025-04-12", "--clear"});
  EXPECT_THAT(Day("2025-04-12"), ContainsRegex("closed +weekend"));
  Succeed(daemon_, {"change", "undo", Newest(), "--yes"});
  EXPECT_THAT(Day("2025-04-12"), HasSubstr("土曜開庁"));
  Succeed(daemon_, {"change", "undo", closed, "--yes"});
  EXPECT_THAT(Day("2025-04-10"), ContainsRegex("Thu +open"));
  EXPECT_EQ(daemon_.Run({"calendar", "set", "2025-04-12"}).exit_code, 2);
  EXPECT_EQ(daemon_.Run({"calendar", "set", "2025-04-12", "--open", "--closed"}).exit_code, 2);
}

TEST_F(Calendar, OnlyPlannersChangeIt) {
  const std::string person = daemon_.NewToken("operator");
  EXPECT_EQ(
      daemon_.RunAs(person, {"calendar", "set", "2025-04-12", "--open", "--reason", "x"}).exit_code,
      5);
  EXPECT_EQ(daemon_.RunAs(person, {"calendar", "import", Published()}).exit_code, 5);
  EXPECT_EQ(daemon_.RunAs(person, {"calendar", "list"}).exit_code, 0);
}

TEST_F(Calendar, WhatIsNoListIsRefusedWithItsLine) {
  const auto refused = [&](const std::string& bytes, const std::string& en, const std::string& ja) {
    ExpectRefused({"calendar", "import", File(bytes)}, en, ja);
  };
  refused("", "no holiday in the file", "祝日がありません");
  refused("date,name\n2025/1/1,x\n\xFF\xFF\xFF,x\n", "Line 3 is neither CP932 nor UTF-8",
          "3行目が CP932");
  refused("資産管理番号,部,課\nTSM-1,総務部,総務課\n", "Line 2 is not a day and a name", "2行目は");
  refused(std::string(kHeader) + kList + kList, "Line 21: the day 2025-01-01 is there twice",
          "21行目: 2025-01-01 が2回");
  refused(std::string(kHeader) + "2025/2/30,何かの日\n", "there is no day 2025/2/30",
          "2025/2/30 という日はありません");
  refused(std::string(kHeader) + "2025/1/1,\n", "has no name", "名称がありません");
  refused(std::string(kHeader) + "1025/1/1,元日\n2025/1/1,元日\n", "from 1025 to 2025",
          "1025年から2025年まで");
  refused(std::string(kHeader) + std::string(2 << 20, 'x'), "at most 1 MiB", "1 MiB");
  EXPECT_EQ(daemon_.Run({"calendar", "import", folder_ / "nowhere.csv"}).exit_code, 2);
  EXPECT_THAT(Day("2025-10-13"), HasSubstr("holiday by law"));
}

TEST_F(Calendar, ARangeOrDayThatIsNoneIsRefused) {
  ExpectRefused({"calendar", "list", "--from", "2025-01-01", "--to", "3025-01-01"},
                "365243 days; ask for at most 1000", "365243日間");
  ExpectRefused({"calendar", "list", "--from", "2025-02-01", "--to", "2025-01-01"},
                "before the first", "最初の日より前");
  ExpectRefused({"calendar", "list", "--from", "2025-02-30"}, "2025-02-30", "2025-02-30");
  ExpectRefused({"calendar", "set", "2025-02-30", "--open", "--reason", "x"}, "2025-02-30",
                "2025-02-30");
}

TEST_F(Calendar, PlansGoByTheWardsDaysAndSayWhichYearsAreNotImported) {
  ImportDevices(daemon_, {{"A", 3, "総務部/総務課"}});
  ApplyRollout(daemon_,
               "phases: [ { id: all, select: \"\", not_before: 2025-04-10 } ]\n"
               "teams: [ { id: a, devices_per_slot: 1 } ]\n");
  Succeed(daemon_, {"calendar", "set", "2025-04-10", "--closed", "--reason", "停電"});
  Succeed(daemon_, {"calendar", "set", "2025-04-12", "--open", "--reason", "土曜開庁"});
  const ProgramResult plan = Succeed(daemon_, {"plan", "create", "small"});
  EXPECT_THAT(plan.out + plan.err, HasSubstr("days of 2025, whose published holidays"));
  const auto days = PlanDays(daemon_, 1);
  EXPECT_EQ(days.at("A-01"), "2025-04-11");
  EXPECT_EQ(days.at("A-02"), "2025-04-12");
  EXPECT_EQ(days.at("A-03"), "2025-04-14");
  Succeed(daemon_, {"calendar", "import", Published()});
  const ProgramResult again = Succeed(daemon_, {"plan", "create", "small"});
  EXPECT_THAT(again.out + again.err, Not(HasSubstr("whose published holidays")));
}

}  // namespace
}  // namespace kirikae::testing

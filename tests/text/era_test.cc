#include "service/text/era.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kirikae::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string FaultOf(std::string_view text) {
  Note fault;
  const auto parsed = ParseDay(text, &fault);
  EXPECT_FALSE(parsed.ok()) << text;
  return fault.code;
}

TEST(ParseDay, RefusesDaysThatDoNotExist) {
  for (const char* text : {"令和7年2月30日", "2025-02-29", "2025/13/1", "2025/0/1", "R7.4.31",
                           "20250431", "2025-01-00", "1900/2/29"}) {
    EXPECT_EQ(FaultOf(text), "NO_SUCH_DAY") << text;
  }
  Note fault;
  EXPECT_EQ(ParseDay("令和7年2月30日", &fault).status().message(),
            "There is no such day: 令和7年2月30日.");
  EXPECT_THAT(fault.sentence.args, ElementsAre("令和7年2月30日"));
}

TEST(ParseDay, RefusesWhatIsNoDate) {
  for (const char* text : {"",
                           " ",
                           "未定",
                           "2025",
                           "2025-05",
                           "25-05-01",
                           "5/1/2025",
                           "45413",
                           "令和0年1月1日",
                           "令和年1月1日",
                           "2025-05-01 25:30",
                           "2025-5/1",
                           "2025年5月1",
                           "2025-05-01(金",
                           "X7.5.1",
                           "2025-05-01x",
                           "2025-005-01",
                           "999999999999-1-1",
                           "令和元元年1月1日",
                           "2025-05-01 日曜x"}) {
    EXPECT_EQ(FaultOf(text), "NOT_A_DATE") << text;
  }
}

// Such a day had no text in the history from which an undo could read it.
TEST(ParseDay, RefusesAYearThatRecordsCantKeep) {
  for (const char* text : {"0025-05-01", "00250501", "0000/1/1", "0999年12月31日"}) {
    EXPECT_EQ(FaultOf(text), "NOT_A_DATE") << text;
  }
  EXPECT_EQ(ParseDay("1000-01-01")->day, absl::CivilDay(1000, 1, 1));
}

TEST(ParseDay, ReadsEachForm) {
  for (const char* text : {"2025-05-01",
                           "2025/5/1",
                           "2025.5.1",
                           "20250501",
                           "2025年5月1日",
                           "令和7年5月1日",
                           "R7.5.1",
                           "r7/5/1",
                           "令7.5.1",
                           "令和７年５月１日",
                           "２０２５／５／１",
                           "２０２５－０５－０１",
                           "令和 7年 5月 1日",
                           "㋿7年5月1日",
                           "2025/5/1(木)",
                           "令和7年5月1日（木）",
                           "令和7年5月1日木曜日",
                           "令和7年5月1日(木曜)",
                           "2025/05/01 0:00",
                           "2025-05-01T00:00:00",
                           " 2025/5/1 "}) {
    const auto parsed = ParseDay(text);
    ASSERT_TRUE(parsed.ok()) << text;
    EXPECT_EQ(parsed->day, absl::CivilDay(2025, 5, 1)) << text;
    EXPECT_THAT(parsed->notes, IsEmpty()) << text;
  }
  EXPECT_EQ(ParseDay("令和元年5月1日")->day, absl::CivilDay(2019, 5, 1));
  EXPECT_EQ(ParseDay("H元.1.8")->day, absl::CivilDay(1989, 1, 8));
  EXPECT_EQ(ParseDay("昭和64年1月7日")->day, absl::CivilDay(1989, 1, 7));
  EXPECT_EQ(ParseDay("S64.1.7")->day, absl::CivilDay(1989, 1, 7));
  EXPECT_EQ(ParseDay("大正15年12月24日")->day, absl::CivilDay(1926, 12, 24));
  EXPECT_EQ(ParseDay("明治45年7月29日")->day, absl::CivilDay(1912, 7, 29));
  EXPECT_EQ(ParseDay("2024-02-29")->day, absl::CivilDay(2024, 2, 29));
}

TEST(ParseDay, WarnsOfAnEraPastItsEnd) {
  const auto parsed = ParseDay("平成31年5月1日");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->day, absl::CivilDay(2019, 5, 1));
  ASSERT_EQ(parsed->notes.size(), 1u);
  EXPECT_EQ(parsed->notes[0].code, "ERA_ENDED");
  EXPECT_EQ(parsed->notes[0].sentence.English(),
            "The era of 平成31年5月1日 had ended by then; read as 2019-05-01.");
  EXPECT_THAT(ParseDay("平成31年4月30日")->notes, IsEmpty());
  EXPECT_EQ(ParseDay("令和元年4月30日")->notes[0].code, "ERA_NOT_BEGUN");
  EXPECT_EQ(ParseDay("昭和100年1月1日")->day, absl::CivilDay(2025, 1, 1));
}

TEST(ParseDay, WarnsOfAnotherWeekday) {
  const auto parsed = ParseDay("2025/5/1(金)");
  ASSERT_TRUE(parsed.ok());
  ASSERT_EQ(parsed->notes.size(), 1u);
  EXPECT_EQ(parsed->notes[0].code, "WEEKDAY_DIFFERS");
  EXPECT_THAT(parsed->notes[0].sentence.args, ElementsAre("2025/5/1(金)", "2025-05-01", "木"));
}

TEST(ParseDay, DropsATimeOfDay) {
  for (const char* text : {"2025/3/1 9:30", "2025/03/01 09:30:00", "2025-03-01T09:30:00+09:00",
                           "2025-03-01 00:00:00.000", "2025-03-01T09:30Z", "2025/3/1　９：３０",
                           "2025年3月1日 9時30分", "2025年3月1日9時", "2025年3月1日午後9時30分05秒",
                           "2025/03/01 9:30:00 PM", "2025-03-01 09:30:00.1234567 +0900",
                           "20250301 09:30", "R7.3.1 9:30", "2025/3/1(土) 9:30"}) {
    Note fault;
    const auto parsed = ParseDay(text, &fault);
    ASSERT_TRUE(parsed.ok()) << text;
    EXPECT_EQ(IsoDate(parsed->day), "2025-03-01") << text;
  }
  for (const char* text : {"2025/3/1 25:00", "2025/3/1 9:75", "2025/3/1 x", "2025/3/1 9", "9:30",
                           "9999-12-31T23000000010199999999Z"}) {
    EXPECT_FALSE(ParseDay(text).ok()) << text;
  }
}

TEST(ParseDay, ReadsKanjiNumerals) {
  EXPECT_EQ(IsoDate(ParseDay("令和七年五月一日")->day), "2025-05-01");
  EXPECT_EQ(IsoDate(ParseDay("令和元年十二月三十一日")->day), "2019-12-31");
  EXPECT_EQ(IsoDate(ParseDay("平成三十年十月二十日")->day), "2018-10-20");
  EXPECT_EQ(IsoDate(ParseDay("二〇二五年五月十一日（日）")->day), "2025-05-11");
  EXPECT_EQ(IsoDate(ParseDay("令和七年五月一日木曜日")->day), "2025-05-01");
  EXPECT_FALSE(ParseDay("令和七年十三月一日").ok());
  EXPECT_FALSE(ParseDay("令和七年五月十十日").ok());
}

}  // namespace
}  // namespace kirikae::text

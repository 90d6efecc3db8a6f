#include "service/text/holidays.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "service/text/encoding.h"
#include "service/text/era.h"

namespace kirikae::text {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> Year(int year) {
  std::vector<std::string> out;
  for (absl::CivilDay day(year, 1, 1); day.year() == year; ++day) {
    if (const auto holiday = HolidayOn(day)) {
      out.push_back(IsoDate(day).substr(5) + " " + std::string(holiday->name));
    }
  }
  return out;
}

TEST(ParsePublishedHolidays, RefusesWhatIsNoList) {
  const auto message = [](std::string_view bytes) {
    return std::string(ParsePublishedHolidays(bytes).status().message());
  };
  EXPECT_THAT(message(""), HasSubstr("no holiday"));
  EXPECT_THAT(message("日,名\n2025/1/1,元日\n2025/2/30,x\n"), HasSubstr("line 3"));
  EXPECT_THAT(message("日,名\n2025/1/1\n"), HasSubstr("line 2"));
  EXPECT_THAT(message("日,名\n2025/1/1,\n"), HasSubstr("no name"));
  EXPECT_THAT(message("日,名\n2025/1/1,a\n2025/1/1,b\n"),
              HasSubstr("line 3: a day is named twice: 2025-01-01"));
}

TEST(ParsePublishedHolidays, ReadsCp932) {
  std::vector<WrittenAs> lost;
  const std::string bytes = EncodeCp932(
      "国民の祝日・休日月日,国民の祝日・休日名称\r\n2025/1/13,成人の日\r\n2025/1/1,元日\r\n",
      &lost);
  const auto days = ParsePublishedHolidays(bytes);
  ASSERT_TRUE(days.ok()) << days.status();
  EXPECT_THAT(*days, ElementsAre(PublishedHoliday{absl::CivilDay(2025, 1, 1), "元日"},
                                 PublishedHoliday{absl::CivilDay(2025, 1, 13), "成人の日"}));
}

TEST(HolidayOn, Year2025) {
  EXPECT_THAT(Year(2025),
              ElementsAre("01-01 元日", "01-13 成人の日", "02-11 建国記念の日", "02-23 天皇誕生日",
                          "02-24 振替休日", "03-20 春分の日", "04-29 昭和の日", "05-03 憲法記念日",
                          "05-04 みどりの日", "05-05 こどもの日", "05-06 振替休日", "07-21 海の日",
                          "08-11 山の日", "09-15 敬老の日", "09-23 秋分の日", "10-13 スポーツの日",
                          "11-03 文化の日", "11-23 勤労感謝の日", "11-24 振替休日"));
}

TEST(HolidayOn, Year2019HasTheAccession) {
  EXPECT_THAT(
      Year(2019),
      ElementsAre("01-01 元日", "01-14 成人の日", "02-11 建国記念の日", "03-21 春分の日",
                  "04-29 昭和の日", "04-30 国民の休日", "05-01 天皇の即位の日", "05-02 国民の休日",
                  "05-03 憲法記念日", "05-04 みどりの日", "05-05 こどもの日", "05-06 振替休日",
                  "07-15 海の日", "08-11 山の日", "08-12 振替休日", "09-16 敬老の日",
                  "09-23 秋分の日", "10-14 体育の日", "10-22 即位礼正殿の儀の行われる日",
                  "11-03 文化の日", "11-04 振替休日", "11-23 勤労感謝の日"));
}

TEST(HolidayOn, GamesMovedDays) {
  EXPECT_THAT(Year(2020),
              ElementsAre("01-01 元日", "01-13 成人の日", "02-11 建国記念の日", "02-23 天皇誕生日",
                          "02-24 振替休日", "03-20 春分の日", "04-29 昭和の日", "05-03 憲法記念日",
                          "05-04 みどりの日", "05-05 こどもの日", "05-06 振替休日", "07-23 海の日",
                          "07-24 スポーツの日", "08-10 山の日", "09-21 敬老の日", "09-22 秋分の日",
                          "11-03 文化の日", "11-23 勤労感謝の日"));
  EXPECT_EQ(HolidayOn(absl::CivilDay(2021, 8, 9))->kind, HolidayKind::kSubstitute);
  EXPECT_FALSE(HolidayOn(absl::CivilDay(2021, 10, 11)).has_value());
  EXPECT_FALSE(HolidayOn(absl::CivilDay(2021, 8, 11)).has_value());
}

TEST(HolidayOn, SandwichedDays) {
  for (absl::CivilDay day :
       {absl::CivilDay(2009, 9, 22), absl::CivilDay(2015, 9, 22), absl::CivilDay(2026, 9, 22),
        absl::CivilDay(2032, 9, 21), absl::CivilDay(2006, 5, 4)}) {
    ASSERT_TRUE(HolidayOn(day).has_value()) << IsoDate(day);
    EXPECT_EQ(HolidayOn(day)->kind, HolidayKind::kBetween) << IsoDate(day);
  }
  EXPECT_FALSE(HolidayOn(absl::CivilDay(2003, 5, 4)).has_value());  // a Sunday, under the old law
  EXPECT_EQ(HolidayOn(absl::CivilDay(2009, 5, 6))->kind, HolidayKind::kSubstitute);
  EXPECT_EQ(HolidayOn(absl::CivilDay(2008, 5, 6))->kind, HolidayKind::kSubstitute);
}

TEST(HolidayOn, Equinoxes) {
  const std::map<int, std::pair<int, int>> days = {
      {2000, {20, 23}}, {2003, {21, 23}}, {2011, {21, 23}}, {2012, {20, 22}},
      {2016, {20, 22}}, {2024, {20, 22}}, {2026, {20, 23}}, {2027, {21, 23}}};
  for (const auto& [year, day] : days) {
    EXPECT_EQ(HolidayOn(absl::CivilDay(year, 3, day.first))->name, "春分の日") << year;
    EXPECT_EQ(HolidayOn(absl::CivilDay(year, 9, day.second))->name, "秋分の日") << year;
  }
}

TEST(HolidayOn, EveryYearHasItsHolidays) {
  for (int year = kFirstHolidayYear; year <= kLastHolidayYear; ++year) {
    const size_t count = Year(year).size();
    EXPECT_GE(count, 15u) << year;
    EXPECT_LE(count, 22u) << year;
  }
  EXPECT_FALSE(HolidayOn(absl::CivilDay(1999, 1, 1)).has_value());
  EXPECT_FALSE(HolidayOn(absl::CivilDay(2100, 1, 1)).has_value());
}

TEST(ParsePublishedHolidays, NeedsNoHeader) {
  for (const char* list :
       {"2025/1/1,元日\n2025/1/13,成人の日\n",
        "国民の祝日・休日月日,国民の祝日・休日名称\r\n2025/1/1,元日\r\n2025/1/13,成人の日\r\n",
        "祝日一覧\n\n日付\t名称\n2025-01-01\t元日\n令和7年1月13日\t成人の日\n\x1A",
        "\"2025/1/1\",\"元日\",\n\"2025/1/13\",\"成人の日\",\n2025/1/13,成人の日\n"}) {
    const auto days = ParsePublishedHolidays(list);
    ASSERT_TRUE(days.ok()) << list << days.status();
    ASSERT_EQ(days->size(), 2U) << list;
    EXPECT_EQ((*days)[0], (PublishedHoliday{absl::CivilDay(2025, 1, 1), "元日"}));
    EXPECT_EQ((*days)[1], (PublishedHoliday{absl::CivilDay(2025, 1, 13), "成人の日"}));
  }
}

TEST(ParsePublishedHolidays, AWrongFirstDayIsNoHeader) {
  HolidayFault fault;
  EXPECT_FALSE(ParsePublishedHolidays("2025/1/32,元日\n2025/1/13,成人の日\n", &fault).ok());
  EXPECT_EQ(fault.line, 1U);
}

}  // namespace
}  // namespace kirikae::text

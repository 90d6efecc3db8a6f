#include "service/app/calendar/holiday_list.h"

#include <string>

#include "service/domain/error_detail.h"
#include "tests/app/ward_fixture.h"

namespace kirikae::app {
namespace {

constexpr char kHeader[] = "国民の祝日・休日月日,国民の祝日・休日名称\n";

class HolidayListTest : public WardFixture {
 protected:
  absl::StatusOr<HolidayImport> Import(const std::string& rows) {
    const auto calendar = OfficeCalendar::Read(*Read());
    EXPECT_TRUE(calendar.ok()) << calendar.status();
    return ReadHolidayList(kHeader + rows, *calendar, true);
  }
  // What is wrong, and in which line if in one: "DAY_TWICE 3".
  std::string Fault(const std::string& rows) {
    const auto import = Import(rows);
    EXPECT_EQ(import.status().code(), absl::StatusCode::kInvalidArgument);
    const auto detail = domain::DetailOf(import.status());
    if (!detail.has_value() || detail->violations.size() != 1) return "";
    EXPECT_EQ(detail->violations.front().field, "content");
    const auto line = detail->metadata.find("line");
    return detail->metadata.at("problem") +
           (line == detail->metadata.end() ? "" : " " + line->second);
  }
};

TEST_F(HolidayListTest, ComparesWithTheLawInTheYearsThatItHas) {
  const auto import = Import("2025/1/1,元日\n2025/6/2,臨時の祝日\n");
  ASSERT_TRUE(import.ok()) << import.status();
  EXPECT_EQ(import->holidays, 2);
  EXPECT_EQ(import->first_year, 2025);
  EXPECT_EQ(import->last_year, 2025);
  EXPECT_EQ(import->edits.size(), 2U);
  bool extra = false;
  bool missing = false;
  for (const HolidayDifference& difference : import->differences) {
    EXPECT_NE(difference.day, Day("2025-01-01"));
    extra = extra || (difference.day == Day("2025-06-02") && difference.by_law.empty());
    missing = missing || (difference.day == Day("2025-05-05") && difference.listed.empty());
  }
  EXPECT_TRUE(extra);
  EXPECT_TRUE(missing);
}

TEST_F(HolidayListTest, AHolidayThatTheNewListLacksIsTakenOutAndTheWardsDayStays) {
  domain::CalendarDay old;
  old.day = Day("2025-06-02");
  old.holiday = "臨時の祝日";
  old.office = domain::OfficeDay::kOpen;
  Store({old});
  const auto import = Import("2025/1/1,元日\n");
  ASSERT_TRUE(import.ok()) << import.status();
  ASSERT_EQ(import->edits.size(), 2U);
  EXPECT_EQ(import->edits[1].day, old.day);
  EXPECT_EQ(import->edits[1].holiday, "");
  EXPECT_EQ(import->edits[1].office, domain::OfficeDay::kOpen);
}

TEST_F(HolidayListTest, FaultsNameTheirLine) {
  EXPECT_EQ(Fault("2025/1/1,元日\n2025/2/30,無い日\n"), "NO_SUCH_DAY 3");
  EXPECT_EQ(Fault("2025/1/1,\n"), "NO_NAME 2");
  EXPECT_EQ(Fault("2025/1/1,元日\n2025/1/1,年の始め\n"), "DAY_TWICE 3");
  EXPECT_EQ(Fault(""), "NO_HOLIDAY");
  EXPECT_EQ(Fault("2100/1/1,元日\n"), "YEAR_NOT_KNOWN");
}

TEST_F(HolidayListTest, ADayThatStandsThereTwiceIsTakenOnce) {
  const auto import = Import("2025/1/1,元日\n2025/1/1,元日\n2025/1/13,成人の日\n");
  ASSERT_TRUE(import.ok()) << import.status();
  EXPECT_EQ(import->holidays, 2);
}

TEST_F(HolidayListTest, TheLawsNamesAreNoDifference) {
  const auto import = Import(
      "2025/1/1,元日\n2025/2/24,振替休日\n2025/5/6,休日\n2025/11/24,休日（勤労感謝の日 振替休日）\n"
      "2019/5/1,休日（祝日扱い）\n2019/10/14,体育の日（スポーツの日）\n2019/4/30,国民の休日\n");
  ASSERT_TRUE(import.ok()) << import.status();
  for (const HolidayDifference& difference : import->differences) {
    EXPECT_EQ(difference.listed, "") << difference.day;
  }
}

TEST_F(HolidayListTest, AYearWithFewerDaysThanByLawIsAskedAbout) {
  const auto calendar = OfficeCalendar::Read(*Read());
  ASSERT_TRUE(calendar.ok());
  const auto import = ReadHolidayList("2025/1/1,元日\n", *calendar);
  const auto detail = domain::DetailOf(import.status());
  ASSERT_TRUE(detail.has_value());
  EXPECT_EQ(detail->metadata.at("problem"), "FEWER_THAN_BY_LAW");
  EXPECT_EQ(detail->metadata.at("years"), "2025 (1/19)");
  EXPECT_EQ(detail->violations.front().field, "accept_fewer");
}

TEST_F(HolidayListTest, AListOverOneMebibyteIsRefused) {
  EXPECT_EQ(Fault(std::string(size_t{1} << 20U, 'x')), "FILE_TOO_LARGE");
}

}  // namespace
}  // namespace kirikae::app

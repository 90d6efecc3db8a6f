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
    return ReadHolidayList(kHeader + rows, *calendar);
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
  EXPECT_EQ(Fault("2025/1/1,元日\n2025/1/1,元日\n"), "DAY_TWICE 3");
  EXPECT_EQ(Fault(""), "NO_HOLIDAY");
  EXPECT_EQ(Fault("2100/1/1,元日\n"), "YEAR_NOT_KNOWN");
}

TEST_F(HolidayListTest, AListOverOneMebibyteIsRefused) {
  EXPECT_EQ(Fault(std::string(size_t{1} << 20U, 'x')), "FILE_TOO_LARGE");
}

}  // namespace
}  // namespace kirikae::app

#include "service/app/calendar/office_calendar.h"

#include <string>
#include <vector>

#include "tests/app/ward_fixture.h"

namespace kirikae::app {
namespace {

class OfficeCalendarTest : public WardFixture {
 protected:
  OfficeCalendar Calendar() {
    auto calendar = OfficeCalendar::Read(*Read());
    EXPECT_TRUE(calendar.ok()) << calendar.status();
    return *std::move(calendar);
  }

  static domain::CalendarDay Listed(const std::string& day, const std::string& holiday) {
    domain::CalendarDay listed;
    listed.day = Day(day);
    listed.holiday = holiday;
    return listed;
  }
};

TEST_F(OfficeCalendarTest, WithoutAListTheLawDecides) {
  const OfficeCalendar calendar = Calendar();
  EXPECT_EQ(calendar.HolidayOn(Day("2025-05-05")), "こどもの日");
  EXPECT_FALSE(calendar.On(Day("2025-05-05")).open);
  EXPECT_EQ(calendar.On(Day("2025-05-05")).cause, domain::DayCause::kHoliday);
  EXPECT_TRUE(calendar.On(Day("2025-05-07")).open);
  EXPECT_EQ(calendar.On(Day("2025-05-10")).cause, domain::DayCause::kWeekend);
  EXPECT_FALSE(calendar.IsImported(absl::CivilYear(2025)));
}

TEST_F(OfficeCalendarTest, TheListDecidesAllDaysOfItsYearsAndNoOthers) {
  Store({Listed("2025-06-02", "臨時の祝日")});
  const OfficeCalendar calendar = Calendar();
  EXPECT_TRUE(calendar.IsImported(absl::CivilYear(2025)));
  EXPECT_EQ(calendar.HolidayOn(Day("2025-06-02")), "臨時の祝日");
  EXPECT_EQ(calendar.HolidayOn(Day("2025-05-05")), "");  // not in the list
  EXPECT_EQ(calendar.HolidayOn(Day("2026-05-05")), "こどもの日");
}

TEST_F(OfficeCalendarTest, WhatTheWardSetsDecidesBeforeAllElse) {
  domain::CalendarDay day = Listed("2025-06-02", "臨時の祝日");
  day.office = domain::OfficeDay::kOpen;
  Store({day});
  EXPECT_TRUE(Calendar().On(day.day).open);
  EXPECT_EQ(Calendar().On(day.day).cause, domain::DayCause::kWard);
}

}  // namespace
}  // namespace kirikae::app

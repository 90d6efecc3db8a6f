#include "service/app/calendar/set_day.h"

#include <optional>

#include "service/domain/error_detail.h"
#include "tests/app/ward_fixture.h"

namespace kirikae::app {
namespace {

class SetDayTest : public WardFixture {
 protected:
  absl::Status Set(absl::CivilDay day, std::optional<domain::OfficeDay> office,
                   const std::string& reason) {
    return Write(Context(reason),
                 [&](store::ReadView& view, int64_t,
                     const WriteContext& context) -> absl::StatusOr<store::Draft> {
                   auto setting = SetDay(view, day, office, context);
                   if (!setting.ok()) return setting.status();
                   return setting->draft;
                 });
  }
  std::optional<domain::CalendarDay> Stored(absl::CivilDay day) {
    return *Read()->FindCalendarDay(day);
  }
  size_t ChangeSets() { return Read()->ListChangeSets({})->size(); }
};

TEST_F(SetDayTest, ADayIsSetWithItsReasonAndTheCalendarSaysSo) {
  const absl::CivilDay saturday = Day("2025-05-10");
  ASSERT_TRUE(Set(saturday, domain::OfficeDay::kOpen, "臨時開庁").ok());
  ASSERT_TRUE(Stored(saturday).has_value());
  EXPECT_EQ(Stored(saturday)->office, domain::OfficeDay::kOpen);
  EXPECT_EQ(Stored(saturday)->reason, "臨時開庁");
  EXPECT_TRUE(OfficeCalendar::Read(*Read())->On(saturday).open);
}

TEST_F(SetDayTest, SettingWithoutAReasonIsRefusedAndClearingIsNot) {
  const absl::CivilDay day = Day("2025-05-12");
  const absl::Status refused = Set(day, domain::OfficeDay::kClosed, "");
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  ASSERT_TRUE(domain::DetailOf(refused).has_value());
  EXPECT_EQ(domain::DetailOf(refused)->violations.front().field, "options.reason");

  ASSERT_TRUE(Set(day, domain::OfficeDay::kClosed, "停電").ok());
  ASSERT_TRUE(Set(day, std::nullopt, "").ok());
  EXPECT_FALSE(Stored(day)->office.has_value());
  EXPECT_EQ(Stored(day)->reason, "");
  EXPECT_EQ(Read()->ListChangeSets({})->front().act, "CLEAR_DAY");
}

TEST_F(SetDayTest, ClearingADayThatWasNeverSetLeavesNoRecord) {
  ASSERT_TRUE(Set(Day("2025-05-13"), std::nullopt, "").ok());
  EXPECT_FALSE(Stored(Day("2025-05-13")).has_value());
  EXPECT_EQ(ChangeSets(), 0U);
}

TEST_F(SetDayTest, TheHolidayOfTheListStays) {
  domain::CalendarDay listed;
  listed.day = Day("2025-06-02");
  listed.holiday = "臨時の祝日";
  Store({listed});
  ASSERT_TRUE(Set(listed.day, domain::OfficeDay::kOpen, "窓口開設").ok());
  EXPECT_EQ(Stored(listed.day)->holiday, "臨時の祝日");
}

}  // namespace
}  // namespace kirikae::app

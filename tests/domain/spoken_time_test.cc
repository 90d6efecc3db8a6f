#include "service/domain/spoken_time.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace kirikae::domain {
namespace {

// Friday.
constexpr absl::CivilDay kToday(2025, 4, 4);

absl::TimeZone Tokyo() {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone("Asia/Tokyo", &zone));
  return zone;
}

std::string Read(const std::string& text, Toward toward = Toward::kNearest) {
  const auto day = ReadSpokenDay(text, kToday, toward);
  return day.has_value() ? absl::FormatCivilTime(*day) : "-";
}

std::string Time(const std::string& text) {
  const absl::Time now = absl::FromCivil(absl::CivilMinute(2025, 4, 4, 16, 30), Tokyo());
  const auto time = ReadSpokenTime(text, now, Tokyo());
  return time.has_value() ? absl::FormatTime("%Y-%m-%d %H:%M:%S", *time, Tokyo()) : "-";
}

TEST(SpokenDay, TakesTheFormsOfFilesAndOfPeople) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"2025-04-20", "2025-04-20"},
      {"2025/4/20", "2025-04-20"},
      {"20250420", "2025-04-20"},
      {"令和7年4月20日", "2025-04-20"},
      {"R7.4.20", "2025-04-20"},
      {"２０２５／４／２０", "2025-04-20"},
      {"4/20", "2025-04-20"},
      {"４／２０", "2025-04-20"},
      {"4月20日", "2025-04-20"},
      {"4月20日(日)", "2025-04-20"},
      {"4/20（日）", "2025-04-20"},
      {"4.20", "2025-04-20"},
      {"today", "2025-04-04"},
      {"Tomorrow", "2025-04-05"},
      {"yesterday", "2025-04-03"},
      {"今日", "2025-04-04"},
      {"明日", "2025-04-05"},
      {"明後日", "2025-04-06"},
      {"昨日", "2025-04-03"},
      {" 4/20 ", "2025-04-20"},
      {"2025-04-04 15:00", "2025-04-04"}};
  for (const auto& [text, day] : cases) EXPECT_EQ(Read(text), day) << text;
}

TEST(SpokenDay, WithoutAYearIsOfTheYearThatIsMeant) {
  EXPECT_EQ(Read("3/1", Toward::kFuture), "2026-03-01");
  EXPECT_EQ(Read("3/1", Toward::kPast), "2025-03-01");
  EXPECT_EQ(Read("5/1", Toward::kPast), "2024-05-01");
  EXPECT_EQ(Read("4/4", Toward::kFuture), "2025-04-04");
  EXPECT_EQ(Read("12/28", Toward::kNearest), "2024-12-28");
  EXPECT_EQ(Read("2/29", Toward::kFuture), "2028-02-29");
}

TEST(SpokenDay, RefusesWhatIsNoDay) {
  for (const char* text : {"", "4", "4/31", "13/1", "2025-02-30", "4月20日(月)", "soon", "4/20/1",
                           "15:00", "2025-04-04 15"}) {
    EXPECT_EQ(Read(text), "-") << text;
  }
}

TEST(SpokenTime, TakesTheWardsTimeWithAndWithoutADay) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"2025-04-04 15:00", "2025-04-04 15:00:00"},
      {"2025-04-04T15:00", "2025-04-04 15:00:00"},
      {"2025-04-04T15:00:00+09:00", "2025-04-04 15:00:00"},
      {"2025-04-04T06:00:00Z", "2025-04-04 15:00:00"},
      {"4/4 9:05", "2025-04-04 09:05:00"},
      {"12/28 9:05", "2024-12-28 09:05:00"},
      {"令和7年4月4日 15時", "2025-04-04 15:00:00"},
      {"令和7年4月4日午後3時半", "2025-04-04 15:30:00"},
      {"4月4日15時30分", "2025-04-04 15:30:00"},
      {"yesterday 9:00", "2025-04-03 09:00:00"},
      {"昨日　９：００", "2025-04-03 09:00:00"},
      {"15:00", "2025-04-04 15:00:00"},
      {"15:00:30", "2025-04-04 15:00:30"},
      {"午前9時", "2025-04-04 09:00:00"},
      {"now", "2025-04-04 16:30:00"},
      {"today", "2025-04-04 16:30:00"},
      {"yesterday", "2025-04-03 23:59:59"},
      {"2025-04-01", "2025-04-01 23:59:59"}};
  for (const auto& [text, time] : cases) EXPECT_EQ(Time(text), time) << text;
  for (const char* text :
       {"", "25:00", "9:61", "tomorrowish", "1999-12-31", "午後13時", "4/31 9:00"}) {
    EXPECT_EQ(Time(text), "-") << text;
  }
}

}  // namespace
}  // namespace kirikae::domain

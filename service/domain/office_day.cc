#include "service/domain/office_day.h"

namespace kirikae::domain {

DayVerdict Judge(const DayFacts& facts) {
  if (facts.ward.has_value()) return {*facts.ward == OfficeDay::kOpen, DayCause::kWard};
  if (!facts.holiday.empty()) return {false, DayCause::kHoliday};
  const int month = facts.day.month();
  const int day = facts.day.day();
  if ((month == 12 && day >= 29) || (month == 1 && day <= 3)) return {false, DayCause::kYearEnd};
  const absl::Weekday weekday = absl::GetWeekday(facts.day);
  if (weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday) {
    return {false, DayCause::kWeekend};
  }
  return {true, DayCause::kWeekday};
}

}  // namespace kirikae::domain

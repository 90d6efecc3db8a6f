// The ward's calendar: the holiday law, the imported list, and the days that the ward set.
#pragma once

#include <map>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/domain/office_day.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The calendar as it was when it was read. A plain value.
class OfficeCalendar {
 public:
  static absl::StatusOr<OfficeCalendar> Read(store::ReadView& view);

  /// The holiday on a day, "" for none: by the imported list in the years that the list has, by the
  /// law in all others.
  std::string HolidayOn(absl::CivilDay day) const;
  /// Whether the office works on a day, and what decides it.
  domain::DayVerdict On(absl::CivilDay day) const;
  /// What is stored of a day, or nothing.
  const domain::CalendarDay* Find(absl::CivilDay day) const;
  /// Whether the imported list has that year.
  bool IsImported(absl::CivilYear year) const { return years_.contains(year); }
  /// Replaces what is stored of a day.
  void Put(domain::CalendarDay day);

 private:
  std::map<absl::CivilDay, domain::CalendarDay> days_;
  std::set<absl::CivilYear> years_;
};

}  // namespace kirikae::app

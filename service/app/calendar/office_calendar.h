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

/// The calendar at the time it was read. A plain value.
class OfficeCalendar {
 public:
  static absl::StatusOr<OfficeCalendar> Read(store::ReadView& view);

  /// The holiday on a day, "" for none: from the imported list in the list's years, from the law in
  /// all others.
  std::string HolidayOn(absl::CivilDay day) const;
  /// Whether the office works on a day, and what decides it.
  domain::DayVerdict On(absl::CivilDay day) const;
  /// What is stored about a day, or null.
  const domain::CalendarDay* Find(absl::CivilDay day) const;
  /// Whether the imported list covers the year.
  bool IsImported(absl::CivilYear year) const { return years_.contains(year); }
  /// Replaces what is stored about a day.
  void Put(domain::CalendarDay day);

 private:
  std::map<absl::CivilDay, domain::CalendarDay> days_;
  std::set<absl::CivilYear> years_;
};

}  // namespace kirikae::app

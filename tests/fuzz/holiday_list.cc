// The Cabinet Office's list of holidays.
#include "service/app/calendar/holiday_list.h"

#include <algorithm>
#include <string>

#include "service/domain/error_detail.h"
#include "service/text/holidays.h"
#include "service/text/utf8.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace app = kirikae::app;
  namespace domain = kirikae::domain;
  namespace fuzz = kirikae::fuzz;
  namespace text = kirikae::text;
  const std::string_view bytes = fuzz::Input(data, size);
  text::HolidayFault fault;
  const auto holidays = text::ParsePublishedHolidays(bytes, &fault);
  if (holidays.ok()) {
    fuzz::Require(!holidays->empty(), "a list has a holiday");
    for (size_t i = 0; i < holidays->size(); ++i) {
      const text::PublishedHoliday& holiday = (*holidays)[i];
      fuzz::Require(!holiday.name.empty(), "a holiday has a name");
      fuzz::Require(text::FindIllFormedUtf8(holiday.name) == std::string_view::npos,
                    "a name is well-formed UTF-8");
      fuzz::Require(i == 0 || (*holidays)[i - 1].day < holiday.day, "a list is sorted by day");
    }
  } else {
    fuzz::Require(fault.line >= 1 && fault.line <= size + 1, "a fault's line exists");
  }
  const auto import = app::ReadHolidayList(bytes, app::OfficeCalendar());
  if (!import.ok()) {
    fuzz::Require(domain::DetailOf(import.status()).has_value(), "a refusal has its details");
    return 0;
  }
  fuzz::Require(holidays.ok(), "what is imported was read");
  fuzz::Require(import->first_year >= 1948 && import->last_year <= 2099,
                "holidays are of the known years");
  fuzz::Require(import->edits.size() == holidays->size(), "every holiday of the list is an edit");
  return 0;
}

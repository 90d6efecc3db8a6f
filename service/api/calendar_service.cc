#include "service/api/calendar_service.h"

#include "service/api/plan_problem.h"
#include "service/api/resource_name.h"
#include "service/domain/errors.h"
#include "service/text/holidays.h"

namespace kirikae::api {
namespace {

constexpr int kMostDays = 1000;

}  // namespace

grpc::ServerUnaryReactor* CalendarServiceImpl::ListDays(grpc::CallbackServerContext* call,
                                                        const v1::ListDaysRequest* request,
                                                        v1::ListDaysResponse* response) {
  return Read(env_, call, "CalendarService/ListDays", [&](store::ReadView&) -> absl::Status {
    ASSIGN_OR_RETURN(const absl::CivilDay first, ParseDay(request->first_day(), "first_day"));
    ASSIGN_OR_RETURN(const absl::CivilDay last, ParseDay(request->last_day(), "last_day"));
    if (last < first || last - first >= kMostDays) {
      return domain::InvalidField(
          "last_day", domain::Sentence("Name 1 to $0 days.", {std::to_string(kMostDays)}));
    }
    for (absl::CivilDay day = first; day <= last; ++day) {
      const absl::Weekday weekday = absl::GetWeekday(day);
      auto* const row = response->add_days();
      row->set_day(absl::FormatCivilTime(day));
      row->set_open(weekday != absl::Weekday::saturday && weekday != absl::Weekday::sunday &&
                    !IsOfficeHoliday(day));
      if (const auto holiday = text::HolidayOn(day)) row->set_holiday(std::string(holiday->name));
    }
    return absl::OkStatus();
  });
}

}  // namespace kirikae::api

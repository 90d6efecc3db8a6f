#include "service/api/calendar_service.h"

#include <optional>
#include <string>
#include <utility>

#include "kirikae/v1/calendar_service.grpc.pb.h"
#include "service/api/call/run.h"
#include "service/api/convert/request_text.h"
#include "service/app/calendar/holiday_list.h"
#include "service/app/calendar/office_calendar.h"
#include "service/app/calendar/set_day.h"
#include "service/domain/errors.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

constexpr int kUsualDays = 31;
constexpr int kMostDays = 1000;

void FillDay(const app::OfficeCalendar& calendar, absl::CivilDay day, v1::CalendarDay* proto) {
  const domain::DayVerdict verdict = calendar.On(day);
  proto->set_day(absl::FormatCivilTime(day));
  proto->set_open(verdict.open);
  proto->set_cause(static_cast<v1::DayCause>(verdict.cause));
  proto->set_holiday(calendar.HolidayOn(day));
  proto->set_imported(calendar.IsImported(absl::CivilYear(day)));
  const domain::CalendarDay* const stored = calendar.Find(day);
  if (stored == nullptr || !stored->office.has_value()) return;
  proto->set_office(static_cast<v1::OfficeDay>(*stored->office));
  proto->set_reason(stored->reason);
}

void FillImport(const app::HolidayImport& import, v1::ImportHolidaysResponse* proto) {
  proto->set_holidays(import.holidays);
  proto->set_first_year(import.first_year);
  proto->set_last_year(import.last_year);
  proto->set_changed(static_cast<int>(import.edits.size()));
  for (const app::HolidayDifference& difference : import.differences) {
    auto* const row = proto->add_differences();
    row->set_day(absl::FormatCivilTime(difference.day));
    row->set_listed(difference.listed);
    row->set_by_law(difference.by_law);
  }
}

absl::StatusOr<store::Draft> ImportHolidays(const WriteCall& call,
                                            const v1::ImportHolidaysRequest& request,
                                            v1::ImportHolidaysResponse* answer) {
  ASSIGN_OR_RETURN(const app::OfficeCalendar calendar, app::OfficeCalendar::Read(call.view));
  ASSIGN_OR_RETURN(app::HolidayImport import,
                   app::ReadHolidayList(request.content(), calendar, request.accept_fewer()));
  FillImport(import, answer);
  store::Draft draft = call.context.NewDraft(domain::Act::kImportHolidays);
  for (domain::CalendarDay& day : import.edits) draft.edits.emplace_back(std::move(day));
  return draft;
}

absl::Status ListDays(const Call& call, const v1::ListDaysRequest& request,
                      v1::ListDaysResponse* response) {
  const absl::CivilDay today = call.ward().DayOf(call.now);
  absl::CivilDay first = today;
  if (!request.first_day().empty()) {
    ASSIGN_OR_RETURN(first, ParseDay(request.first_day(), "first_day", today));
  }
  absl::CivilDay last = first + kUsualDays - 1;
  if (!request.last_day().empty()) {
    ASSIGN_OR_RETURN(last, ParseDay(request.last_day(), "last_day", today));
  }
  if (last < first) {
    return domain::InvalidField("last_day", Sentence("The last day is before the first."));
  }
  if (last - first >= kMostDays) {
    return domain::InvalidField(
        "last_day", Sentence("That is $0 days; ask for at most $1.",
                             {std::to_string(last - first + 1), std::to_string(kMostDays)}));
  }
  ASSIGN_OR_RETURN(const app::OfficeCalendar calendar, app::OfficeCalendar::Read(call.view));
  for (absl::CivilDay day = first; day <= last; ++day) FillDay(calendar, day, response->add_days());
  return absl::OkStatus();
}

absl::StatusOr<store::Draft> SetDay(const WriteCall& call, const v1::SetDayRequest& request,
                                    v1::CalendarDay* answer) {
  if (!v1::OfficeDay_IsValid(request.office())) {
    return domain::InvalidField("office", Sentence("A day is set OPEN or CLOSED, or cleared."));
  }
  ASSIGN_OR_RETURN(const absl::CivilDay day, ParseDay(request.day(), "day", call.ward().Today()));
  std::optional<domain::OfficeDay> office;
  if (request.office() != v1::OFFICE_DAY_UNSPECIFIED) {
    office = static_cast<domain::OfficeDay>(request.office());
  }
  ASSIGN_OR_RETURN(app::DaySetting setting, app::SetDay(call.view, day, office, call.context));
  FillDay(setting.calendar, day, answer);
  return std::move(setting.draft);
}

class CalendarServiceImpl final : public v1::CalendarService::CallbackService {
 public:
  explicit CalendarServiceImpl(Environment& env) : env_(env) {}

  KIRIKAE_UNARY(CalendarService, ImportHolidays, Write)
  KIRIKAE_UNARY(CalendarService, ListDays, Read)
  KIRIKAE_UNARY(CalendarService, SetDay, Write)

 private:
  Environment& env_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewCalendarService(Environment& env) {
  return std::make_unique<CalendarServiceImpl>(env);
}

}  // namespace kirikae::api

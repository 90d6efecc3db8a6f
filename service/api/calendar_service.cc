#include "service/api/calendar_service.h"

#include <optional>
#include <string>
#include <utility>

#include "service/api/call/request_text.h"
#include "service/app/calendar/holiday_list.h"
#include "service/app/calendar/office_calendar.h"
#include "service/domain/errors.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

constexpr int kUsualDays = 31;
constexpr int kMostDays = 1000;

void Fill(const app::OfficeCalendar& calendar, absl::CivilDay day, v1::CalendarDay* proto) {
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

absl::StatusOr<store::Draft> SetDayDraft(store::ReadView& view, const v1::SetDayRequest& request,
                                         const app::WriteContext& context,
                                         v1::CalendarDay& answer) {
  if (!v1::OfficeDay_IsValid(request.office())) {
    return domain::InvalidField("office", Sentence("A day is set OPEN or CLOSED, or cleared."));
  }
  ASSIGN_OR_RETURN(const absl::CivilDay key, ParseDay(request.day(), "day"));
  const bool clears = request.office() == v1::OFFICE_DAY_UNSPECIFIED;
  if (!clears && context.reason.empty()) {
    return domain::InvalidField("options.reason", Sentence("Say why, for the record."));
  }
  ASSIGN_OR_RETURN(std::optional<domain::CalendarDay> day, view.FindCalendarDay(key));
  store::Draft draft = context.NewDraft(clears ? domain::Act::kClearDay : domain::Act::kSetDay);
  ASSIGN_OR_RETURN(app::OfficeCalendar calendar, app::OfficeCalendar::Read(view));
  if (day.has_value() || !clears) {
    domain::CalendarDay now = day.value_or(domain::CalendarDay());
    now.day = key;
    now.office.reset();
    if (!clears) now.office = static_cast<domain::OfficeDay>(request.office());
    now.reason = clears ? "" : context.reason;
    calendar.Put(now);
    draft.edits.emplace_back(std::move(now));
  }
  Fill(calendar, key, &answer);
  return draft;
}

}  // namespace

grpc::ServerUnaryReactor* CalendarServiceImpl::ImportHolidays(
    grpc::CallbackServerContext* call, const v1::ImportHolidaysRequest* request,
    v1::ImportHolidaysResponse* response) {
  return Write(env_, call, Rpc("CalendarService/ImportHolidays"), request, response,
               [request](store::ReadView& view, int64_t, const app::WriteContext& context,
                         v1::ImportHolidaysResponse& answer) -> absl::StatusOr<store::Draft> {
                 ASSIGN_OR_RETURN(const app::OfficeCalendar calendar,
                                  app::OfficeCalendar::Read(view));
                 ASSIGN_OR_RETURN(app::HolidayImport import,
                                  app::ReadHolidayList(request->content(), calendar));
                 answer = std::move(import.answer);
                 store::Draft draft = context.NewDraft(domain::Act::kImportHolidays);
                 for (domain::CalendarDay& day : import.edits) {
                   draft.edits.emplace_back(std::move(day));
                 }
                 return draft;
               });
}

grpc::ServerUnaryReactor* CalendarServiceImpl::ListDays(grpc::CallbackServerContext* call,
                                                        const v1::ListDaysRequest* request,
                                                        v1::ListDaysResponse* response) {
  return Read(
      env_, call, Rpc("CalendarService/ListDays"), [&](store::ReadView& view) -> absl::Status {
        absl::CivilDay first = env_.ward.Today();
        if (!request->first_day().empty()) {
          ASSIGN_OR_RETURN(first, ParseDay(request->first_day(), "first_day"));
        }
        absl::CivilDay last = first + kUsualDays - 1;
        if (!request->last_day().empty()) {
          ASSIGN_OR_RETURN(last, ParseDay(request->last_day(), "last_day"));
        }
        if (last < first) {
          return domain::InvalidField("last_day", Sentence("The last day is before the first."));
        }
        if (last - first >= kMostDays) {
          return domain::InvalidField(
              "last_day", Sentence("That is $0 days; ask for at most $1.",
                                   {std::to_string(last - first + 1), std::to_string(kMostDays)}));
        }
        ASSIGN_OR_RETURN(const app::OfficeCalendar calendar, app::OfficeCalendar::Read(view));
        for (absl::CivilDay day = first; day <= last; ++day)
          Fill(calendar, day, response->add_days());
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* CalendarServiceImpl::SetDay(grpc::CallbackServerContext* call,
                                                      const v1::SetDayRequest* request,
                                                      v1::CalendarDay* response) {
  return Write(env_, call, Rpc("CalendarService/SetDay"), request, response,
               [request](store::ReadView& view, int64_t, const app::WriteContext& context,
                         v1::CalendarDay& answer) -> absl::StatusOr<store::Draft> {
                 return SetDayDraft(view, *request, context, answer);
               });
}

}  // namespace kirikae::api

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "absl/time/civil_time.h"
#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "kirikae/v1/calendar_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

Cell WeekdayOf(const std::string& text) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(text, &day)) return "";
  const Cell names[] = {{Tr("Mon"), "Mon"}, {Tr("Tue"), "Tue"}, {Tr("Wed"), "Wed"},
                        {Tr("Thu"), "Thu"}, {Tr("Fri"), "Fri"}, {Tr("Sat"), "Sat"},
                        {Tr("Sun"), "Sun"}};
  return names[static_cast<size_t>(absl::GetWeekday(day))];
}

// Why a day is open or closed.
Cell Why(const v1::CalendarDay& day) {
  switch (day.cause()) {
    case v1::DAY_CAUSE_WEEKEND:
    case v1::DAY_CAUSE_YEAR_END:
      return TermCell(day.cause());
    case v1::DAY_CAUSE_HOLIDAY:
      return day.imported() ? Cell(Tr("holiday, as published"), "HOLIDAY_AS_PUBLISHED")
                            : Cell(Tr("holiday by law"), "HOLIDAY_BY_LAW");
    case v1::DAY_CAUSE_WARD:
      return day.reason();
    default:
      return "";
  }
}

Table Days(const v1::ListDaysResponse& days) {
  Table table{{{"day", Tr("day")},
               {"weekday", Tr("weekday")},
               {"office", Tr("office")},
               {"holiday", Tr("holiday")},
               {"why", Tr("why"), Fit::kWrap}},
              {},
              {}};
  for (const v1::CalendarDay& day : days.days()) {
    table.rows.push_back({day.day(), WeekdayOf(day.day()),
                          TermCell(day.open() ? v1::OFFICE_DAY_OPEN : v1::OFFICE_DAY_CLOSED),
                          day.holiday(), Why(day)});
    table.names.push_back(day.day());
  }
  return table;
}

void List(Session& session, const std::string& from, const std::string& to) {
  const auto stub = v1::CalendarService::NewStub(session.Channel());
  v1::ListDaysRequest request;
  request.set_first_day(from);
  request.set_last_day(to);
  v1::ListDaysResponse days;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->ListDays(&context, request, &days); });
  session.Print(Days(days), days, "days");
}

// The years in which a list has fewer holidays than the law, when the service refuses it for that.
std::string YearsWithFewer(const grpc::Status& status) {
  google::rpc::Status rpc;
  if (!rpc.ParseFromString(status.error_details())) return "";
  for (const auto& detail : rpc.details()) {
    google::rpc::ErrorInfo info;
    if (!detail.UnpackTo(&info)) continue;
    const auto problem = info.metadata().find("problem");
    if (problem == info.metadata().end() || problem->second != "FEWER_THAN_BY_LAW") continue;
    const auto years = info.metadata().find("years");
    return years == info.metadata().end() ? "" : years->second;
  }
  return "";
}

void Import(Session& session, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw FileUnreadable(path);
  }
  const auto stub = v1::CalendarService::NewStub(session.Channel());
  v1::ImportHolidaysRequest request;
  request.set_content(std::string(std::istreambuf_iterator<char>(file), {}));
  *request.mutable_options() = session.Options();
  v1::ImportHolidaysResponse answer;
  std::string fewer;
  session.Call([&](grpc::ClientContext& context) {
    const grpc::Status status = stub->ImportHolidays(&context, request, &answer);
    fewer = YearsWithFewer(status);
    return fewer.empty() ? status : grpc::Status::OK;
  });
  if (!fewer.empty()) {
    session.Note(
        Tr("The list has fewer holidays than the law in these years: $0. The days that it "
           "lacks would become working days.",
           {fewer}));
    session.Confirm(Tr("Take the list as it is?"), "yes");
    request.set_accept_fewer(true);
    *request.mutable_options() = session.Options();
    session.Call([&](grpc::ClientContext& context) {
      return stub->ImportHolidays(&context, request, &answer);
    });
  }
  session.Note(Trn("$1 holidays of $2 to $3; $0 day changes.",
                   "$1 holidays of $2 to $3; $0 days change.", answer.changed(),
                   {std::to_string(answer.holidays()), std::to_string(answer.first_year()),
                    std::to_string(answer.last_year())}));
  if (!answer.differences().empty()) {
    session.Note(Tr("The list and the law differ here; the list wins."));
  }
  Table table{
      {{"day", Tr("day")}, {"in_the_list", Tr("in the list")}, {"by_law", Tr("by law")}}, {}, {}};
  for (const v1::HolidayDifference& row : answer.differences()) {
    table.rows.push_back({row.day(), row.listed(), row.by_law()});
    table.names.push_back(row.day());
  }
  if (session.ForPeople() && table.rows.empty()) return;
  session.Print(table, answer, "differences");
}

void Set(Session& session, const std::string& day, v1::OfficeDay office) {
  const auto stub = v1::CalendarService::NewStub(session.Channel());
  v1::SetDayRequest request;
  request.set_day(day);
  request.set_office(office);
  *request.mutable_options() = session.Options();
  v1::CalendarDay answer;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->SetDay(&context, request, &answer); });
  v1::ListDaysResponse one;
  *one.add_days() = answer;
  session.Print(Days(one), answer, "");
}

}  // namespace

void AddCalendar(CLI::App& app, Session& session) {
  auto* const calendar = app.add_subcommand("calendar", Tr("working days"));
  calendar->require_subcommand(1);

  auto* const holidays =
      calendar->add_subcommand("import", Tr("import the published list of holidays"));
  const auto file = Required(*holidays, "FILE", Tr("the Cabinet Office's syukujitsu.csv"));
  holidays->callback([file, &session] { Import(session, *file); });

  auto* const list = calendar->add_subcommand("list", Tr("list days"));
  const auto from =
      Optional(*list, "--from", Tr("first day, such as 2025-06-02 or 6/2; today when left out"));
  const auto to = Optional(*list, "--to", Tr("last day; 31 days when left out"));
  list->callback([from, to, &session] { List(session, *from, *to); });

  auto* const set = calendar->add_subcommand("set", Tr("open or close a day; needs --reason"));
  const auto day = Required(*set, "DAY", Tr("such as 2025-06-02, 6/2 or tomorrow"));
  const auto office = std::make_shared<v1::OfficeDay>(v1::OFFICE_DAY_UNSPECIFIED);
  auto* const choice = set->add_option_group("choice");
  choice->require_option(1);
  choice->add_flag_callback(
      "--open", [office] { *office = v1::OFFICE_DAY_OPEN; }, Tr("the office works"));
  choice->add_flag_callback(
      "--closed", [office] { *office = v1::OFFICE_DAY_CLOSED; }, Tr("the office does not work"));
  choice->add_flag_callback(
      "--clear", [office] { *office = v1::OFFICE_DAY_UNSPECIFIED; },
      Tr("the week and the holidays decide again"));
  set->callback([day, office, &session] { Set(session, *day, *office); });
}

}  // namespace kirikae::cli

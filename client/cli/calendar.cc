#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/calendar_service.grpc.pb.h"

namespace kirikae::cli {

void AddCalendar(CLI::App& app, Session& session) {
  auto* const calendar = app.add_subcommand("calendar", Tr("working days"));
  calendar->require_subcommand(1);
  auto* const list = calendar->add_subcommand("list", Tr("list days"));
  const auto from = Required(*list, "--from", Tr("first day, YYYY-MM-DD"));
  const auto to = Required(*list, "--to", Tr("last day, YYYY-MM-DD"));
  list->callback([from, to, &session] {
    const auto stub = v1::CalendarService::NewStub(session.Channel());
    v1::ListDaysRequest request;
    request.set_first_day(*from);
    request.set_last_day(*to);
    v1::ListDaysResponse days;
    session.Call(
        [&](grpc::ClientContext& context) { return stub->ListDays(&context, request, &days); });
    Table table{{Tr("day"), Tr("office"), Tr("holiday")}, {}, {}};
    for (const v1::CalendarDay& day : days.days()) {
      table.rows.push_back({day.day(), day.open() ? Tr("open") : Tr("closed"), day.holiday()});
      table.names.push_back(day.day());
    }
    session.Print(table, days, "days");
  });
}

}  // namespace kirikae::cli

#include <unistd.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <thread>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/paging.h"
#include "client/cli/printer.h"
#include "client/cli/terms.h"
#include "client/cli/work_list.h"
#include "kirikae/v1/migration_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr std::chrono::seconds kBetweenLooks(3);

v1::ListDueResponse AllDue(Session& session, const v1::ListDueRequest& request) {
  const auto stub = v1::MigrationService::NewStub(session.Channel());
  auto all = ReadAll<v1::ListDueRequest, v1::ListDueResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListDue(context, asked, page);
      });
  SortForWalking(*all.mutable_devices());
  return all;
}

Table Rows(const v1::ListDueResponse& all) {
  Table table{{{"asset_tag", Tr("tag")},
               {"day", Tr("day")},
               {"slot", Tr("slot"), Fit::kSpare},
               {"team", Tr("team"), Fit::kSpare},
               {"place", Tr("place")},
               {"department", Tr("department")},
               {"users", Tr("users"), Fit::kWrap},
               {"in_the_way", Tr("in the way"), Fit::kWrap},
               {"overdue", Tr("overdue"), Fit::kWide}},
              {},
              {}};
  for (const v1::DueDevice& due : all.devices()) {
    table.rows.push_back({due.device().asset_tag(),
                          Cell(due.day() + (due.overdue() ? " " + Tr("(overdue)") : ""), due.day()),
                          due.slot(), due.team(), PlaceOf(due.device()), due.device().department(),
                          NamesOf(due.device()),
                          due.exception_ends() ? Cell(Tr("exception ends"), "EXCEPTION_ENDS")
                                               : InTheWay(due.blockers()),
                          YesOrNothing(due.overdue())});
    table.names.push_back(due.device().asset_tag());
  }
  return table;
}

std::string CountOf(const v1::ListDueResponse& all) {
  return Trn("$0 device due", "$0 devices due", all.devices_size());
}

void Due(Session& session, const v1::ListDueRequest& request) {
  const v1::ListDueResponse all = AllDue(session, request);
  session.Print(Rows(all), all, "devices");
  if (session.ForPeople()) session.Note(CountOf(all));
}

// Shows the list on the whole screen, until it is interrupted. A service that is away for some time
// does not end it.
void Watch(Session& session, const v1::ListDueRequest& request) {
  if (isatty(STDOUT_FILENO) == 0) throw Usage(Tr("--watch needs a terminal."));
  while (true) {
    try {
      const v1::ListDueResponse all = AllDue(session, request);
      Table table = Rows(all);
      // Home, then clear to the end of the screen.
      std::cout << "\x1b[H\x1b[J" << CountOf(all) << "\n\n";
      PrintOnScreen(table, 4);
      std::cout << Tr("Ctrl-C ends the watch.") << std::endl;
    } catch (const Exit& exit) {
      if (exit.code != kUnavailable) throw;
    }
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

}  // namespace

void AddDue(CLI::App& app, Session& session) {
  auto* const due = app.add_subcommand("due", Tr("today's work list"));
  auto request = std::make_shared<v1::ListDueRequest>();
  const auto add = [&](const char* flag, const std::string& help,
                       void (*set)(v1::ListDueRequest&, const std::string&)) {
    due->add_option_function<std::string>(
        flag, [request, set](const std::string& value) { set(*request, value); }, help);
  };
  add("--team", Tr("only this team"), [](auto& r, const auto& v) { r.set_team(v); });
  add("--site", Tr("only this site"), [](auto& r, const auto& v) { r.set_site(v); });
  add("--day", Tr("as of this day, such as 2025-06-02, 6/2 or tomorrow"),
      [](auto& r, const auto& v) { r.set_day(v); });
  const auto watch = std::make_shared<bool>(false);
  due->add_flag("--watch", *watch, Tr("keep the list on the screen, live"));
  due->callback(
      [request, watch, &session] { *watch ? Watch(session, *request) : Due(session, *request); });
}

}  // namespace kirikae::cli

#include <memory>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/paging.h"
#include "client/cli/terms.h"
#include "kirikae/v1/migration_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

void Due(Session& session, const v1::ListDueRequest& request) {
  const auto stub = v1::MigrationService::NewStub(session.Channel());
  const auto all = ReadAll<v1::ListDueRequest, v1::ListDueResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListDue(context, asked, page);
      });
  Table table{{Tr("tag"), Tr("day"), Tr("slot"), Tr("team"), Tr("department"), Tr("site"),
               Tr("in the way")},
              {},
              {}};
  for (const v1::DueDevice& due : all.devices()) {
    std::string blockers;
    for (const v1::Blocker& blocker : due.blockers()) {
      blockers += (blockers.empty() ? "" : ", ") + blocker.code();
    }
    if (due.exception_ends()) blockers = Tr("exception ends");
    table.rows.push_back({due.device().asset_tag(),
                          due.day() + (due.overdue() ? " " + Tr("(overdue)") : ""), due.slot(),
                          due.team(), due.device().department(),
                          due.device().site() + " " + due.device().floor(), blockers});
    table.names.push_back(due.device().asset_tag());
  }
  session.Print(table, all, "devices");
  if (session.ForPeople()) {
    session.Note(Tr("$0 devices due", {std::to_string(all.devices_size())}));
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
  due->callback([request, &session] { Due(session, *request); });
}

}  // namespace kirikae::cli

// readiness list: what has to happen before devices can be switched.
#include <memory>
#include <string>

#include "absl/strings/str_join.h"
#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/paging.h"
#include "client/cli/printer.h"
#include "client/cli/record_name.h"
#include "client/cli/rollout_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "client/cli/words.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

Table NeedRows(const v1::ListReadinessResponse& all) {
  Table table{{{"department", Tr("department")},
               {"ready_by", Tr("ready by")},
               {"asset_tag", Tr("tag")},
               {"need", Tr("in the way"), Fit::kWrap},
               {"staff_number", Tr("staff number")},
               {"staff_name", Tr("name")},
               {"planned_day", Tr("planned")},
               {"due_on", Tr("ends by the records"), Fit::kSpare},
               {"late", Tr("late")},
               {"phase", Tr("phase"), Fit::kSpare},
               {"what_to_do", Tr("what to do"), Fit::kWide}},
              {},
              {}};
  const bool japanese = CurrentLanguage() == Language::kJapanese;
  for (const v1::ReadinessNeed& need : all.needs()) {
    table.rows.push_back({need.department(), need.ready_by(), need.asset_tag(),
                          BlockerCell(need.code()), need.staff_number(), need.staff_name(),
                          need.planned_day(), need.due_on(), YesOrNothing(need.late()),
                          need.phase(), japanese ? need.text().ja() : need.text().en()});
    table.names.push_back("devices/" + need.asset_tag());
  }
  return table;
}

// The places that became free, and the ready devices that could come early.
void PrintFreed(const Session& session, const v1::ListReadinessResponse& all) {
  if (all.freed().empty()) return;
  Table table{{{"wave", Tr("place that became free")},
               {"day", Tr("day")},
               {"slot", Tr("slot")},
               {"team", Tr("team")},
               {"devices", Tr("devices")},
               {"candidates", Tr("could come early"), Fit::kWrap}},
              {},
              {}};
  for (const v1::FreedPlace& place : all.freed()) {
    table.rows.push_back({Cell(ShortName(place.wave()), place.wave()), place.day(), place.slot(),
                          place.team(), std::to_string(place.devices()),
                          absl::StrJoin(place.candidates(), " ")});
  }
  cli::Print(session.form, !session.no_headers, table, all, "freed");
}

void ListNeeds(Session& session, const std::string& rollout, const std::string& department) {
  v1::ListReadinessRequest request;
  request.set_parent(RolloutName(session, rollout));
  request.set_department(department);
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  const auto all = ReadAll<v1::ListReadinessRequest, v1::ListReadinessResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListReadiness(context, asked, page);
      });
  session.Print(NeedRows(all), all, "needs");
  if (session.ForPeople()) {
    PrintFreed(session, all);
    session.Note(Trn("$0 thing to do", "$0 things to do", all.needs_size()));
  }
}

}  // namespace

void AddReadiness(CLI::App& app, Session& session) {
  auto* const readiness =
      app.add_subcommand("readiness", Tr("what devices need before they can be switched"));
  readiness->require_subcommand(1);
  auto* const list = readiness->add_subcommand(
      "list",
      Tr("list by department who must be registered, which device needs what, and by when"));
  const auto rollout = Optional(*list, "ROLLOUT", Tr("id; may be left out when there is one"));
  const auto department =
      Optional(*list, "--department", Tr("only this department and those below it"));
  list->callback([rollout, department, &session] { ListNeeds(session, *rollout, *department); });
}

}  // namespace kirikae::cli

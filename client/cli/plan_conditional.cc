// plan conditional, and what a plan's summary says of it.
#include "client/cli/plan_conditional.h"

#include <cstdint>
#include <iostream>
#include <map>
#include <set>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/printer.h"
#include "client/cli/record_name.h"
#include "client/cli/rollout_name.h"
#include "client/cli/text_option.h"
#include "client/cli/words.h"
#include "kirikae/v1/planning_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kPlanSeconds = 120;

// Each device with its day in the plan; a device that is left out has none.
Table ConditionalRows(const v1::Plan& plan) {
  Table table{{{"asset_tag", Tr("tag")},
               {"planned_day", Tr("planned")},
               {"waits_for", Tr("waits for"), Fit::kWrap}},
              {},
              {}};
  std::map<std::string, std::string> days;
  for (const v1::PlanPlacement& placement : plan.solution().placements()) {
    days[placement.item()] = placement.day();
  }
  for (const v1::ConditionalDevice& device : plan.conditional()) {
    table.rows.push_back(
        {device.asset_tag(), days[device.asset_tag()], ConditionsCell(device.conditions())});
    table.names.push_back("devices/" + device.asset_tag());
  }
  return table;
}

void ListConditional(Session& session, const std::string& given) {
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  v1::GetPlanRequest request;
  request.set_name(PlanName(session, given));
  v1::Plan plan;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetPlan(&context, request, &plan); },
      kPlanSeconds);
  const Table table = ConditionalRows(plan);
  v1::Plan rows;
  rows.set_name(plan.name());
  *rows.mutable_conditional() = plan.conditional();
  *rows.mutable_finishes() = plan.finishes();
  session.Print(table, rows, "conditional");
  if (session.ForPeople()) {
    session.Note(Trn("$0 device", "$0 devices", static_cast<int64_t>(table.rows.size())));
  }
}

}  // namespace

Cell ConditionsCell(const google::protobuf::RepeatedPtrField<v1::PlanCondition>& conditions) {
  Cell all("");
  for (const v1::PlanCondition& condition : conditions) {
    const Cell word = BlockerCell(condition.code());
    all.text +=
        (all.text.empty() ? "" : "; ") +
        (condition.recorded() ? Tr("$0 (until $1 by the records)", {word.text, condition.day()})
                              : Tr("$0 (expected to end by $1)", {word.text, condition.day()}));
    all.code += (all.code.empty() ? "" : " ") + word.code;
  }
  return all;
}

void PrintConditional(const Session& session, const v1::Plan& plan, bool kept) {
  if (plan.conditional().empty()) return;
  std::set<std::string> placed;
  for (const v1::PlanPlacement& placement : plan.solution().placements()) {
    placed.insert(placement.item());
  }
  int64_t planned = 0;
  std::map<std::string, int64_t> counts;
  for (const v1::ConditionalDevice& device : plan.conditional()) {
    if (!placed.contains(device.asset_tag())) continue;
    ++planned;
    for (const v1::PlanCondition& condition : device.conditions()) ++counts[condition.code()];
  }
  std::cout << Trn("$0 planned device is not ready yet:", "$0 planned devices are not ready yet:",
                   planned)
            << "\n";
  for (const auto& [code, count] : counts) {
    const std::string number = std::to_string(count);
    const size_t pad = number.size() < 7 ? 7 - number.size() : 0;
    std::cout << std::string(pad, ' ') << number << "  " << BlockerCell(code).text << "\n";
  }
  if (kept) {
    std::cout << "  " << Tr("List them: $0", {"kirikae plan conditional " + ShortName(plan.name())})
              << "\n";
  }
  Table table{{{"phase", Tr("phase")},
               {"last_day", Tr("last day")},
               {"last_day_when_ready_only", Tr("last day with only the ready devices")}},
              {},
              {}};
  for (const v1::PlanFinish& finish : plan.finishes()) {
    table.rows.push_back({finish.phase(), finish.last_day(), finish.last_day_when_ready_only()});
  }
  cli::Print(session.form, !session.no_headers, table, plan, "finishes");
}

void AddPlanConditional(CLI::App& plan, Session& session) {
  auto* const list = plan.add_subcommand(
      "conditional", Tr("list the devices that a plan counts on though they are not ready yet"));
  const auto given = Optional(*list, "PLAN", Tr("ROLLOUT/N or N; the newest when left out"));
  list->callback([given, &session] { ListConditional(session, *given); });
}

}  // namespace kirikae::cli

// plan blocked and plan left: the devices that a plan does not place, and why.
#include <memory>
#include <string>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/left_groups.h"
#include "client/cli/record_name.h"
#include "client/cli/rollout_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "client/cli/words.h"
#include "kirikae/v1/planning_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 120;

v1::Plan PlanOf(Session& session, const std::string& given) {
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  v1::GetPlanRequest request;
  request.set_name(PlanName(session, given));
  v1::Plan plan;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetPlan(&context, request, &plan); },
      kLongSeconds);
  return plan;
}

template <typename Rows>
void Print(Session& session, const Table& table, const Rows& rows, const std::string& field) {
  session.Print(table, rows, field);
  if (session.ForPeople()) {
    session.Note(Trn("$0 device", "$0 devices", static_cast<int64_t>(table.rows.size())));
  }
}

void Blocked(Session& session, const std::string& given) {
  const v1::Plan plan = PlanOf(session, given);
  v1::Plan rows;
  rows.set_name(plan.name());
  Table table{{{"asset_tag", Tr("tag")}, {"why", Tr("why"), Fit::kWrap}}, {}, {}};
  for (const v1::BlockedDevice& device : plan.blocked()) {
    Cell why("");
    for (const std::string& code : device.codes()) {
      const Cell one = BlockerCell(code);
      why = {why.text + (why.text.empty() ? "" : "; ") + one.text,
             why.code + (why.code.empty() ? "" : " ") + one.code};
    }
    table.rows.push_back({device.asset_tag(), why});
    table.names.push_back("devices/" + device.asset_tag());
    *rows.add_blocked() = device;
  }
  Print(session, table, rows, "blocked");
}

void Left(Session& session, const std::string& given, bool all) {
  const v1::Plan plan = PlanOf(session, given);
  const v1::PlanSolution& solution = plan.solution();
  v1::PlanSolution rows;
  *rows.mutable_left() = solution.left();
  // A plan of an older version has no groups.
  const bool grouped = session.ForPeople() && !all && !solution.left_groups().empty();
  if (!grouped) {
    if (session.form == Form::kJson) {
      *rows.mutable_left_groups() = solution.left_groups();
      *rows.mutable_relaxations() = solution.relaxations();
      *rows.mutable_relaxation_steps() = solution.relaxation_steps();
    }
    Print(session, LeftItems(solution), rows, "left");
    return;
  }
  session.Print(LeftGroups(solution), rows, "left_groups");
  PrintSteps(session, solution);
  session.Note(Trn("$0 device; one by one: $1", "$0 devices; one by one: $1", plan.left_count(),
                   {"kirikae plan left " + ShortName(plan.name()) + " --all"}));
}

}  // namespace

void AddPlanLeftOut(CLI::App& plan, Session& session) {
  const std::string help = Tr("ROLLOUT/N or N; the newest when left out");
  auto* const blocked =
      plan.add_subcommand("blocked", Tr("list the devices that can't be planned yet, and why"));
  const auto of_blocked = Optional(*blocked, "PLAN", help);
  blocked->callback([of_blocked, &session] { Blocked(session, *of_blocked); });
  auto* const left =
      plan.add_subcommand("left", Tr("list the devices that a plan leaves out, and why"));
  const auto of_left = Optional(*left, "PLAN", help);
  const auto all = std::make_shared<bool>(false);
  left->add_flag("--all", *all, Tr("each device on a line of its own"));
  left->callback([of_left, all, &session] { Left(session, *of_left, *all); });
}

}  // namespace kirikae::cli

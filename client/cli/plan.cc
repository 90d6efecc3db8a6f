#include <unistd.h>

#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/left_groups.h"
#include "client/cli/plan_conditional.h"
#include "client/cli/plan_difference.h"
#include "client/cli/plan_summary.h"
#include "client/cli/problem_file.h"
#include "client/cli/record_name.h"
#include "client/cli/rollout_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "client/cli/words.h"
#include "kirikae/v1/planning_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 120;

using Stub = v1::PlanningService::Stub;

void PrintSolution(Session& session, const v1::PlanSolution& solution, bool all) {
  PrintPhases(session, solution);
  if (!solution.left().empty()) {
    std::cout << Trn("$0 item is left out:", "$0 items are left out:", solution.left_size())
              << "\n";
    cli::Print(session.form, !session.no_headers, all ? LeftItems(solution) : LeftGroups(solution),
               solution, "left");
  }
  PrintRelaxations(solution);
  if (solution.relaxation_steps_size() > 1) PrintSteps(session, solution);
}

// Prints the plan's value by each objective, and the proven bound.
void PrintObjectives(Session& session, const v1::PlanSolution& solution) {
  Table table{
      {{"objective", Tr("objective")}, {"value", Tr("value")}, {"bound", Tr("bound")}}, {}, {}};
  for (const v1::PlanObjective& objective : solution.objectives()) {
    std::ostringstream value;
    value << objective.value();
    std::ostringstream bound;
    bound << objective.bound();
    table.rows.push_back({ObjectiveCell(objective.name()), value.str(), bound.str()});
  }
  if (!table.rows.empty()) {
    cli::Print(session.form, !session.no_headers, table, solution, "objectives");
  }
}

Table Placements(const v1::PlanSolution& solution) {
  Table table{
      {{"item", Tr("item")}, {"day", Tr("day")}, {"slot", Tr("slot")}, {"team", Tr("team")}},
      {},
      {}};
  for (const v1::PlanPlacement& placement : solution.placements()) {
    table.rows.push_back({placement.item(), placement.day(), placement.slot(), placement.team()});
    table.names.push_back(placement.item());
  }
  return table;
}

void PrintPlan(Session& session, const v1::Plan& plan) {
  if (session.ForPeople()) {
    PrintPlanSummary(session, plan);
    return;
  }
  Table table = Placements(plan.solution());
  table.names = {plan.name()};
  std::map<std::string, Cell> conditions;
  for (const v1::ConditionalDevice& device : plan.conditional()) {
    conditions.insert_or_assign(device.asset_tag(), ConditionsCell(device.conditions()));
  }
  table.columns.push_back({"waits_for", Tr("waits for"), Fit::kWrap});
  for (std::vector<Cell>& row : table.rows) {
    const auto waits = conditions.find(row.front().text);
    row.push_back(waits == conditions.end() ? Cell("") : waits->second);
  }
  session.Print(table, plan, "");
}

void ListPlans(Session& session, const std::string& rollout) {
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  v1::ListPlansRequest request;
  request.set_parent(RolloutName(session, rollout));
  v1::ListPlansResponse plans;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->ListPlans(&context, request, &plans); });
  Table table{{{"plan", Tr("plan")},
               {"state", Tr("state")},
               {"planned", Tr("planned")},
               {"left_out", Tr("left out")},
               {"blocked", Tr("blocked")},
               {"made", Tr("made")},
               {"by", Tr("by"), Fit::kSpare}},
              {},
              {}};
  for (const v1::Plan& plan : plans.plans()) {
    table.rows.push_back({Cell(ShortName(plan.name()), plan.name()), TermCell(plan.state()),
                          std::to_string(plan.planned_count()), std::to_string(plan.left_count()),
                          std::to_string(plan.blocked_count()), LocalTime(plan.create_time()),
                          plan.creator()});
    table.names.push_back(plan.name());
  }
  session.Print(table, plans, "plans");
}

// The per cent of `90%` or `90`; 0 when nothing is given.
int ReadConfidence(const std::string& text) {
  if (text.empty()) return 0;
  std::string digits = text;
  if (digits.back() == '%') digits.pop_back();
  constexpr size_t kMostDigits = 2;
  const bool number = !digits.empty() && digits.size() <= kMostDigits &&
                      digits.find_first_not_of("0123456789") == std::string::npos;
  const int percent = number ? std::stoi(digits) : 0;
  if (percent == 0) {
    throw Usage(Tr("--confidence $0 is no confidence; write it like 90%, from 1% to 99%.", {text}));
  }
  return percent;
}

void Create(Session& session, const std::string& rollout, const std::string& first_day,
            const std::string& confidence) {
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  v1::CreatePlanRequest request;
  request.set_parent(RolloutName(session, rollout));
  request.set_first_day(first_day);
  request.set_confidence_percent(ReadConfidence(confidence));
  *request.mutable_options() = session.Options();
  v1::Plan plan;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->CreatePlan(&context, request, &plan); },
      kLongSeconds);
  PrintPlan(session, plan);
  session.Next("kirikae plan submit " + ShortName(plan.name()));
}

// A call on one plan: show, submit or approve.
template <typename Request>
v1::Plan OnPlan(Session& session, Request request, const std::string& given,
                grpc::Status (Stub::*call)(grpc::ClientContext*, const Request&, v1::Plan*)) {
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  request.set_name(PlanName(session, given));
  v1::Plan plan;
  session.Call(
      [&](grpc::ClientContext& context) { return (stub.get()->*call)(&context, request, &plan); },
      kLongSeconds);
  PrintPlan(session, plan);
  return plan;
}

// Shows what is about to be approved, and asks where there is somebody to ask.
void ConfirmApproval(Session& session, const std::string& name) {
  if (session.yes || session.dry_run || !session.ForPeople() || isatty(STDIN_FILENO) == 0) return;
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  v1::GetPlanRequest request;
  request.set_name(name);
  v1::Plan plan;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetPlan(&context, request, &plan); },
      kLongSeconds);
  PrintPlanSummary(session, plan);
  PrintDifferenceFromApproved(session, plan);
  PrintDepartmentDates(session, plan);
  session.Confirm(Tr("$0 will be approved.", {plan.name()}), "yes");
}

void Approve(Session& session, const std::string& given, const std::string& remark) {
  v1::ApprovePlanRequest request;
  request.set_remark(remark);
  *request.mutable_options() = session.Options();
  const std::string name = PlanName(session, given);
  ConfirmApproval(session, name);
  OnPlan(session, request, name, &Stub::ApprovePlan);
  session.Next("kirikae wave list");
}

void Solve(Session& session, const std::string& path, const std::string& limit, bool all) {
  v1::SolvePlanRequest request;
  request.set_time_limit_millis(ReadMillis("--time-limit", limit));
  *request.mutable_problem() = ReadProblem(path);
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  v1::PlanSolution solution;
  const std::vector<v1::SolvePlanRequest> parts = InParts(std::move(request));
  session.Call(
      [&](grpc::ClientContext& context) {
        solution.Clear();
        const auto stream = stub->SolvePlanInParts(&context);
        bool open = true;
        for (size_t i = 0; open && i < parts.size(); ++i) open = stream->Write(parts[i]);
        if (open) stream->WritesDone();
        v1::PlanSolution part;
        while (stream->Read(&part)) solution.MergeFrom(part);
        return stream->Finish();
      },
      kLongSeconds);
  if (session.ForPeople()) {
    std::cout << PlanStatusWord(solution.status()) << "\n";
    PrintSolution(session, solution, all);
    PrintObjectives(session, solution);
  } else if (session.form == Form::kJson) {
    std::cout << ToWholeJson(solution);
  } else {
    session.Print(Placements(solution), solution, "placements");
  }
}

}  // namespace

void AddPlan(CLI::App& app, Session& session) {
  auto* const plan = app.add_subcommand("plan", Tr("plans: make, show, submit, approve"));
  plan->require_subcommand(1);
  const std::string rollout_help = Tr("id; may be left out when there is one");
  const std::string plan_help = Tr("ROLLOUT/N or N; the newest when left out");

  auto* const create = plan->add_subcommand("create", Tr("plan the rollout from the inventory"));
  const auto created = Optional(*create, "ROLLOUT", rollout_help);
  const auto first = Optional(*create, "--first-day", Tr("first day that may be used"));
  const auto confidence =
      Optional(*create, "--confidence",
               Tr("leave room for failures so that the finish promised holds in so many of 100 "
                  "simulated futures, such as 90%"));
  create->callback(
      [created, first, confidence, &session] { Create(session, *created, *first, *confidence); });

  auto* const list = plan->add_subcommand("list", Tr("list plans"));
  const auto listed = Optional(*list, "ROLLOUT", rollout_help);
  list->callback([listed, &session] { ListPlans(session, *listed); });

  auto* const show = plan->add_subcommand("show", Tr("show a plan"));
  const auto shown = Optional(*show, "PLAN", plan_help);
  show->callback(
      [shown, &session] { OnPlan<v1::GetPlanRequest>(session, {}, *shown, &Stub::GetPlan); });

  auto* const submit = plan->add_subcommand("submit", Tr("submit a plan for approval"));
  const auto submitted = Optional(*submit, "PLAN", plan_help);
  submit->callback([submitted, &session] {
    v1::SubmitPlanRequest request;
    *request.mutable_options() = session.Options();
    const v1::Plan plan = OnPlan(session, request, *submitted, &Stub::SubmitPlan);
    session.Next("kirikae plan approve " + ShortName(plan.name()));
  });

  auto* const approve = plan->add_subcommand("approve", Tr("approve a submitted plan"));
  const auto approved = Optional(*approve, "PLAN", plan_help);
  const auto remark = Optional(*approve, "--remark", Tr("remark for the record"));
  approve->callback([approved, remark, &session] { Approve(session, *approved, *remark); });

  auto* const reject = plan->add_subcommand("reject", Tr("send a submitted plan back"));
  const auto rejected = Optional(*reject, "PLAN", plan_help);
  const auto why = Required(*reject, "--remark", Tr("remark for the record"));
  reject->callback([rejected, why, &session] {
    v1::RejectPlanRequest request;
    request.set_remark(*why);
    *request.mutable_options() = session.Options();
    OnPlan(session, request, *rejected, &Stub::RejectPlan);
  });

  AddPlanLeftOut(*plan, session);
  AddPlanConditional(*plan, session);
  AddPlanInsight(*plan, session);
  AddPlanWhatIf(*plan, session);
  AddPlanExport(*plan, session);

  auto* const solve = plan->add_subcommand("solve", Tr("solve a problem file"));
  const auto file = Required(*solve, "FILE", Tr("problem as JSON"));
  const auto limit = Optional(*solve, "--time-limit", Tr("such as 500ms or 2s; default 10s"));
  const auto all = std::make_shared<bool>(false);
  solve->add_flag("--all", *all, Tr("each item left out on a line of its own"));
  solve->callback([file, limit, all, &session] { Solve(session, *file, *limit, *all); });
}

}  // namespace kirikae::cli

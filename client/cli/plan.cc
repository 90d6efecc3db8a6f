#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/plan_difference.h"
#include "client/cli/problem_file.h"
#include "client/cli/rollout_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/planning_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 120;

using Stub = v1::PlanningService::Stub;

const std::string& Chosen(const std::string& en, const std::string& ja) {
  return CurrentLanguage() == Language::kJapanese && !ja.empty() ? ja : en;
}

// What prevents a phase from ending earlier.
std::string BoundText(const std::string& code) {
  static const std::map<std::string, std::string> kTexts = {
      {"CAPACITY", Tr("team capacity")},   {"DEVICE_COUNT", Tr("devices per slot")},
      {"POOL_LIMIT", Tr("daily share")},   {"NOT_READY", Tr("devices not ready")},
      {"NOT_BEFORE", Tr("first day set")}, {"PHASE_ORDER", Tr("phase before and its soak")},
      {"BLACKOUT", Tr("blackouts")},       {"HELP_DESK", Tr("help desk limit")},
      {"FIXED", Tr("fixed devices")},      {"SEARCH", Tr("search")}};
  const auto text = kTexts.find(code);
  return text == kTexts.end() ? std::string() : text->second;
}

void PrintSolution(Session& session, const v1::PlanSolution& solution) {
  Table phases{
      {Tr("phase"), Tr("first day"), Tr("last day"), Tr("not before this day"), Tr("bound by")},
      {},
      {}};
  for (const v1::PlanPhaseResult& phase : solution.phases()) {
    phases.rows.push_back({phase.id(), phase.first_day(), phase.last_day(), phase.last_day_bound(),
                           BoundText(phase.bound_by())});
  }
  cli::Print(Form::kTable, !session.no_headers, phases, solution, "phases");
  if (!solution.left().empty()) {
    Table left{{Tr("left out"), Tr("code"), Tr("why")}, {}, {}};
    for (const v1::PlanLeft& item : solution.left()) {
      for (const v1::PlanReason& reason : item.reasons()) {
        left.rows.push_back({item.item(), reason.code(), Chosen(reason.text(), reason.text_ja())});
      }
    }
    cli::Print(Form::kTable, !session.no_headers, left, solution, "left");
  }
  for (const v1::PlanRelaxation& relaxation : solution.relaxations()) {
    std::cout << Tr("This would help") << ": "
              << Chosen(relaxation.change(), relaxation.change_ja()) << " ("
              << Chosen(relaxation.effect(), relaxation.effect_ja()) << ")\n";
  }
}

// Prints the plan's value by each objective, and the proven bound.
void PrintObjectives(Session& session, const v1::PlanSolution& solution) {
  Table table{{Tr("objective"), Tr("value"), Tr("bound")}, {}, {}};
  for (const v1::PlanObjective& objective : solution.objectives()) {
    std::ostringstream value;
    value << objective.value();
    std::ostringstream bound;
    bound << objective.bound();
    table.rows.push_back({objective.name(), value.str(), bound.str()});
  }
  if (!table.rows.empty()) {
    cli::Print(Form::kTable, !session.no_headers, table, solution, "objectives");
  }
}

Table Placements(const v1::PlanSolution& solution) {
  Table table{{Tr("item"), Tr("day"), Tr("slot"), Tr("team")}, {}, {}};
  for (const v1::PlanPlacement& placement : solution.placements()) {
    table.rows.push_back({placement.item(), placement.day(), placement.slot(), placement.team()});
    table.names.push_back(placement.item());
  }
  return table;
}

// The devices that are not in the plan because something stands in their way, and its codes.
void PrintBlocked(Session& session, const v1::Plan& plan) {
  if (plan.blocked().empty()) return;
  Table table{{Tr("blocked"), Tr("why")}, {}, {}};
  for (const v1::BlockedDevice& device : plan.blocked()) {
    std::string codes;
    for (const std::string& code : device.codes()) codes += (codes.empty() ? "" : ", ") + code;
    table.rows.push_back({device.asset_tag(), codes});
    table.names.push_back(device.asset_tag());
  }
  cli::Print(Form::kTable, !session.no_headers, table, plan, "blocked");
}

void PrintPlan(Session& session, const v1::Plan& plan) {
  if (!session.ForPeople()) {
    Table table = Placements(plan.solution());
    table.names = {plan.name()};
    session.Print(table, plan, "");
    return;
  }
  std::cout << plan.name() << "  " << Term(plan.state()) << "  " << plan.solution().status() << "\n"
            << Tr("$0 planned, $1 left out, $2 blocked",
                  {std::to_string(plan.planned_count()), std::to_string(plan.left_count()),
                   std::to_string(plan.blocked_count())})
            << "\n";
  PrintSolution(session, plan.solution());
  PrintBlocked(session, plan);
  for (const v1::PlanReason& warning : plan.warnings()) {
    std::cout << Tr("Note: $0", {Chosen(warning.text(), warning.text_ja())}) << "\n";
  }
  if (!session.dry_run) PrintDifferenceFromApproved(session, plan);
  if (!plan.approver().empty()) {
    const std::vector<std::string> signature = {plan.approver(), LocalTime(plan.approve_time()),
                                                plan.remark()};
    std::cout << (plan.state() == v1::PLAN_STATE_REJECTED
                      ? Tr("Sent back by $0 on $1: $2", signature)
                      : Tr("Approved by $0 on $1: $2", signature))
              << "\n";
  }
}

void List(Session& session, const std::string& rollout) {
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  v1::ListPlansRequest request;
  request.set_parent(RolloutName(session, rollout));
  v1::ListPlansResponse plans;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->ListPlans(&context, request, &plans); });
  Table table{
      {Tr("plan"), Tr("state"), Tr("planned"), Tr("left out"), Tr("blocked"), Tr("made"), Tr("by")},
      {},
      {}};
  for (const v1::Plan& plan : plans.plans()) {
    table.rows.push_back({plan.name(), Term(plan.state()), std::to_string(plan.planned_count()),
                          std::to_string(plan.left_count()), std::to_string(plan.blocked_count()),
                          LocalTime(plan.create_time()), plan.creator()});
    table.names.push_back(plan.name());
  }
  session.Print(table, plans, "plans");
}

void Create(Session& session, const std::string& rollout, const std::string& first_day) {
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  v1::CreatePlanRequest request;
  request.set_parent(RolloutName(session, rollout));
  request.set_first_day(first_day);
  *request.mutable_options() = session.Options();
  v1::Plan plan;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->CreatePlan(&context, request, &plan); },
      kLongSeconds);
  PrintPlan(session, plan);
}

// A call on one plan: show, submit or approve.
template <typename Request>
void OnPlan(Session& session, Request request, const std::string& given,
            grpc::Status (Stub::*call)(grpc::ClientContext*, const Request&, v1::Plan*)) {
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  request.set_name(PlanName(session, given));
  v1::Plan plan;
  session.Call(
      [&](grpc::ClientContext& context) { return (stub.get()->*call)(&context, request, &plan); },
      kLongSeconds);
  PrintPlan(session, plan);
}

void Solve(Session& session, const std::string& path, const std::string& limit) {
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
    std::cout << solution.status() << "\n";
    PrintSolution(session, solution);
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
  create->callback([created, first, &session] { Create(session, *created, *first); });

  auto* const list = plan->add_subcommand("list", Tr("list plans"));
  const auto listed = Optional(*list, "ROLLOUT", rollout_help);
  list->callback([listed, &session] { List(session, *listed); });

  auto* const show = plan->add_subcommand("show", Tr("show a plan"));
  const auto shown = Optional(*show, "PLAN", plan_help);
  show->callback(
      [shown, &session] { OnPlan<v1::GetPlanRequest>(session, {}, *shown, &Stub::GetPlan); });

  auto* const submit = plan->add_subcommand("submit", Tr("submit a plan for approval"));
  const auto submitted = Optional(*submit, "PLAN", plan_help);
  submit->callback([submitted, &session] {
    v1::SubmitPlanRequest request;
    *request.mutable_options() = session.Options();
    OnPlan(session, request, *submitted, &Stub::SubmitPlan);
  });

  auto* const approve = plan->add_subcommand("approve", Tr("approve a submitted plan"));
  const auto approved = Optional(*approve, "PLAN", plan_help);
  const auto remark = Optional(*approve, "--remark", Tr("remark for the record"));
  approve->callback([approved, remark, &session] {
    v1::ApprovePlanRequest request;
    request.set_remark(*remark);
    *request.mutable_options() = session.Options();
    OnPlan(session, request, *approved, &Stub::ApprovePlan);
  });

  auto* const reject = plan->add_subcommand("reject", Tr("send a submitted plan back"));
  const auto rejected = Optional(*reject, "PLAN", plan_help);
  const auto why = Required(*reject, "--remark", Tr("remark for the record"));
  reject->callback([rejected, why, &session] {
    v1::RejectPlanRequest request;
    request.set_remark(*why);
    *request.mutable_options() = session.Options();
    OnPlan(session, request, *rejected, &Stub::RejectPlan);
  });

  AddPlanInsight(*plan, session);
  AddPlanWhatIf(*plan, session);
  AddPlanExport(*plan, session);

  auto* const solve = plan->add_subcommand("solve", Tr("solve a problem file"));
  const auto file = Required(*solve, "FILE", Tr("problem as JSON"));
  const auto limit = Optional(*solve, "--time-limit", Tr("such as 500ms or 2s; default 10s"));
  solve->callback([file, limit, &session] { Solve(session, *file, *limit); });
}

}  // namespace kirikae::cli

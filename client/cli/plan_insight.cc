// plan explain and plan compare.
#include <iostream>
#include <map>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/plan_conditional.h"
#include "client/cli/plan_difference.h"
#include "client/cli/rollout_name.h"
#include "client/cli/tag.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "client/cli/words.h"
#include "kirikae/v1/planning_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 120;

std::string Place(bool given, const v1::PlanSlot& slot) {
  return given ? slot.day() + " " + slot.slot() + " " + slot.team() : "-";
}

// How many earlier slots there were, and what held the device off them.
void SumUp(const v1::PlacementExplanation& why) {
  std::map<std::string, int64_t> counts;
  int64_t free = 0;
  for (const v1::HeldOffSlot& held : why.earlier()) {
    if (held.reasons().empty()) ++free;
    for (const v1::PlanReason& reason : held.reasons()) ++counts[reason.code()];
  }
  std::cout << Trn("$0 earlier slot was allowed:", "$0 earlier slots were allowed:",
                   why.earlier_size())
            << "\n";
  for (const auto& [code, count] : counts) {
    std::cout << "  " << Trn("in $0: $1", "in $0: $1", count, {LeftCell(code).text}) << "\n";
  }
  if (free > 0) {
    std::cout << "  "
              << Trn("in $0: free; the plan is as good without it",
                     "in $0: free; the plan is as good without it", free)
              << "\n";
  }
}

void Explain(Session& session, const std::string& tag, const std::string& plan) {
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  v1::ExplainPlacementRequest request;
  request.set_name(PlanName(session, plan));
  request.set_asset_tag(TagOf(tag));
  v1::PlacementExplanation why;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->ExplainPlacement(&context, request, &why); },
      kLongSeconds);
  Table table{
      {{"earlier_slot", Tr("earlier slot")}, {"held_off_by", Tr("held off by"), Fit::kWrap}},
      {},
      {}};
  for (const v1::HeldOffSlot& held : why.earlier()) {
    table.rows.push_back(
        {Place(true, held.slot()), held.reasons().empty()
                                       ? Cell(Tr("free; the plan is as good without it"), "FREE")
                                       : ReasonsCell(held.reasons())});
    table.names.push_back(Place(true, held.slot()));
  }
  if (session.ForPeople()) {
    std::cout << why.asset_tag() << "  " << request.name() << "\n";
    if (!why.blockers().empty()) {
      std::string codes;
      for (const std::string& code : why.blockers()) {
        codes += (codes.empty() ? "" : "; ") + BlockerCell(code).text;
      }
      std::cout << Tr("Not planned. Blockers: $0", {codes}) << "\n";
      return;
    }
    std::cout << (why.has_placed() ? Tr("Planned: $0", {Place(true, why.placed())})
                                   : Tr("Left out: $0", {Reasons(why.left())}))
              << "\n";
    if (!why.conditions().empty()) {
      std::cout << Tr("It is not ready yet: $0", {ConditionsCell(why.conditions()).text}) << "\n";
    }
    if (!why.earliest_alone().empty()) {
      std::cout << Tr("With no other device planned, its earliest day is $0.",
                      {why.earliest_alone()})
                << "\n";
    }
    if (table.rows.empty()) {
      std::cout << Tr("No earlier slot was allowed.") << "\n";
      return;
    }
    SumUp(why);
  }
  session.Print(table, why, "earlier");
}

Table Moves(const v1::PlanDifference& difference) {
  Table table{{{"asset_tag", Tr("tag")},
               {"department", Tr("department")},
               {"before", Tr("before")},
               {"after", Tr("after")}},
              {},
              {}};
  for (const v1::PlanMove& move : difference.moves()) {
    table.rows.push_back({move.item(), move.department(), Place(move.has_before(), move.before()),
                          Place(move.has_after(), move.after())});
    table.names.push_back("devices/" + move.item());
  }
  return table;
}

void PrintDifference(Session& session, const v1::PlanDifference& difference) {
  if (!session.ForPeople()) {
    session.Print(Moves(difference), difference, "moves");
    return;
  }
  if (difference.moves().empty()) {
    std::cout << Tr("Nobody moves.") << "\n";
    return;
  }
  session.Print(Departments(difference), difference, "departments");
  session.Print(Moves(difference), difference, "moves");
}

void Compare(Session& session, const std::string& before, const std::string& after) {
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  v1::ComparePlansRequest request;
  request.set_name(PlanName(session, before));
  request.set_other(PlanName(session, after));
  v1::PlanDifference difference;
  session.Call(
      [&](grpc::ClientContext& context) {
        return stub->ComparePlans(&context, request, &difference);
      },
      kLongSeconds);
  PrintDifference(session, difference);
  if (!difference.moves().empty()) throw Exit{kDifferences};
}

}  // namespace

void AddPlanInsight(CLI::App& plan, Session& session) {
  const std::string plan_help = Tr("ROLLOUT/N or N; the newest when left out");
  auto* const explain = plan.add_subcommand("explain", Tr("why a device is where it is"));
  const auto tag = Required(*explain, "TAG", Tr("asset tag"));
  const auto explained = Optional(*explain, "--plan", plan_help);
  explain->callback([=, &session] { Explain(session, *tag, *explained); });

  auto* const compare = plan.add_subcommand("compare", Tr("what differs between two plans"));
  const auto before = Required(*compare, "BEFORE", Tr("plan"));
  const auto after = Required(*compare, "AFTER", Tr("plan"));
  compare->callback([=, &session] { Compare(session, *before, *after); });
}

}  // namespace kirikae::cli

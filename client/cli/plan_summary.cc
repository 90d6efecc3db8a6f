#include "client/cli/plan_summary.h"

#include <algorithm>
#include <iostream>
#include <map>
#include <utility>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/left_groups.h"
#include "client/cli/paging.h"
#include "client/cli/percent.h"
#include "client/cli/plan_conditional.h"
#include "client/cli/plan_difference.h"
#include "client/cli/record_name.h"
#include "client/cli/terms.h"
#include "client/cli/words.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

using Counts = std::map<std::string, int64_t>;

// A line a reason, the most frequent first, and the command that lists the devices.
void PrintCounts(const std::string& heading, const Counts& counts, Cell (*word)(const std::string&),
                 const std::string& command) {
  std::vector<std::pair<std::string, int64_t>> rows(counts.begin(), counts.end());
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::cout << heading << "\n";
  for (const auto& [code, count] : rows) {
    const std::string number = std::to_string(count);
    const size_t pad = number.size() < 7 ? 7 - number.size() : 0;
    std::cout << std::string(pad, ' ') << number << "  " << word(code).text << "\n";
  }
  if (!command.empty()) std::cout << "  " << Tr("List them: $0", {command}) << "\n";
}

// A plan that a dry run did not keep has no lists.
void PrintLeftAndBlocked(const v1::Plan& plan, bool kept) {
  const auto list = [&](const std::string& which) {
    return kept ? "kirikae plan " + which + " " + ShortName(plan.name()) : "";
  };
  if (plan.left_count() > 0) {
    Counts counts;
    for (const v1::PlanLeft& left : plan.solution().left()) {
      for (const v1::PlanReason& reason : left.reasons()) ++counts[reason.code()];
    }
    PrintCounts(Trn("$0 device is left out:", "$0 devices are left out:", plan.left_count()),
                counts, LeftCell, list("left"));
  }
  if (plan.blocked_count() > 0) {
    Counts counts;
    for (const v1::BlockedDevice& device : plan.blocked()) {
      for (const std::string& code : device.codes()) ++counts[code];
    }
    PrintCounts(Trn("$0 device is blocked:", "$0 devices are blocked:", plan.blocked_count()),
                counts, BlockerCell, list("blocked"));
  }
}

}  // namespace

void PrintPhases(const Session& session, const v1::PlanSolution& solution) {
  Table phases{{{"phase", Tr("phase")},
                {"first_day", Tr("first day")},
                {"last_day", Tr("last day")},
                {"last_day_bound", Tr("not before this day")},
                {"bound_by", Tr("bound by"), Fit::kWrap}},
               {},
               {}};
  for (const v1::PlanPhaseResult& phase : solution.phases()) {
    phases.rows.push_back({phase.id(), phase.first_day(), phase.last_day(), phase.last_day_bound(),
                           BoundCell(phase.bound_by())});
  }
  cli::Print(session.form, !session.no_headers, phases, solution, "phases");
}

void PrintRelaxations(const v1::PlanSolution& solution) {
  const bool japanese = CurrentLanguage() == Language::kJapanese;
  for (const v1::PlanRelaxation& relaxation : solution.relaxations()) {
    std::cout << Tr("This would help") << ": "
              << (japanese && !relaxation.change_ja().empty() ? relaxation.change_ja()
                                                              : relaxation.change())
              << " ("
              << (japanese && !relaxation.effect_ja().empty() ? relaxation.effect_ja()
                                                              : relaxation.effect())
              << ")\n";
  }
}

void PrintPromise(const Session& session, const v1::Plan& plan) {
  if (!plan.has_promise()) return;
  const v1::PlanPromise& promise = plan.promise();
  const std::string asked = std::to_string(promise.confidence_percent()) + " %";
  if (promise.finish().empty()) {
    std::cout << Tr("No finish can be promised with $0.", {asked}) << "\n";
  } else {
    std::cout << Tr("Finish promised: $0, in $1 of $2 futures (asked: $3)",
                    {promise.finish(), Percent(promise.held_share()),
                     std::to_string(promise.runs()), asked})
              << "\n";
  }
  if (!promise.tight_finish().empty()) {
    std::cout << Trn("Without room for failures: $1, in $2 of them; $0 working day earlier",
                     "Without room for failures: $1, in $2 of them; $0 working days earlier",
                     promise.open_days_later(),
                     {promise.tight_finish(), Percent(promise.tight_share())})
              << "\n";
  }
  std::cout << (promise.phases_hold()
                    ? Trn("Held back: $1 of each slot, $0 working day after each phase",
                          "Held back: $1 of each slot, $0 working days after each phase",
                          promise.reserve().days(), {Percent(promise.reserve().share())})
                    : Tr("Nothing is held back: more would be left out. Only the finish is "
                         "promised."))
            << "\n";
  Table table{{{"phase", Tr("phase")},
               {"planned_end", Tr("planned end")},
               {"done_by", Tr("promised by")},
               {"attempts", Tr("attempts")},
               {"expected_to_fail", Tr("expected to fail")},
               {"expected_absent", Tr("expected absent")}},
              {},
              {}};
  bool assumed = false;
  for (const v1::PhasePromise& phase : promise.phases()) {
    assumed |= phase.attempted() == 0;
    table.rows.push_back({phase.id(), phase.last_day(), phase.done_by(),
                          std::to_string(phase.attempted()), Percent(phase.failed_rate()),
                          Percent(phase.absent_rate())});
  }
  cli::Print(session.form, !session.no_headers, table, plan, "");
  if (assumed) std::cout << Tr("Nothing was attempted so far; the rates are assumed.") << "\n";
}

void PrintPlanSummary(Session& session, const v1::Plan& plan) {
  std::cout << plan.name() << "  " << Term(plan.state()) << "  "
            << PlanStatusWord(plan.solution().status()) << "\n"
            << Tr("$0 planned, $1 left out, $2 blocked",
                  {std::to_string(plan.planned_count()), std::to_string(plan.left_count()),
                   std::to_string(plan.blocked_count())})
            << "\n";
  PrintPhases(session, plan.solution());
  PrintPromise(session, plan);
  PrintConditional(session, plan, !session.dry_run);
  PrintLeftAndBlocked(plan, !session.dry_run);
  PrintRelaxations(plan.solution());
  if (plan.solution().relaxation_steps_size() > 1) PrintSteps(session, plan.solution());
  for (const v1::PlanReason& warning : plan.warnings()) {
    std::cout << Tr("Note: $0", {InLanguage(warning)}) << "\n";
  }
  if (!session.dry_run) SumUpDifferenceFromApproved(session, plan);
  if (plan.approver().empty()) return;
  const std::vector<std::string> signature = {plan.approver(), LocalTime(plan.approve_time()),
                                              plan.remark()};
  std::cout << (plan.state() == v1::PLAN_STATE_REJECTED ? Tr("Sent back by $0 on $1: $2", signature)
                                                        : Tr("Approved by $0 on $1: $2", signature))
            << "\n";
}

void PrintDepartmentDates(Session& session, const v1::Plan& plan) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  const auto all = ReadAll<v1::ListDevicesRequest, v1::ListDevicesResponse>(
      session, {}, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListDevices(context, asked, page);
      });
  std::map<std::string, std::string> departments;
  for (const v1::Device& device : all.devices()) {
    departments[device.asset_tag()] = device.department();
  }
  struct Days {
    int64_t devices = 0;
    std::string first;
    std::string last;
  };
  std::map<std::string, Days> days_of;
  for (const v1::PlanPlacement& placement : plan.solution().placements()) {
    Days& days = days_of[departments[placement.item()]];
    ++days.devices;
    if (days.first.empty() || placement.day() < days.first) days.first = placement.day();
    days.last = std::max(days.last, placement.day());
  }
  Table table{{{"department", Tr("department")},
               {"devices", Tr("devices")},
               {"first_day", Tr("first day")},
               {"last_day", Tr("last day")}},
              {},
              {}};
  for (const auto& [department, days] : days_of) {
    table.rows.push_back({department, std::to_string(days.devices), days.first, days.last});
  }
  cli::Print(session.form, !session.no_headers, table, plan, "");
}

}  // namespace kirikae::cli

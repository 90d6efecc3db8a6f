#include "client/cli/plan_difference.h"

#include <iostream>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/record_name.h"
#include "client/cli/rollout_record.h"
#include "kirikae/v1/planning_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 120;

// The plan to compare `plan` with; "" when there is none.
std::string Against(Session& session, const v1::Plan& plan) {
  const bool waits =
      plan.state() == v1::PLAN_STATE_DRAFT || plan.state() == v1::PLAN_STATE_SUBMITTED;
  if (!waits) return plan.replaces();
  const std::string rollout = plan.name().substr(0, plan.name().find("/plans/"));
  return ReadRollout(session, rollout).approved_plan();
}

}  // namespace

Table Departments(const v1::PlanDifference& difference) {
  Table table{{{"department", Tr("department")},
               {"earlier", Tr("earlier")},
               {"later", Tr("later")},
               {"within_the_day", Tr("within the day")},
               {"new", Tr("new")},
               {"dropped", Tr("dropped")},
               {"unchanged", Tr("unchanged"), Fit::kSpare}},
              {},
              {}};
  const auto add = [&](const v1::DepartmentMoves& row, const Cell& name) {
    table.rows.push_back({name, std::to_string(row.earlier()), std::to_string(row.later()),
                          std::to_string(row.within_day()), std::to_string(row.added()),
                          std::to_string(row.dropped()), std::to_string(row.unchanged())});
    table.names.push_back(name.code);
  };
  for (const v1::DepartmentMoves& row : difference.departments()) {
    if (row.earlier() + row.later() + row.within_day() + row.added() + row.dropped() > 0) {
      add(row, row.department());
    }
  }
  add(difference.total(), {Tr("all"), "all"});
  return table;
}

namespace {

// The difference of the plan from `against`.
v1::PlanDifference Compared(Session& session, const std::string& against, const v1::Plan& plan) {
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  v1::ComparePlansRequest request;
  request.set_name(against);
  request.set_other(plan.name());
  v1::PlanDifference difference;
  session.Call(
      [&](grpc::ClientContext& context) {
        return stub->ComparePlans(&context, request, &difference);
      },
      kLongSeconds);
  return difference;
}

}  // namespace

void SumUpDifferenceFromApproved(Session& session, const v1::Plan& plan) {
  const std::string against = Against(session, plan);
  if (against.empty()) return;
  const v1::PlanDifference difference = Compared(session, against, plan);
  if (difference.moves().empty()) {
    std::cout << Tr("Nobody moves from $0.", {against}) << "\n";
    return;
  }
  const v1::DepartmentMoves& total = difference.total();
  std::cout << Tr("From $0: $1 earlier, $2 later, $3 within the day, $4 new, $5 dropped, $6 "
                  "unchanged.",
                  {against, std::to_string(total.earlier()), std::to_string(total.later()),
                   std::to_string(total.within_day()), std::to_string(total.added()),
                   std::to_string(total.dropped()), std::to_string(total.unchanged())})
            << "\n  "
            << Tr("List them: $0",
                  {"kirikae plan compare " + ShortName(against) + " " + ShortName(plan.name())})
            << "\n";
}

void PrintDifferenceFromApproved(Session& session, const v1::Plan& plan) {
  const std::string against = Against(session, plan);
  if (against.empty()) return;
  const v1::PlanDifference difference = Compared(session, against, plan);
  if (difference.moves().empty()) return;
  std::cout << Tr("Changes from $0:", {against}) << "\n";
  session.Print(Departments(difference), difference, "departments");
}

}  // namespace kirikae::cli

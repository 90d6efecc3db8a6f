#include "client/cli/plan_difference.h"

#include <iostream>
#include <string>

#include "client/cli/catalogue.h"
#include "kirikae/v1/planning_service.grpc.pb.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 120;

// The plan to compare `plan` with; "" when there is none.
std::string Against(Session& session, const v1::Plan& plan) {
  const bool waits =
      plan.state() == v1::PLAN_STATE_DRAFT || plan.state() == v1::PLAN_STATE_SUBMITTED;
  if (!waits) return plan.replaces();
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  v1::GetRolloutRequest request;
  request.set_name(plan.name().substr(0, plan.name().find("/plans/")));
  v1::Rollout rollout;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetRollout(&context, request, &rollout); });
  return rollout.approved_plan();
}

}  // namespace

Table Departments(const v1::PlanDifference& difference) {
  Table table{{Tr("department"), Tr("earlier"), Tr("later"), Tr("within the day"), Tr("new"),
               Tr("dropped"), Tr("unchanged")},
              {},
              {}};
  const auto add = [&](const v1::DepartmentMoves& row, const std::string& name) {
    table.rows.push_back({name, std::to_string(row.earlier()), std::to_string(row.later()),
                          std::to_string(row.within_day()), std::to_string(row.added()),
                          std::to_string(row.dropped()), std::to_string(row.unchanged())});
    table.names.push_back(name);
  };
  for (const v1::DepartmentMoves& row : difference.departments()) {
    if (row.earlier() + row.later() + row.within_day() + row.added() + row.dropped() > 0) {
      add(row, row.department());
    }
  }
  add(difference.total(), Tr("all"));
  return table;
}

void PrintDifferenceFromApproved(Session& session, const v1::Plan& plan) {
  const std::string against = Against(session, plan);
  if (against.empty()) return;
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
  if (difference.moves().empty()) {
    std::cout << Tr("Nobody moves from $0.", {against}) << "\n";
    return;
  }
  std::cout << Tr("Changes from $0:", {against}) << "\n";
  session.Print(Departments(difference), difference, "departments");
}

}  // namespace kirikae::cli

// Every unreadable text of a problem or a change is named by its path.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "service/domain/error_detail.h"
#include "service/plan_form/problem_and_solution.h"

namespace kirikae::plan_form {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> PathsOf(const absl::Status& status) {
  std::vector<std::string> paths;
  const auto detail = domain::DetailOf(status);
  if (!detail.has_value()) return paths;
  for (const domain::Violation& violation : detail->violations) paths.push_back(violation.field);
  return paths;
}

TEST(Faults, AProblemsTextsByTheirPaths) {
  v1::PlanProblem problem;
  problem.mutable_calendar()->set_first_day("2025-02-30");
  problem.mutable_calendar()->add_weekly_open("MON");
  problem.mutable_calendar()->add_weekly_open("Monday");
  auto* const change = problem.add_teams()->add_changes();
  change->set_from("1/5");
  problem.add_phases()->set_deadline("0999-01-01");
  problem.add_items()->mutable_fixed()->set_slot("am");
  problem.add_blackouts()->set_to("soon");
  problem.mutable_policy()->add_objectives("FASTEST");
  EXPECT_THAT(PathsOf(FromProto(problem).status()),
              ElementsAre("calendar.firstDay", "calendar.lastDay", "calendar.weeklyOpen[1]",
                          "teams[0].changes[0].from", "phases[0].deadline", "items[0].fixed.day",
                          "blackouts[0].to", "policy.objectives[0]"));
}

// Such a day was written with a fifth digit of its year, which could not be read back.
TEST(Faults, ADayInAnotherFormIsNamed) {
  for (const char* day : {"20255-6-30", "2025-6-030", "2025-06-3 ", " 2025-6-30", "-999-06-30"}) {
    v1::PlanProblem problem;
    problem.mutable_calendar()->set_first_day("2025-06-02");
    problem.mutable_calendar()->set_last_day(day);
    EXPECT_THAT(PathsOf(FromProto(problem).status()), ElementsAre("calendar.lastDay")) << day;
  }
}

TEST(Faults, AChangesTextsByTheirPathsAndAChangeOfNothing) {
  google::protobuf::RepeatedPtrField<v1::PlanChange> changes;
  changes.Add();
  changes.Add()->mutable_team_away()->set_from("2025-05-01");
  EXPECT_THAT(PathsOf(FromProto(changes).status()),
              ElementsAre("changes[0]", "changes[1].teamAway.to"));
  changes.Clear();
  EXPECT_THAT(PathsOf(FromProto(changes).status()), ElementsAre("changes"));
}

TEST(Faults, AStoredSolutionThatCannotBeReadIsLostData) {
  v1::PlanSolution solution;
  solution.add_placements()->set_day("2025-13-01");
  EXPECT_EQ(FromProto(solution).status().code(), absl::StatusCode::kDataLoss);
}

TEST(Faults, ADayOfOneSlotNeedNotNameIt) {
  v1::PlanProblem problem;
  problem.mutable_calendar()->set_first_day("2025-05-01");
  problem.mutable_calendar()->set_last_day("2025-05-31");
  problem.add_items()->mutable_fixed()->set_day("2025-05-07");
  auto read = FromProto(problem);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->items[0].fixed->slot, "day");
  problem.mutable_calendar()->add_slots("午前");
  read = FromProto(problem);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->items[0].fixed->slot, "午前");
}

}  // namespace
}  // namespace kirikae::plan_form

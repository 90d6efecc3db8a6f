// A problem, a change and a solution are unchanged after conversion to their public form and back.
#include <gtest/gtest.h>

#include <vector>

#include "service/plan_form/problem_and_solution.h"

namespace kirikae::plan_form {
namespace {

const absl::CivilDay kDay(2025, 5, 1);

planner::CapacityChange EveryCapacityField() {
  planner::CapacityChange change;
  change.from = kDay;
  change.to = kDay + 1;
  change.weekday = absl::Weekday::tuesday;
  change.slot = "am";
  change.set_minutes = 0;
  change.set_devices = 7;
  change.add_minutes = -30;
  change.add_devices = 2;
  return change;
}

planner::PlanProblem EveryField() {
  planner::PlanProblem problem;
  problem.calendar = {kDay,       kDay + 90,  {absl::Weekday::monday, absl::Weekday::sunday},
                      {kDay + 3}, {kDay + 4}, {"am", "pm"}};
  problem.teams.push_back({"a", 210, 0, {"本庁舎"}, {EveryCapacityField()}});
  problem.teams.push_back({"b", std::nullopt, 5, {}, {}});
  problem.phases.push_back({"pilot", kDay, kDay + 30, 5});
  problem.phases.push_back({"all", std::nullopt, std::nullopt, 0});
  problem.pools.push_back({"総務部", 20, 0.25, 3});
  problem.pools.push_back({"窓口", std::nullopt, std::nullopt, 0});
  planner::Item item;
  item.id = "TSM-00001";
  item.minutes = 35;
  item.phase = "pilot";
  item.department = "総務部";
  item.site = "本庁舎";
  item.pools = {"窓口"};
  item.group = "g";
  item.not_before = kDay + 1;
  item.not_after = kDay + 9;
  item.weight = 3;
  item.published = planner::Position{kDay + 2, "am", "a"};
  problem.items.push_back(item);
  item.id = "TSM-00002";
  item.weight = 0;
  item.fixed = planner::Position{kDay, "pm", "b"};
  problem.items.push_back(item);
  problem.blackouts.push_back({kDay + 5, std::nullopt, "総務部", "本庁舎", "all"});
  problem.policy.department_daily_share = 0.34;
  problem.policy.visit_minutes = 30;
  problem.policy.help_desk = {{0.08, 0.04}, 20, {1.5}};
  problem.policy.objectives = {planner::Objective::kLevel, planner::Objective::kPlaced};
  problem.policy.reserve = {0.07, 2};
  return problem;
}

TEST(RoundTrip, AProblemKeepsEveryField) {
  const planner::PlanProblem problem = EveryField();
  v1::PlanProblem proto;
  ToProto(problem, &proto);
  const auto read = FromProto(proto);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, problem);
}

TEST(RoundTrip, AnEmptyPolicyKeepsItsDefaults) {
  v1::PlanProblem proto;
  ToProto(planner::PlanProblem(), &proto);
  proto.clear_policy();
  proto.mutable_calendar()->set_first_day("2025-05-01");
  proto.mutable_calendar()->set_last_day("2025-05-02");
  const auto read = FromProto(proto);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->policy, planner::Policy());
}

TEST(RoundTrip, EveryKindOfChangeKeepsItsFields) {
  const std::vector<planner::Change> changes = {
      planner::DelayGate{"pilot", 5},
      planner::DelayPhase{"all", 10},
      planner::MoveDeadline{"pilot", kDay + 20},
      planner::MoveDeadline{"pilot", std::nullopt},
      planner::TeamAway("a", kDay, kDay + 4),
      planner::ChangeCapacity{"a", EveryCapacityField()},
      planner::ChangeShare{"総務部", 0.5},
      planner::AddBlackout{{kDay, kDay + 1, "総務部", "", ""}},
      planner::AddTeam{{"c", 100, std::nullopt, {"支所"}, {EveryCapacityField()}}},
      planner::ChangeHelpDesk{12.5},
      planner::RaiseTeam{"a", 30, 2},
      planner::ExtendCalendar{kDay + 200},
      planner::ChangePoolLimit{"総務部", 4},
  };
  google::protobuf::RepeatedPtrField<v1::PlanChange> protos;
  for (const planner::Change& change : changes) ToProto(change, protos.Add());
  const auto read = FromProto(protos);
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->size(), changes.size());
  for (size_t i = 0; i < changes.size(); ++i) EXPECT_TRUE((*read)[i] == changes[i]) << i;
}

TEST(RoundTrip, WhatASolutionPlacesIsReadBack) {
  planner::PlanSolution solution;
  solution.placements = {{"TSM-00001", kDay, "am", "a"}, {"TSM-00002", kDay + 1, "pm", "b"}};
  planner::PhaseResult phase;
  phase.id = "pilot";
  phase.first_day = kDay;
  phase.last_day = kDay + 1;
  solution.phases.push_back(phase);
  phase = planner::PhaseResult();
  phase.id = "all";
  solution.phases.push_back(phase);
  v1::PlanSolution proto;
  ToProto(solution, &proto);
  const auto read = FromProto(proto);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->placements, solution.placements);
  EXPECT_EQ(read->phases, solution.phases);
}

TEST(RoundTrip, AReasonIsSaidInBothLanguages) {
  v1::PlanReason proto;
  ToProto("POOL_WITHOUT_DEVICES", domain::Sentence("The pool $0 has no device in scope.", {"議会"}),
          &proto);
  EXPECT_EQ(proto.code(), "POOL_WITHOUT_DEVICES");
  EXPECT_EQ(proto.text(), "The pool 議会 has no device in scope.");
  EXPECT_NE(proto.text_ja(), proto.text());
  EXPECT_NE(proto.text_ja().find("議会"), std::string::npos);
}

}  // namespace
}  // namespace kirikae::plan_form

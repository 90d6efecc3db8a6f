// Converts planning problems and solutions between their public form and the planner's values.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kirikae/v1/planning_service.pb.h"
#include "service/domain/sentence.h"
#include "service/planner/change.h"
#include "service/planner/compare.h"
#include "service/planner/problem.h"
#include "service/planner/robust.h"
#include "service/planner/solution.h"

namespace kirikae::plan_form {

/// The problem in the planner's form. INVALID_ARGUMENT with every unreadable day, weekday and
/// objective, by its path. What the planner itself refuses is not checked here.
absl::StatusOr<planner::PlanProblem> FromProto(const v1::PlanProblem& proto);

/// The problem in the API's form.
void ToProto(const planner::PlanProblem& problem, v1::PlanProblem* proto);

/// The changes of a what-if. INVALID_ARGUMENT with every unreadable day, by its path.
absl::StatusOr<std::vector<planner::Change>> FromProto(
    const google::protobuf::RepeatedPtrField<v1::PlanChange>& changes);

/// A change in a what-if's form.
void ToProto(const planner::Change& change, v1::PlanChange* proto);

/// A plan's placements and phases, from what the plan keeps. DATA_LOSS for an unreadable day.
absl::StatusOr<planner::PlanSolution> FromProto(const v1::PlanSolution& proto);

void ToProto(const planner::Position& position, v1::PlanSlot* proto);
/// A sentence with its code, in both languages.
void ToProto(const std::string& code, const domain::Sentence& sentence, v1::PlanReason* proto);
void ToProto(const planner::LeftReason& reason, v1::PlanReason* proto);
void ToProto(const planner::PlanDifference& difference, v1::PlanDifference* proto);

/// What a plan promises, in the API's form.
void ToProto(const planner::Promise& promise, v1::PlanPromise* proto);

/// The solution in the API's form.
void ToProto(const planner::PlanSolution& solution, v1::PlanSolution* proto);

}  // namespace kirikae::plan_form

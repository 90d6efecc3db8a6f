// Planning problems and solutions in their public form, and as the values of the planner.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kirikae/v1/planning_service.pb.h"
#include "service/domain/sentence.h"
#include "service/planner/change.h"
#include "service/planner/compare.h"
#include "service/planner/problem.h"
#include "service/planner/solution.h"

namespace kirikae::plan_form {

/// The problem as the planner takes it. INVALID_ARGUMENT with every day, weekday and objective that
/// can't be read, by its path; what the planner itself refuses is not checked here.
absl::StatusOr<planner::PlanProblem> FromProto(const v1::PlanProblem& proto);

/// The problem as the API takes it.
void ToProto(const planner::PlanProblem& problem, v1::PlanProblem* proto);

/// The changes of a what-if. INVALID_ARGUMENT with every day that can't be read, by its path.
absl::StatusOr<std::vector<planner::Change>> FromProto(
    const google::protobuf::RepeatedPtrField<v1::PlanChange>& changes);

/// A change as a what-if takes it.
void ToProto(const planner::Change& change, v1::PlanChange* proto);

/// What a plan places, from what it keeps: placements and phases. DATA_LOSS for a day that can't be
/// read.
absl::StatusOr<planner::PlanSolution> FromProto(const v1::PlanSolution& proto);

void ToProto(const planner::Position& position, v1::PlanSlot* proto);
/// A coded sentence, in both languages.
void ToProto(const std::string& code, const domain::Sentence& sentence, v1::PlanReason* proto);
void ToProto(const planner::LeftReason& reason, v1::PlanReason* proto);
void ToProto(const planner::PlanDifference& difference, v1::PlanDifference* proto);

/// The solution as the API gives it.
void ToProto(const planner::PlanSolution& solution, v1::PlanSolution* proto);

}  // namespace kirikae::plan_form

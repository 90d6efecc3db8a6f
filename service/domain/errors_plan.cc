#include "service/domain/errors.h"

#include "service/domain/record_name.h"

namespace kirikae::domain {
namespace {

using absl::StatusCode;

std::string S(std::string_view text) { return std::string(text); }

}  // namespace

absl::Status PlanNotFound(std::string_view rollout, int64_t number) {
  const std::string name = PlanName(rollout, number);
  return MakeMissing("PLAN_NOT_FOUND",
                     Sentence("Rollout $0 has no plan $1.", {S(rollout), std::to_string(number)}),
                     name, {{"rollout", S(rollout)}, {"plan", name}});
}

absl::Status PlanRefuses(std::string_view plan, PlanState state, PlanEvent event) {
  const std::string now = S(Name(state));
  const std::string expected = S(Name(StateFor(event)));
  return MakeError(StatusCode::kFailedPrecondition, "PLAN_STATE",
                   Sentence("Plan $0 is $1; for this it must be $2.", {S(plan), now, expected}),
                   {{"plan", S(plan)}, {"state", now}, {"expected_state", expected}});
}

absl::Status DeviceNotInPlan(std::string_view asset_tag, std::string_view plan) {
  return MakeMissing(
      "DEVICE_NOT_IN_PLAN",
      Sentence("Plan $1 does not have device $0: when it was made, the device was out of "
               "scope, done already or not there. Make a new plan to have it.",
               {S(asset_tag), S(plan)}),
      DeviceName(asset_tag), {{"asset_tag", S(asset_tag)}, {"plan", S(plan)}});
}

absl::Status PlanWithoutProblem(std::string_view plan) {
  return MakeError(
      StatusCode::kFailedPrecondition, "PLAN_WITHOUT_PROBLEM",
      Sentence("Plan $0 was made before plans kept their problem. Make a new plan.", {S(plan)}),
      {{"plan", S(plan)}});
}

absl::Status PlanStale(std::string_view plan) {
  return MakeError(StatusCode::kFailedPrecondition, "PLAN_STALE",
                   Sentence("Plan $0 is older than the approved one. Make a new plan.", {S(plan)}),
                   {{"plan", S(plan)}});
}

absl::Status PlanOfAnotherFile(std::string_view plan) {
  return MakeError(StatusCode::kFailedPrecondition, "PLAN_OF_ANOTHER_FILE",
                   Sentence("Plan $0 was made from another file than the rollout has now. Make a "
                            "new plan.",
                            {S(plan)}),
                   {{"plan", S(plan)}});
}

absl::Status PlanPlacesNothing(std::string_view plan) {
  return MakeError(StatusCode::kFailedPrecondition, "PLAN_PLACES_NOTHING",
                   Sentence("Plan $0 places no device. See what it leaves out and why.", {S(plan)}),
                   {{"plan", S(plan)}});
}

absl::Status ProblemTooLarge(int64_t mebibytes) {
  return MakeError(StatusCode::kResourceExhausted, "PROBLEM_TOO_LARGE",
                   Sentence("The problem takes more than $0 MiB. Plan it in several.",
                            {std::to_string(mebibytes)}),
                   {{"limit", std::to_string(mebibytes << 20U)}});
}

absl::Status NoWorkingDayLeft(std::string_view first, std::string_view last) {
  return MakeError(StatusCode::kFailedPrecondition, "NO_WORKING_DAY_LEFT",
                   Sentence("There is no working day from $0 to $1. Move the last day of the "
                            "calendar or a deadline in the rollout's file.",
                            {S(first), S(last)}),
                   {{"first_day", S(first)}, {"last_day", S(last)}});
}

}  // namespace kirikae::domain

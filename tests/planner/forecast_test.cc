#include "service/planner/forecast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/planner/solver.h"
#include "tests/planner/problems.h"

namespace kirikae::planner {
namespace {

using ::testing::IsEmpty;

const absl::CivilDay kFirst(2025, 5, 12);

ForecastInput TenADay(int days, int open_days = 60) {
  ForecastInput input;
  for (int d = 0; d < open_days; ++d) input.open_days.push_back(kFirst + d);
  input.devices_per_day = {10};
  ForecastPhase phase;
  phase.id = "one";
  for (int d = 0; d < days; ++d) phase.planned.push_back({kFirst + d, 10});
  input.phases.push_back(phase);
  return input;
}

ForecastOptions WithoutPrior() {
  ForecastOptions options;
  options.prior_failed = options.prior_absent = 0;
  return options;
}

TEST(Forecast, WithoutFailuresThePlanIsKept) {
  const ForecastResult result = Forecast(TenADay(5), WithoutPrior());
  EXPECT_EQ(result.phases[0].planned, kFirst + 4);
  EXPECT_EQ(result.phases[0].half, kFirst + 4);
  EXPECT_EQ(result.phases[0].nine_of_ten, kFirst + 4);
  ASSERT_EQ(result.burn_up.size(), 5u);
  EXPECT_EQ(result.burn_up[2].planned, 30);
  EXPECT_EQ(result.burn_up[2].low, 30);
}

TEST(Forecast, FailuresSeenMakeItLateAndUncertain) {
  ForecastInput input = TenADay(10);
  input.phases[0].seen = {200, 40, 20};
  const ForecastResult result = Forecast(input);
  const PhaseForecast& row = result.phases[0];
  ASSERT_TRUE(row.half.has_value() && row.nine_of_ten.has_value());
  EXPECT_NEAR(row.failed_rate, 40.8 / 220, 1e-9);
  EXPECT_NEAR(row.absent_rate, 20.6 / 220, 1e-9);
  // About 28 of 100 devices need a second attempt and 8 a third, at ten a day.
  EXPECT_GE(*row.half, kFirst + 12);
  EXPECT_LE(*row.half, kFirst + 18);
  EXPECT_GT(*row.nine_of_ten, *row.half);
  EXPECT_LE(result.burn_up[5].low, result.burn_up[5].middle);
  EXPECT_LE(result.burn_up[5].middle, result.burn_up[5].high);
  EXPECT_LT(result.burn_up[5].high, result.burn_up[5].planned);
}

TEST(Forecast, MoreFailuresNeverFinishEarlier) {
  std::optional<absl::CivilDay> previous;
  for (int64_t failed = 0; failed <= 60; failed += 20) {
    ForecastInput input = TenADay(10);
    input.phases[0].seen = {100, failed, 0};
    const ForecastResult result = Forecast(input);
    ASSERT_TRUE(result.phases[0].half.has_value());
    if (previous.has_value()) {
      EXPECT_GE(*result.phases[0].half, *previous);
    }
    previous = result.phases[0].half;
  }
}

TEST(Forecast, ALatePhasePutsOffTheNextBySoakAndAll) {
  ForecastInput input = TenADay(2);
  input.phases[0].soak_days = 3;
  input.phases[0].waiting = 10;
  ForecastPhase next;
  next.id = "two";
  next.planned = {{kFirst + 5, 4}, {kFirst + 7, 4}};
  input.phases.push_back(next);
  const ForecastResult result = Forecast(input, WithoutPrior());
  EXPECT_EQ(result.phases[0].half, kFirst + 2) << "the waiting ten take a day of their own";
  EXPECT_EQ(result.phases[1].planned, kFirst + 7);
  EXPECT_EQ(result.phases[1].half, kFirst + 8) << "begins on the sixth day after, not the fifth";
  EXPECT_EQ(result.all.half, kFirst + 8);
}

TEST(Forecast, WhatDoesNotEndWithinTheDaysGivenHasNoDate) {
  ForecastInput input = TenADay(5, 5);
  input.phases[0].seen = {100, 50, 0};
  const ForecastResult result = Forecast(input);
  EXPECT_FALSE(result.phases[0].half.has_value());
  input.devices_per_day = {0};
  input.phases[0].planned.clear();
  input.phases[0].waiting = 3;
  EXPECT_FALSE(Forecast(input).phases[0].nine_of_ten.has_value());
}

TEST(Forecast, TheSameInputGivesTheSameResultAndTheSeedMatters) {
  ForecastInput input = TenADay(10);
  input.phases[0].seen = {50, 10, 5};
  EXPECT_EQ(Forecast(input), Forecast(input));
  ForecastOptions other;
  other.seed = 2;
  EXPECT_NE(Forecast(input).burn_up, Forecast(input, other).burn_up);
}

TEST(Forecast, NothingLeftAndNonsenseAreAnswered) {
  ForecastInput input;
  EXPECT_FALSE(Forecast(input).all.half.has_value());
  input = TenADay(3);
  input.phases[0].planned[0].devices = -5;
  input.phases[0].seen = {-1, -2, 7};
  input.phases[0].waiting = -3;
  const ForecastResult result = Forecast(input);
  EXPECT_EQ(result.phases[0].remaining, 20);
}

TEST(Forecast, TakesAWholeSolvedWard) {
  const PlanProblem problem = WardLike(2);
  const auto solution = Solve(problem);
  ASSERT_TRUE(solution.ok());
  const ForecastInput input =
      ForecastInputOf(problem, *solution, problem.calendar.first_day, {{100, 4, 2}});
  const ForecastResult result = Forecast(input);
  ASSERT_EQ(result.phases.size(), 4u);
  EXPECT_EQ(result.all.remaining, 700);
  for (size_t p = 0; p < 4; ++p) {
    EXPECT_EQ(result.phases[p].planned, solution->phases[p].last_day);
    ASSERT_TRUE(result.phases[p].half.has_value());
    EXPECT_GE(*result.phases[p].half, *result.phases[p].planned);
    EXPECT_GE(*result.phases[p].nine_of_ten, *result.phases[p].half);
  }
  EXPECT_THAT(
      Forecast(ForecastInputOf(problem, *solution, problem.calendar.last_day + 1, {})).burn_up,
      IsEmpty());
}

}  // namespace
}  // namespace kirikae::planner

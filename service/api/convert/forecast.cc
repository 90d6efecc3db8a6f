#include "service/api/convert/forecast.h"

#include <cstddef>

#include "service/plan_form/day_text.h"

namespace kirikae::api {
namespace {

using plan_form::DayText;

void Fill(const planner::PhaseForecast& forecast, const planner::SeenOutcomes& seen,
          v1::PhaseForecast* proto) {
  proto->set_id(forecast.id);
  proto->set_planned(DayText(forecast.planned));
  proto->set_half(DayText(forecast.half));
  proto->set_nine_of_ten(DayText(forecast.nine_of_ten));
  proto->set_failed_rate(forecast.failed_rate);
  proto->set_absent_rate(forecast.absent_rate);
  proto->set_remaining(static_cast<int>(forecast.remaining));
  proto->set_attempted(static_cast<int>(seen.attempted));
  proto->set_failed(static_cast<int>(seen.failed));
  proto->set_absent(static_cast<int>(seen.absent));
}

}  // namespace

void ToProto(const app::RolloutForecast& forecast, v1::Forecast* proto) {
  proto->set_day(DayText(forecast.day));
  proto->set_runs(forecast.result.runs);
  for (size_t i = 0; i < forecast.result.phases.size(); ++i) {
    Fill(forecast.result.phases[i], forecast.seen[i], proto->add_phases());
  }
  Fill(forecast.result.all, forecast.seen_in_all, proto->mutable_all());
  for (const planner::BurnUpDay& day : forecast.result.burn_up) {
    auto* const row = proto->add_burn_up();
    row->set_day(DayText(day.day));
    row->set_planned(static_cast<int>(day.planned));
    row->set_low(static_cast<int>(day.low));
    row->set_middle(static_cast<int>(day.middle));
    row->set_high(static_cast<int>(day.high));
  }
}

}  // namespace kirikae::api

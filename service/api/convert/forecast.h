// Forecasts as messages of the API.
#pragma once

#include "kirikae/v1/rollout_service.pb.h"
#include "service/app/plans/forecast.h"

namespace kirikae::api {

void ToProto(const app::RolloutForecast& forecast, v1::Forecast* proto);

}  // namespace kirikae::api

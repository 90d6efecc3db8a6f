#include "client/cli/forecast.h"

#include <iostream>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/percent.h"
#include "client/cli/rollout_name.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 120;

void Show(Session& session, const std::string& given) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  v1::GetForecastRequest request;
  request.set_name(RolloutName(session, given));
  v1::Forecast forecast;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetForecast(&context, request, &forecast); },
      kLongSeconds);
  Table table{{{"phase", Tr("phase")},
               {"planned_end", Tr("planned end")},
               {"half_by", Tr("50 % by")},
               {"nine_of_ten_by", Tr("90 % by")},
               {"to_do", Tr("to do")},
               {"attempts", Tr("attempts")},
               {"failed", Tr("failed")},
               {"nobody_there", Tr("nobody there"), Fit::kSpare},
               {"expected_to_fail", Tr("expected to fail"), Fit::kSpare},
               {"expected_absent", Tr("expected absent"), Fit::kSpare}},
              {},
              {}};
  const auto add = [&](const v1::PhaseForecast& row, const Cell& name) {
    table.rows.push_back({name, row.planned(), row.half(), row.nine_of_ten(),
                          std::to_string(row.remaining()), std::to_string(row.attempted()),
                          std::to_string(row.failed()), std::to_string(row.absent()),
                          Percent(row.failed_rate()), Percent(row.absent_rate())});
    table.names.push_back(name.code);
  };
  for (const v1::PhaseForecast& row : forecast.phases()) add(row, row.id());
  add(forecast.all(), {Tr("all"), "all"});
  if (session.ForPeople()) {
    std::cout << request.name() << "  "
              << Trn("as seen on $1, over $0 simulated rollout",
                     "as seen on $1, over $0 simulated rollouts", forecast.runs(), {forecast.day()})
              << "\n";
  }
  session.Print(table, forecast, "phases");
}

}  // namespace

void AddForecast(CLI::App& rollout, Session& session) {
  auto* const forecast = rollout.add_subcommand(
      "forecast", Tr("forecast when it will be done, from the outcomes so far"));
  const auto id = Optional(*forecast, "ROLLOUT", Tr("id; may be left out when there is one"));
  forecast->callback([id, &session] { Show(session, *id); });
}

}  // namespace kirikae::cli

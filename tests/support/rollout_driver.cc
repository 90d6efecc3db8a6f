#include "tests/support/rollout_driver.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "kirikae/v1/migration_service.grpc.pb.h"

namespace kirikae::testing {
namespace {

template <typename Stub, typename Request, typename Response>
Response Ask(const Daemon& daemon, Stub& stub,
             grpc::Status (Stub::*rpc)(grpc::ClientContext*, const Request&, Response*),
             const Request& request) {
  grpc::ClientContext context;
  daemon.Authorize(context);
  Response response;
  const grpc::Status status = (stub.*rpc)(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response;
}

}  // namespace

void RolloutDriver::GoTo(absl::CivilDay day, int hour) {
  today_ = day;
  EXPECT_EQ(daemon_.Stop().exit_code, 0);
  const ProgramResult check =
      RunProgram({KIRIKAED, "check", "--state-dir", daemon_.folder().path()});
  EXPECT_EQ(check.exit_code, 0) << absl::FormatCivilTime(day) << "\n" << check.out << check.err;
  daemon_.Start({"--now", absl::FormatCivilTime(day) + absl::StrFormat("T%02d:00:00+09:00", hour),
                 "--allow-self-approval"});
}

v1::Rollout RolloutDriver::Rollout() const {
  const auto stub = v1::RolloutService::NewStub(daemon_.channel());
  v1::GetRolloutRequest request;
  request.set_name("rollouts/" + rollout_);
  return Ask(daemon_, *stub, &v1::RolloutService::Stub::GetRollout, request);
}

v1::Phase RolloutDriver::Phase(const std::string& id) const {
  const v1::Rollout rollout = Rollout();
  for (const v1::Phase& phase : rollout.phases()) {
    if (phase.id() == id) return phase;
  }
  ADD_FAILURE() << "no phase " << id;
  return {};
}

v1::Progress RolloutDriver::Progress() const {
  const auto stub = v1::RolloutService::NewStub(daemon_.channel());
  v1::GetProgressRequest request;
  request.set_name("rollouts/" + rollout_);
  return Ask(daemon_, *stub, &v1::RolloutService::Stub::GetProgress, request);
}

std::vector<v1::Wave> RolloutDriver::Waves() const {
  const auto stub = v1::RolloutService::NewStub(daemon_.channel());
  v1::ListWavesRequest request;
  request.set_parent("rollouts/" + rollout_);
  request.set_page_size(1000);
  const auto page = Ask(daemon_, *stub, &v1::RolloutService::Stub::ListWaves, request);
  return {page.waves().begin(), page.waves().end()};
}

v1::Wave RolloutDriver::Wave(int number) const {
  const auto stub = v1::RolloutService::NewStub(daemon_.channel());
  v1::GetWaveRequest request;
  request.set_name("rollouts/" + rollout_ + "/waves/" + std::to_string(number));
  return Ask(daemon_, *stub, &v1::RolloutService::Stub::GetWave, request);
}

std::vector<std::string> RolloutDriver::Due() const {
  const auto stub = v1::MigrationService::NewStub(daemon_.channel());
  v1::ListDueRequest request;
  request.set_page_size(1000);
  const auto page = Ask(daemon_, *stub, &v1::MigrationService::Stub::ListDue, request);
  std::vector<std::string> tags;
  for (const v1::DueDevice& due : page.devices()) {
    if (!due.exception_ends()) tags.push_back(due.device().asset_tag());
  }
  return tags;
}

std::string RolloutDriver::Report() const {
  const auto stub = v1::RolloutService::NewStub(daemon_.channel());
  v1::GetReportRequest request;
  request.set_name("rollouts/" + rollout_);
  request.set_format(v1::REPORT_FORMAT_HTML);
  request.set_language("en");
  grpc::ClientContext context;
  daemon_.Authorize(context);
  std::string bytes;
  const auto reader = stub->GetReport(&context, request);
  for (v1::GetReportResponse part; reader->Read(&part);) bytes += part.chunk();
  EXPECT_TRUE(reader->Finish().ok());
  return bytes;
}

int RolloutDriver::Mark(const std::string& outcome, const std::vector<std::string>& tags,
                        const std::vector<std::string>& more) {
  if (tags.empty()) return 0;
  std::vector<std::string> args = {"mark", outcome, "--yes", "--reason", "模擬"};
  args.insert(args.end(), tags.begin(), tags.end());
  args.insert(args.end(), more.begin(), more.end());
  const ProgramResult result = daemon_.Run(args);
  if (result.exit_code != 0) ADD_FAILURE() << result.err;
  return result.exit_code;
}

void RolloutDriver::ApproveNewPlan() {
  for (const std::vector<std::string>& args :
       std::vector<std::vector<std::string>>{{"plan", "create", rollout_},
                                             {"plan", "submit"},
                                             {"plan", "approve", "--yes", "--remark", "承認"}}) {
    const ProgramResult result = daemon_.Run(args);
    ASSERT_EQ(result.exit_code, 0) << args[1] << ": " << result.err;
  }
}

int RolloutDriver::CountInInventory(const std::string& state) const {
  const std::string names =
      daemon_.Run({"device", "list", "--filter", "placement.state = " + state, "-o", "name"}).out;
  return static_cast<int>(std::count(names.begin(), names.end(), '\n'));
}

void RolloutDriver::ExpectCountsAgree() const {
  const v1::Progress progress = Progress();
  const v1::ProgressRow& total = progress.total();
  const std::map<std::string, int> expected = {
      {"MIGRATED", total.migrated()}, {"VERIFIED", total.verified()},
      {"FAILED", total.failed()},     {"ROLLED_BACK", total.rolled_back()},
      {"DEFERRED", total.deferred()}, {"EXEMPT", total.exempt()},
      {"PLANNED", total.planned()},   {"DUE", total.due()}};
  for (const auto& [state, count] : expected) {
    EXPECT_EQ(CountInInventory(state), count) << state << " on " << absl::FormatCivilTime(today_);
  }
  const auto sum_of = [](const auto& rows, auto field) {
    int sum = 0;
    for (const v1::ProgressRow& row : rows) sum += (row.*field)();
    return sum;
  };
  for (const auto field :
       {&v1::ProgressRow::total, &v1::ProgressRow::succeeded, &v1::ProgressRow::attempted,
        &v1::ProgressRow::unplanned, &v1::ProgressRow::planned}) {
    EXPECT_EQ(sum_of(progress.phases(), field), (total.*field)());
    EXPECT_EQ(sum_of(progress.departments(), field), (total.*field)());
    EXPECT_EQ(sum_of(progress.sites(), field), (total.*field)());
  }
  const std::string report = Report();
  const std::string figures = absl::StrFormat(
      "<td>Total</td><td class=\"n\">%d</td><td class=\"n\">%d</td><td class=\"n\">%d</td>"
      "<td class=\"n\">%d</td><td class=\"n\">%d</td><td class=\"n\">%d</td><td class=\"n\">%d</td>"
      "<td class=\"n\">%d</td><td class=\"n\">%d</td><td class=\"n\">%d</td><td "
      "class=\"n\">%d</td>",
      total.total(), total.unplanned(), total.blocked(), total.planned(), total.due(),
      total.migrated(), total.verified(), total.failed(), total.rolled_back(), total.deferred(),
      total.exempt());
  EXPECT_NE(report.find(figures), std::string::npos) << "the report's total is another";
}

}  // namespace kirikae::testing

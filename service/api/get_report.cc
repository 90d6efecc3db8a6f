// GetReport: the report as a file, in chunks.
#include <string>
#include <utility>

#include "service/api/rollout_handlers.h"
#include "service/app/plans/forecast.h"
#include "service/app/reports/report.h"
#include "service/app/rollouts/progress.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

constexpr size_t kChunk = 64U * 1024;

absl::StatusOr<app::Language> LanguageOf(const std::string& code) {
  if (code.empty() || code == "ja") return app::Language::kJapanese;
  if (code == "en") return app::Language::kEnglish;
  return domain::InvalidField("language", Sentence("A report is in ja or en."));
}

app::PhaseOutlook OutlookOf(const planner::PhaseForecast& phase) {
  return {.phase = phase.id,
          .planned = phase.planned,
          .half = phase.half,
          .nine_of_ten = phase.nine_of_ten,
          .remaining = phase.remaining};
}

// The approved plan and the forecast; nothing of either where no plan is approved.
absl::StatusOr<app::ReportOutlook> OutlookOf(const Call& call, const domain::Rollout& rollout) {
  app::ReportOutlook outlook;
  if (rollout.approved_plan == 0) return outlook;
  ASSIGN_OR_RETURN(outlook.plan, call.view.FindPlan(rollout.id, rollout.approved_plan));
  ASSIGN_OR_RETURN(const app::RolloutForecast forecast,
                   app::ForecastRollout(call.view, rollout, call.ward().Today(), 0));
  for (const planner::PhaseForecast& phase : forecast.result.phases) {
    outlook.phases.push_back(OutlookOf(phase));
  }
  outlook.phases.push_back(OutlookOf(forecast.result.all));
  return outlook;
}

}  // namespace

absl::StatusOr<Parts<v1::GetReportResponse>> GetReport(const Call& call,
                                                       const v1::GetReportRequest& request) {
  ASSIGN_OR_RETURN(const app::Language language, LanguageOf(request.language()));
  if (request.format() == v1::REPORT_FORMAT_UNSPECIFIED ||
      !v1::ReportFormat_IsValid(request.format())) {
    return domain::InvalidField("format", Sentence("Say in which form: HTML or XLSX."));
  }
  ASSIGN_OR_RETURN(const domain::RecordName name,
                   domain::ParseName(domain::RecordKind::kRollout, request.name()));
  ASSIGN_OR_RETURN(const domain::Rollout rollout, app::RequireRollout(call.view, name.id));
  ASSIGN_OR_RETURN(const app::Progress progress,
                   app::CountProgress(call.ward(), call.view, rollout, call.env.censuses));
  std::string report;
  if (request.format() == v1::REPORT_FORMAT_XLSX) {
    ASSIGN_OR_RETURN(report, app::XlsxReport(progress, language));
  } else {
    ASSIGN_OR_RETURN(const app::ReportOutlook outlook, OutlookOf(call, rollout));
    report = app::HtmlReport(progress, outlook, language);
  }
  return [report = std::move(report),
          sent = size_t{0}](v1::GetReportResponse& part) mutable -> absl::StatusOr<bool> {
    if (sent == report.size()) return false;
    part.set_chunk(report.substr(sent, kChunk));
    sent += part.chunk().size();
    return true;
  };
}

}  // namespace kirikae::api

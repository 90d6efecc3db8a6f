// GetReport: the report as a file, a chunk at a time.
#include <memory>
#include <string>
#include <utility>

#include "service/api/call/part_sender.h"
#include "service/api/rollout_service.h"
#include "service/app/reports/report.h"
#include "service/app/rollouts/progress.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

constexpr size_t kChunk = 64U * 1024;

absl::StatusOr<std::string> WriteReport(const Environment& env,
                                        const v1::GetReportRequest& request) {
  app::Language language = app::Language::kJapanese;
  if (request.language() == "en") {
    language = app::Language::kEnglish;
  } else if (!request.language().empty() && request.language() != "ja") {
    return domain::InvalidField("language", Sentence("A report is in ja or en."));
  }
  if (request.format() == v1::REPORT_FORMAT_UNSPECIFIED ||
      !v1::ReportFormat_IsValid(request.format())) {
    return domain::InvalidField("format", Sentence("Say in which form: HTML or XLSX."));
  }
  ASSIGN_OR_RETURN(const domain::RecordName id_name,
                   domain::ParseName(domain::RecordKind::kRollout, request.name()));
  const std::string& id = id_name.id;
  ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, env.store.Read());
  ASSIGN_OR_RETURN(const domain::Rollout rollout, app::RequireRollout(*view, id));
  v1::Progress progress;
  RETURN_IF_ERROR(app::CountProgress(env, *view, rollout, &progress));
  if (request.format() == v1::REPORT_FORMAT_XLSX) return app::XlsxReport(progress, language);
  return app::HtmlReport(progress, language);
}

// Makes the report on the work pool and sends it. Deletes itself when the call is done.
class ReportReactor final
    : public PartSender<grpc::ServerWriteReactor<v1::GetReportResponse>, v1::GetReportResponse> {
 public:
  ReportReactor(Environment& env, const grpc::CallbackServerContext& call,
                const v1::GetReportRequest& request) {
    if (const auto caller = CheckCaller(env, call, Rpc("RolloutService/GetReport")); !caller.ok()) {
      Finish(ToGrpcStatus(caller.status()));
      return;
    }
    const bool queued = env.work.Submit([this, &env, request] {
      absl::StatusOr<std::string> report = WriteReport(env, request);
      if (!report.ok()) {
        Finish(ToGrpcStatus(report.status()));
        return;
      }
      report_ = *std::move(report);
      SendParts();
    });
    if (!queued) Finish(ToGrpcStatus(TooMuchAtOnce()));
  }

 private:
  bool FillPart(v1::GetReportResponse& part) override {
    if (sent_ == report_.size()) return false;
    part.set_chunk(report_.substr(sent_, kChunk));
    sent_ += part.chunk().size();
    return true;
  }

  std::string report_;
  size_t sent_ = 0;
};

}  // namespace

grpc::ServerWriteReactor<v1::GetReportResponse>* RolloutServiceImpl::GetReport(
    grpc::CallbackServerContext* call, const v1::GetReportRequest* request) {
  return new ReportReactor(env_, *call, *request);
}

}  // namespace kirikae::api

// GetPlanDocument: a plan as a file, in chunks.
#include <optional>
#include <string>
#include <utility>

#include "service/api/planning_handlers.h"
#include "service/app/plans/document.h"
#include "service/app/plans/kept_plan.h"
#include "service/catalogue/catalogue.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

constexpr size_t kChunk = 64U * 1024;

std::optional<catalogue::Language> ReadLanguage(const std::string& text) {
  if (text.empty() || text == "ja") return catalogue::Language::kJapanese;
  if (text == "en") return catalogue::Language::kEnglish;
  return std::nullopt;
}

std::optional<app::DocumentForm> ReadForm(v1::PlanDocumentForm form) {
  switch (form) {
    case v1::PLAN_DOCUMENT_FORM_ICS:
      return app::DocumentForm::kIcs;
    case v1::PLAN_DOCUMENT_FORM_CSV:
      return app::DocumentForm::kCsv;
    case v1::PLAN_DOCUMENT_FORM_XLSX:
      return app::DocumentForm::kXlsx;
    default:
      return std::nullopt;
  }
}

}  // namespace

absl::StatusOr<Parts<v1::GetPlanDocumentResponse>> GetPlanDocument(
    const Call& call, const v1::GetPlanDocumentRequest& request) {
  const std::optional<catalogue::Language> language = ReadLanguage(request.language());
  if (!language.has_value()) {
    return domain::InvalidField("language", Sentence("A plan's file is in ja or en."));
  }
  const std::optional<app::DocumentForm> form = ReadForm(request.form());
  if (!form.has_value()) {
    return domain::InvalidField("form", Sentence("Say in which form: ICS, CSV or XLSX."));
  }
  ASSIGN_OR_RETURN(const domain::Plan plan, app::RequirePlan(call.view, request.name()));
  ASSIGN_OR_RETURN(app::PlanDocument document,
                   app::WritePlan(call.view, plan, *form, *language, call.now,
                                  call.ward().DayOf(plan.create_time)));
  return [document = std::move(document),
          sent = size_t{0}](v1::GetPlanDocumentResponse& part) mutable -> absl::StatusOr<bool> {
    if (sent == document.bytes.size()) return false;
    part.set_chunk(document.bytes.substr(sent, kChunk));
    part.set_device_count(static_cast<int>(document.devices));
    sent += part.chunk().size();
    return true;
  };
}

}  // namespace kirikae::api

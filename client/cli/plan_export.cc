// Exports a plan as a file for calendars and spreadsheets.
#include <map>
#include <memory>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/choices.h"
#include "client/cli/commands.h"
#include "client/cli/output_file.h"
#include "client/cli/rollout_name.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/planning_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 120;

const std::map<std::string, v1::PlanDocumentForm> kForms = {
    {"ics", v1::PLAN_DOCUMENT_FORM_ICS},
    {"csv", v1::PLAN_DOCUMENT_FORM_CSV},
    {"xlsx", v1::PLAN_DOCUMENT_FORM_XLSX},
};

void Export(Session& session, const std::string& given, const std::string& form,
            const std::string& path) {
  v1::GetPlanDocumentRequest request;
  request.set_name(PlanName(session, given));
  request.set_form(kForms.at(form));
  request.set_language(CurrentLanguage() == Language::kJapanese ? "ja" : "en");
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  std::string bytes;
  int devices = 0;
  session.Call(
      [&](grpc::ClientContext& context) {
        bytes.clear();
        const auto reader = stub->GetPlanDocument(&context, request);
        for (v1::GetPlanDocumentResponse part; reader->Read(&part);) {
          bytes += part.chunk();
          devices = part.device_count();
        }
        return reader->Finish();
      },
      kLongSeconds);
  WriteOutput(path, bytes);
  if (path == "-") return;
  session.Note(Trn("$0 device written to $1.", "$0 devices written to $1.", devices, {path}));
}

}  // namespace

void AddPlanExport(CLI::App& plan, Session& session) {
  auto* const write = plan.add_subcommand("export", Tr("write a plan to a file"));
  const auto exported = Optional(*write, "PLAN", Tr("ROLLOUT/N or N; the newest when left out"));
  auto form = std::make_shared<std::string>();
  write->add_option("-f,--form", *form, Tr("ics, csv or xlsx"))
      ->required()
      ->check(OneOf({"ics", "csv", "xlsx"}));
  const auto to = Required(*write, "--to", Tr("file to write; - is the standard output"));
  write->callback([=, &session] { Export(session, *exported, *form, *to); });
}

}  // namespace kirikae::cli

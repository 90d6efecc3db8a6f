#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/output_file.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/import_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 600;

const std::map<std::string, v1::ExportForm> kForms = {{"csv", v1::EXPORT_FORM_CSV},
                                                      {"csv-cp932", v1::EXPORT_FORM_CSV_CP932},
                                                      {"xlsx", v1::EXPORT_FORM_XLSX},
                                                      {"jsonl", v1::EXPORT_FORM_JSON_LINES}};

void ReportLost(const std::vector<v1::LostCharacter>& lost) {
  if (lost.empty()) return;
  Failure failure{
      .code = kDifferences,
      .reason = "CHARACTERS_LOST",
      .sentence =
          Tr("$0 characters were written as a question mark. Use -f csv or xlsx to keep them.",
             {std::to_string(lost.size())})};
  for (const v1::LostCharacter& row : lost) {
    failure.faults.push_back(
        {row.device() + ", " + row.column(),
         Tr("$0 can't be written in this encoding ($1).", {row.code_point(), row.cell()})});
  }
  throw Failure(std::move(failure));
}

void Export(Session& session, v1::ExportForm form, const std::string& filter,
            const std::string& path) {
  const auto stub = v1::ImportService::NewStub(session.Channel());
  v1::ExportDevicesRequest request;
  request.set_form(form);
  request.set_filter(filter);
  std::string bytes;
  std::vector<v1::LostCharacter> lost;
  session.Call(
      [&](grpc::ClientContext& context) {
        bytes.clear();
        lost.clear();
        const auto reader = stub->ExportDevices(&context, request);
        for (v1::ExportDevicesResponse part; reader->Read(&part);) {
          bytes += part.chunk();
          lost.insert(lost.end(), part.lost().begin(), part.lost().end());
        }
        return reader->Finish();
      },
      kLongSeconds);
  WriteOutput(path, bytes);
  ReportLost(lost);
}

}  // namespace

void AddExport(CLI::App& app, Session& session) {
  auto* const exporting =
      app.add_subcommand("export", Tr("export files that can be imported again"));
  exporting->require_subcommand(1);
  auto* const devices = exporting->add_subcommand("devices", Tr("a device inventory"));
  auto form = std::make_shared<v1::ExportForm>(v1::EXPORT_FORM_CSV);
  devices->add_option("-f,--format", *form, Tr("csv, csv-cp932, xlsx or jsonl"))
      ->transform(CLI::CheckedTransformer(kForms).description(""));
  const auto filter = Optional(*devices, "--filter", Tr("such as: kind = MANAGER_TERMINAL"));
  const auto path = Required(*devices, "--to", Tr("file to write; - is standard output"));
  devices->callback([=, &session] { Export(session, *form, *filter, *path); });
}

}  // namespace kirikae::cli

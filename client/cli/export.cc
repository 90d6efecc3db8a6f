#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/choices.h"
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

// What the file has in the place of a character, or that a cell was cut.
FieldFault FaultOf(const v1::LostCharacter& row) {
  const std::string place = row.device() + ", " + row.column();
  if (row.code_point().empty()) {
    return {place, Tr("The cell is longer than a spreadsheet takes; its end is missing ($0).",
                      {row.cell()})};
  }
  if (row.written_as().empty()) {
    return {place, Tr("$0 can't be written in this form of file and is left out ($1).",
                      {row.code_point(), row.cell()})};
  }
  if (row.written_as() == "?") {
    return {place,
            Tr("$0 can't be written in this encoding ($1).", {row.code_point(), row.cell()})};
  }
  return {place, Tr("$0 is written as $1 in this encoding ($2).",
                    {row.code_point(), row.written_as(), row.cell()})};
}

bool IsLost(const v1::LostCharacter& row) {
  return row.code_point().empty() || row.written_as().empty() || row.written_as() == "?";
}

// Says what the file has in another form; what it has not at all is a failure.
void ReportLost(const Session& session, const std::vector<v1::LostCharacter>& all) {
  Failure failure;
  failure.code = kDifferences;
  failure.reason = "CHARACTERS_LOST";
  size_t changed = 0;
  for (const v1::LostCharacter& row : all) {
    if (IsLost(row)) {
      failure.faults.push_back(FaultOf(row));
    } else if (++changed == 1) {
      session.Note(Tr("Some characters are written in the form of CP932:"));
    }
    if (IsLost(row)) continue;
    const FieldFault said = FaultOf(row);
    session.Note("  " + said.field + ": " + said.sentence);
  }
  if (failure.faults.empty()) return;
  failure.sentence = Trn("$0 character or cell is not in the file as it is stored.",
                         "$0 characters or cells are not in the file as they are stored.",
                         static_cast<int64_t>(failure.faults.size()));
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
  session.NoteFile(path);
  ReportLost(session, lost);
}

}  // namespace

void AddExport(CLI::App& app, Session& session) {
  auto* const exporting =
      app.add_subcommand("export", Tr("export files that can be imported again"));
  exporting->require_subcommand(1);
  auto* const devices = exporting->add_subcommand("devices", Tr("a device inventory"));
  auto form = std::make_shared<v1::ExportForm>(v1::EXPORT_FORM_CSV);
  devices->add_option("-f,--format", *form, Tr("csv, csv-cp932, xlsx or jsonl"))
      ->transform(OneOf(kForms));
  const auto filter = Optional(*devices, "--filter", Tr("such as: kind = MANAGER_TERMINAL"));
  const auto path = Required(*devices, "--to", Tr("file to write; - is standard output"));
  devices->callback([=, &session] { Export(session, *form, *filter, *path); });
}

}  // namespace kirikae::cli

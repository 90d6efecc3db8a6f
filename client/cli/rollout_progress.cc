#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/output_file.h"
#include "client/cli/progress_table.h"
#include "client/cli/rollout_name.h"
#include "client/cli/rollout_watch.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 300;

void Progress(Session& session, const std::string& given) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  v1::GetProgressRequest request;
  request.set_name(RolloutName(session, given));
  v1::Progress progress;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetProgress(&context, request, &progress); },
      kLongSeconds);
  if (!session.ForPeople()) {
    session.Print(ProgressTable({"phase", Tr("phase")}, progress.phases(), progress.total()),
                  progress, "");
    return;
  }
  std::cout << progress.title() << "  " << Term(progress.state()) << "  "
            << LocalTime(progress.time()) << "\n";
  session.Print(ProgressTable({"phase", Tr("phase")}, progress.phases(), progress.total()),
                progress, "");
  session.Print(
      ProgressTable({"department", Tr("department")}, progress.departments(), progress.total()),
      progress, "");
  session.Print(ProgressTable({"site", Tr("site")}, progress.sites(), progress.total()), progress,
                "");
  if (!progress.causes().empty()) {
    Table causes{{{"cause", Tr("cause")}, {"devices", Tr("devices")}}, {}, {}};
    for (const v1::CauseCount& cause : progress.causes()) {
      causes.rows.push_back({TermCell(cause.cause()), std::to_string(cause.count())});
    }
    session.Print(causes, progress, "");
  }
}

void Report(Session& session, const std::string& given, const std::string& path) {
  v1::GetReportRequest request;
  if (path.ends_with(".html")) {
    request.set_format(v1::REPORT_FORMAT_HTML);
  } else if (path.ends_with(".xlsx")) {
    request.set_format(v1::REPORT_FORMAT_XLSX);
  } else {
    throw Usage(Tr("Name a file that ends in .html or .xlsx."));
  }
  request.set_name(RolloutName(session, given));
  request.set_language(CurrentLanguage() == Language::kJapanese ? "ja" : "en");
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  std::string bytes;
  session.Call(
      [&](grpc::ClientContext& context) {
        bytes.clear();
        const auto reader = stub->GetReport(&context, request);
        for (v1::GetReportResponse part; reader->Read(&part);) bytes += part.chunk();
        return reader->Finish();
      },
      kLongSeconds);
  WriteOutput(path, bytes);
  session.Note(Tr("Written: $0", {path}));
}

}  // namespace

void AddRolloutProgress(CLI::App& rollout, Session& session) {
  const std::string help = Tr("id; may be left out when there is one");
  auto* const progress = rollout.add_subcommand("progress", Tr("count the devices by state"));
  const auto counted = Optional(*progress, "ROLLOUT", help);
  progress->callback([counted, &session] { Progress(session, *counted); });
  auto* const report = rollout.add_subcommand("report", Tr("write the report for the meeting"));
  const auto reported = Optional(*report, "ROLLOUT", help);
  const auto path = Required(*report, "--to", Tr("file to write: .html or .xlsx"));
  report->callback([=, &session] { Report(session, *reported, *path); });
  AddWatch(rollout, session);
}

}  // namespace kirikae::cli

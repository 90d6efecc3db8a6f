// The proof of the record: verification, checkpoints, export.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/output_file.h"
#include "client/cli/paging.h"
#include "client/cli/terms.h"
#include "client/cli/text_file.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/audit_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 600;

void PrintFindings(Session& session, const v1::VerifyAuditLogResponse& report) {
  if (report.findings().empty() || !session.ForPeople()) return;
  Table table{{{"change_set", Tr("change set")}, {"finding", Tr("finding"), Fit::kWrap}}, {}, {}};
  for (const v1::AuditFinding& finding : report.findings()) {
    table.rows.push_back({finding.change_set(), SentenceCell(finding.message())});
    table.names.push_back(finding.change_set());
  }
  session.Print(table, report, "findings");
}

// How many change sets are newer than the one with this hash; absent where none has it.
std::optional<int64_t> NewerThan(Session& session, const std::string& hash) {
  constexpr int kPage = 1000;
  const auto stub = v1::AuditService::NewStub(session.Channel());
  v1::ListChangeSetsRequest request;
  request.set_page_size(kPage);
  int64_t newer = 0;
  while (true) {
    v1::ListChangeSetsResponse page;
    session.Call([&](grpc::ClientContext& context) {
      return stub->ListChangeSets(&context, request, &page);
    });
    for (const v1::ChangeSet& set : page.change_sets()) {
      if (set.hash() == hash) return newer;
      ++newer;
    }
    if (page.next_page_token().empty()) return std::nullopt;
    request.set_page_token(page.next_page_token());
  }
}

// The hash in lower case; "" for "".
std::string ReadHash(const std::string& given) {
  constexpr size_t kHexDigits = 64;
  std::string hash = absl::AsciiStrToLower(given);
  if (!hash.empty() &&
      (hash.size() != kHexDigits || hash.find_first_not_of("0123456789abcdef") != hash.npos)) {
    throw Usage(Tr("$0 is no hash; it has 64 digits of 0-9 and a-f.", {given}));
  }
  return hash;
}

// Compares the record with a hash that was kept elsewhere: the newest one of that time.
void Expect(Session& session, const std::string& hash) {
  const std::optional<int64_t> newer = NewerThan(session, hash);
  if (!newer.has_value()) {
    throw Failure{.code = kDifferences,
                  .reason = "HASH_NOT_FOUND",
                  .sentence = Tr("No change set has the hash $0: this is not the record that the "
                                 "hash was taken from, or its end is missing.",
                                 {hash}),
                  .metadata = {{"hash", hash}}};
  }
  session.Note(Trn("The hash is in the record; $0 change set is newer.",
                   "The hash is in the record; $0 change sets are newer.", *newer));
}

void Verify(Session& session, const std::vector<std::string>& against, const std::string& given) {
  const std::string hash = ReadHash(given);
  const auto stub = v1::AuditService::NewStub(session.Channel());
  v1::VerifyAuditLogRequest request;
  for (const std::string& path : against) request.add_checkpoints(ReadTextFile(path));
  v1::VerifyAuditLogResponse report;
  session.Call(
      [&](grpc::ClientContext& context) {
        return stub->VerifyAuditLog(&context, request, &report);
      },
      kLongSeconds);
  const Table table{
      {{"record", Tr("record")},
       {"checked", Tr("checked")},
       {"checkpoints", Tr("checkpoints")},
       {"first_bad", Tr("first bad")},
       {"newest_hash", Tr("newest hash")}},
      {{report.intact() ? Cell(Tr("intact"), "intact") : Cell(Tr("ALTERED"), "ALTERED"),
        std::to_string(report.checked()), std::to_string(report.checkpoints()),
        report.first_bad().empty() ? Cell(Tr("none"), "") : Cell(report.first_bad()),
        report.head_hash()}},
      {report.first_bad()}};
  session.PrintOne(table, report);
  PrintFindings(session, report);
  if (!report.intact()) throw Exit{kDifferences};
  if (!hash.empty()) Expect(session, hash);
}

void PrintCheckpoint(Session& session, const std::string& to) {
  const auto stub = v1::AuditService::NewStub(session.Channel());
  v1::Checkpoint checkpoint;
  session.Call([&](grpc::ClientContext& context) {
    return stub->GetCheckpoint(&context, v1::GetCheckpointRequest(), &checkpoint);
  });
  if (!session.ForPeople() && to == "-") {
    session.PrintOne({{}, {}, {}}, checkpoint);
    return;
  }
  WriteOutput(to, checkpoint.note());
  session.Note(
      Trn("This checkpoint covers $0 change set. Keep it where who runs the service can't reach "
          "it. Its key: $1",
          "This checkpoint covers $0 change sets. Keep it where who runs the service can't reach "
          "it. Its key: $1",
          checkpoint.size(), {checkpoint.public_key()}));
}

void ListCheckpoints(Session& session) {
  const auto stub = v1::AuditService::NewStub(session.Channel());
  const auto all = ReadAll<v1::ListCheckpointsRequest, v1::ListCheckpointsResponse>(
      session, v1::ListCheckpointsRequest(), [&](auto* context, const auto& asked, auto* page) {
        return stub->ListCheckpoints(context, asked, page);
      });
  Table table{{{"made", Tr("made")}, {"change_sets", Tr("change sets")}}, {}, {}};
  for (const v1::Checkpoint& checkpoint : all.checkpoints()) {
    table.rows.push_back({LocalTime(checkpoint.create_time()), std::to_string(checkpoint.size())});
    table.names.push_back(std::to_string(checkpoint.size()));
  }
  session.Print(table, all, "checkpoints");
}

void Export(Session& session, const std::string& to) {
  const auto stub = v1::AuditService::NewStub(session.Channel());
  session.Call(
      [&](grpc::ClientContext& context) {
        OutputFile file(to);
        const auto reader = stub->ExportAuditLog(&context, v1::ExportAuditLogRequest());
        for (v1::ExportAuditLogResponse part; reader->Read(&part);) file.Add(part.chunk());
        const grpc::Status status = reader->Finish();
        if (status.ok()) file.Keep();
        return status;
      },
      kLongSeconds);
  session.NoteFile(to);
}

}  // namespace

void AddAudit(CLI::App& app, Session& session) {
  auto* const audit = app.add_subcommand("audit", Tr("the audit log; altering it is detected"));
  audit->require_subcommand(1);
  auto* const verify =
      audit->add_subcommand("verify", Tr("check every hash, and compare with checkpoints"));
  auto against = std::make_shared<std::vector<std::string>>();
  verify->add_option("--against", *against,
                     Tr("a file with checkpoints that was kept elsewhere; may be repeated"));
  const auto hash =
      Optional(*verify, "--expect", Tr("a newest hash that was kept elsewhere, 64 hex digits"));
  verify->callback([against, hash, &session] { Verify(session, *against, *hash); });
  auto* const checkpoint = audit->add_subcommand(
      "checkpoint", Tr("sign a checkpoint of all change sets, to be kept elsewhere"));
  const auto noted = Optional(*checkpoint, "--to", Tr("file to write (standard output)"));
  checkpoint->callback(
      [noted, &session] { PrintCheckpoint(session, noted->empty() ? "-" : *noted); });
  audit->add_subcommand("checkpoints", Tr("list the checkpoints that the service keeps"))
      ->callback([&session] { ListCheckpoints(session); });
  auto* const exporting = audit->add_subcommand(
      "export", Tr("write the whole record, to be checked without the service"));
  const auto to = Optional(*exporting, "--to", Tr("file to write (standard output)"));
  exporting->callback([to, &session] { Export(session, to->empty() ? "-" : *to); });
}

}  // namespace kirikae::cli

#include <iostream>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/paging.h"
#include "client/cli/terms.h"
#include "kirikae/v1/audit_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 600;

void List(Session& session) {
  const auto stub = v1::AuditService::NewStub(session.Channel());
  const auto all = ReadAll<v1::ListChangeSetsRequest, v1::ListChangeSetsResponse>(
      session, {}, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListChangeSets(context, asked, page);
      });
  Table table{
      {Tr("change set"), Tr("recorded"), Tr("who"), Tr("act"), Tr("changes"), Tr("why")}, {}, {}};
  for (const v1::ChangeSet& set : all.change_sets()) {
    table.rows.push_back({set.name(), LocalTime(set.recorded_time()), set.actor(), set.act(),
                          std::to_string(set.change_count()), set.reason()});
    table.names.push_back(set.name());
  }
  session.Print(table, all, "changeSets");
}

void Verify(Session& session) {
  const auto stub = v1::AuditService::NewStub(session.Channel());
  v1::VerifyAuditLogResponse report;
  session.Call(
      [&](grpc::ClientContext& context) {
        return stub->VerifyAuditLog(&context, v1::VerifyAuditLogRequest(), &report);
      },
      kLongSeconds);
  const Table table{{Tr("record"), Tr("checked"), Tr("first bad"), Tr("newest hash")},
                    {{report.intact() ? Tr("intact") : Tr("ALTERED"),
                      std::to_string(report.checked()), report.first_bad(), report.head_hash()}},
                    {report.first_bad()}};
  session.Print(table, report, "");
  if (!report.intact()) throw Exit{kDifferences};
}

}  // namespace

void AddAudit(CLI::App& app, Session& session) {
  auto* const change = app.add_subcommand("change", Tr("change sets"));
  change->require_subcommand(1);
  change->add_subcommand("list", Tr("list change sets"))->callback([&session] { List(session); });
  auto* const audit = app.add_subcommand("audit", Tr("the record that can't be altered unseen"));
  audit->require_subcommand(1);
  audit->add_subcommand("verify", Tr("check every hash"))->callback([&session] {
    Verify(session);
  });
}

}  // namespace kirikae::cli

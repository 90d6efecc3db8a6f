// staff history: what changed on a person. The API has no list of it, so the change sets that
// concern the person are read.
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/history_table.h"
#include "client/cli/paging.h"
#include "client/cli/record_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "client/cli/words.h"
#include "kirikae/v1/audit_service.grpc.pb.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

using Stub = v1::AuditService::Stub;

v1::ListChangeSetsResponse SetsOf(Session& session, Stub& stub, const std::string& record) {
  v1::ListChangeSetsRequest request;
  request.set_record(record);
  return ReadAll<v1::ListChangeSetsRequest, v1::ListChangeSetsResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub.ListChangeSets(context, asked, page);
      });
}

v1::GetChangeSetResponse ChangesOf(Session& session, Stub& stub, const std::string& set) {
  v1::GetChangeSetRequest request;
  request.set_name(set);
  return ReadAll<v1::GetChangeSetRequest, v1::GetChangeSetResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub.GetChangeSet(context, asked, page);
      });
}

// In the form of a device's history, newest first.
v1::ListDeviceHistoryResponse HistoryOf(Session& session, const std::string& record) {
  const auto stub = v1::AuditService::NewStub(session.Channel());
  v1::ListDeviceHistoryResponse history;
  const v1::ListChangeSetsResponse sets = SetsOf(session, *stub, record);
  for (const v1::ChangeSet& set : sets.change_sets()) {
    const v1::GetChangeSetResponse changes = ChangesOf(session, *stub, set.name());
    for (const v1::FieldChangeOf& change : changes.changes()) {
      if (change.record() != record) continue;
      v1::HistoryEntry& entry = *history.add_entries();
      entry.set_change_set(set.name());
      entry.set_actor(set.actor());
      entry.set_reason(set.reason());
      entry.set_effective_time(set.effective_time());
      entry.set_recorded_time(set.recorded_time());
      entry.set_field(change.field());
      entry.set_old_value(change.old_value());
      entry.set_new_value(change.new_value());
      entry.set_undone_by(set.undone_by());
    }
  }
  return history;
}

// Ends the command where there is no such person.
void Require(Session& session, const std::string& record) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::GetStaffRequest request;
  request.set_name(record);
  v1::Staff person;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetStaff(&context, request, &person); });
}

void History(Session& session, const std::string& number) {
  const std::string record = RecordName("staff", number);
  Require(session, record);
  const v1::ListDeviceHistoryResponse all = HistoryOf(session, record);
  session.Print(HistoryTable(record, all), all, "entries");
}

}  // namespace

void AddStaffHistory(CLI::App& staff, Session& session) {
  auto* const history = staff.add_subcommand("history", Tr("what changed on a person"));
  const auto number = Required(*history, "NUMBER", Tr("staff number"));
  history->callback([number, &session] { History(session, *number); });
}

}  // namespace kirikae::cli

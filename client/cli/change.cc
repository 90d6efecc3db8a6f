#include <string>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/paging.h"
#include "client/cli/record_name.h"
#include "client/cli/tag.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/access_service.grpc.pb.h"
#include "kirikae/v1/audit_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 600;

// `12` for `changeSets/12`.
std::string NumberOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

Table Rows(const std::vector<v1::ChangeSet>& sets) {
  Table table{{Tr("change set"), Tr("recorded"), Tr("who"), Tr("act"), Tr("changes"), Tr("why"),
               Tr("undone by")},
              {},
              {}};
  for (const v1::ChangeSet& set : sets) {
    table.rows.push_back({NumberOf(set.name()), LocalTime(set.recorded_time()), set.actor(),
                          set.act(), std::to_string(set.change_count()), set.reason(),
                          NumberOf(set.undone_by())});
    table.names.push_back(set.name());
  }
  return table;
}

std::string ChangeSetName(const std::string& given) { return RecordName("changeSets", given); }

// `TSM-00123`, in any form of TagOf, is short for `devices/TSM-00123`.
std::string SubjectName(const std::string& given) {
  if (given.empty()) return given;
  const std::string tag = TagOf(given);
  return tag.find('/') == std::string::npos ? DeviceName(tag) : given;
}

// The caller's own last act that is not undone and undoes nothing.
std::string OwnLastAct(Session& session) {
  const auto access = v1::AccessService::NewStub(session.Channel());
  v1::WhoAmIResponse me;
  session.Call([&](grpc::ClientContext& context) {
    return access->WhoAmI(&context, v1::WhoAmIRequest(), &me);
  });
  const auto stub = v1::AuditService::NewStub(session.Channel());
  v1::ListChangeSetsRequest request;
  request.set_actor(me.actor());
  request.set_page_size(100);
  v1::ListChangeSetsResponse page;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->ListChangeSets(&context, request, &page); });
  for (const v1::ChangeSet& set : page.change_sets()) {
    // A preview changes nothing that could be taken back.
    if (set.undone_by().empty() && set.undoes().empty() && set.act() != "PREVIEW_IMPORT") {
      return set.name();
    }
  }
  throw Failure{.code = kNotFound,
                .reason = "NOTHING_TO_UNDO",
                .sentence = Tr("You have made no change that could be undone.")};
}

void List(Session& session, const v1::ListChangeSetsRequest& request) {
  const auto stub = v1::AuditService::NewStub(session.Channel());
  const auto all = ReadAll<v1::ListChangeSetsRequest, v1::ListChangeSetsResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListChangeSets(context, asked, page);
      });
  session.Print(Rows({all.change_sets().begin(), all.change_sets().end()}), all, "change_sets");
}

void Show(Session& session, const std::string& given) {
  const auto stub = v1::AuditService::NewStub(session.Channel());
  v1::GetChangeSetRequest request;
  request.set_name(ChangeSetName(given));
  auto all = ReadAll<v1::GetChangeSetRequest, v1::GetChangeSetResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub->GetChangeSet(context, asked, page);
      });
  Table table{{Tr("record"), Tr("field"), Tr("before"), Tr("after")}, {}, {}};
  for (const v1::FieldChangeOf& change : all.changes()) {
    table.rows.push_back({change.record(), change.field(), change.old_value(), change.new_value()});
    table.names.push_back(change.record());
  }
  if (session.ForPeople()) session.Print(Rows({all.change_set()}), all, "");
  session.Print(table, all, "changes");
}

// The act that is to be undone, for the question.
std::string WhatIsUndone(Session& session, const std::string& name) {
  if (session.yes) return "";
  const auto stub = v1::AuditService::NewStub(session.Channel());
  v1::GetChangeSetRequest request;
  request.set_name(name);
  request.set_page_size(1);
  v1::GetChangeSetResponse found;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetChangeSet(&context, request, &found); });
  const v1::ChangeSet& set = found.change_set();
  return Tr("Change set $0 will be undone: $1 of $2, $3 changes.",
            {NumberOf(name), set.act(), LocalTime(set.recorded_time()),
             std::to_string(set.change_count())});
}

void Undo(Session& session, const std::string& given, const std::vector<std::string>& records) {
  const auto stub = v1::AuditService::NewStub(session.Channel());
  v1::UndoChangeSetRequest request;
  request.set_name(given == "last" ? OwnLastAct(session) : ChangeSetName(given));
  *request.mutable_options() = session.Options();
  for (const std::string& record : records) request.add_records(SubjectName(record));
  if (!session.dry_run) session.Confirm(WhatIsUndone(session, request.name()), "yes");
  v1::ChangeSet set;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->UndoChangeSet(&context, request, &set); },
      kLongSeconds);
  session.Print({{Tr("change set"), Tr("undoes")},
                 {{NumberOf(set.name()), NumberOf(set.undoes())}},
                 {set.name()}},
                set, "");
}

}  // namespace

void AddChange(CLI::App& app, Session& session) {
  auto* const change = app.add_subcommand("change", Tr("change sets"));
  change->require_subcommand(1);
  auto* const list = change->add_subcommand("list", Tr("list change sets"));
  const auto actor = Optional(*list, "--actor", Tr("only those of this person"));
  const auto record = Optional(
      *list, "--record", Tr("only those that changed it, such as TSM-00123 or staff/0100003"));
  const auto day = Optional(
      *list, "--day", Tr("only those recorded on this day, such as 2025-04-04, 4/4 or yesterday"));
  const auto act = Optional(*list, "--act", Tr("only this act, such as APPLY_IMPORT"));
  list->callback([=, &session] {
    v1::ListChangeSetsRequest request;
    request.set_actor(*actor);
    request.set_record(SubjectName(*record));
    request.set_day(*day);
    request.set_act(*act);
    List(session, request);
  });
  auto* const show = change->add_subcommand("show", Tr("show what a change set changed"));
  const auto shown = Required(*show, "ID", Tr("number of the change set"));
  show->callback([shown, &session] { Show(session, *shown); });
  auto* const undo = change->add_subcommand("undo", Tr("undo a change set as one"));
  const auto undone =
      Required(*undo, "ID", Tr("number of the change set; last is your own last act"));
  auto records = std::make_shared<std::vector<std::string>>();
  undo->add_option("--record", *records,
                   Tr("only this record, such as TSM-00123 or staff/0100003; may be repeated"));
  undo->callback([undone, records, &session] { Undo(session, *undone, *records); });
}

}  // namespace kirikae::cli

#include <string>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/paging.h"
#include "client/cli/record_name.h"
#include "client/cli/tag.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "client/cli/time_range.h"
#include "client/cli/words.h"
#include "kirikae/v1/access_service.grpc.pb.h"
#include "kirikae/v1/audit_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kLongSeconds = 600;
constexpr int kMostShown = 20;  // changes before an undo

// `12` for `changeSets/12`.
std::string NumberOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

Table Rows(const std::vector<v1::ChangeSet>& sets) {
  Table table{{{"change_set", Tr("change set")},
               {"recorded", Tr("recorded")},
               {"who", Tr("who")},
               {"act", Tr("act")},
               {"changes", Tr("changes"), Fit::kSpare},
               {"undone_by", Tr("undone by")},
               {"why", Tr("why"), Fit::kWrap},
               {"role", Tr("role"), Fit::kWide},
               {"happened", Tr("happened"), Fit::kWide},
               {"hash", Tr("hash"), Fit::kWide}},
              {},
              {}};
  for (const v1::ChangeSet& set : sets) {
    table.rows.push_back({NumberOf(set.name()), LocalTime(set.recorded_time()), set.actor(),
                          ActCell(set.act()), std::to_string(set.change_count()),
                          NumberOf(set.undone_by()), set.reason(), RoleCell(set.role()),
                          LocalTime(set.effective_time()), set.hash()});
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

// Newest first, so nothing is read beyond the first one that was recorded before the range. The API
// filters by one day, not by a range.
v1::ListChangeSetsResponse Between(Session& session, v1::ListChangeSetsRequest request,
                                   const TimeRange& range) {
  constexpr int kPage = 1000;
  const auto stub = v1::AuditService::NewStub(session.Channel());
  request.set_page_size(kPage);
  v1::ListChangeSetsResponse all;
  while (true) {
    v1::ListChangeSetsResponse page;
    session.Call([&](grpc::ClientContext& context) {
      return stub->ListChangeSets(&context, request, &page);
    });
    for (const v1::ChangeSet& set : page.change_sets()) {
      if (range.IsBefore(set.recorded_time())) return all;
      if (!range.IsAfter(set.recorded_time())) *all.add_change_sets() = set;
    }
    if (page.next_page_token().empty()) return all;
    request.set_page_token(page.next_page_token());
  }
}

void List(Session& session, const v1::ListChangeSetsRequest& request, const TimeRange& range) {
  const v1::ListChangeSetsResponse all = Between(session, request, range);
  session.Print(Rows({all.change_sets().begin(), all.change_sets().end()}), all, "change_sets");
}

Table Changes(const v1::GetChangeSetResponse& all) {
  Table table{{{"record", Tr("record")},
               {"field", Tr("field")},
               {"before", Tr("before"), Fit::kWrap},
               {"after", Tr("after"), Fit::kWrap}},
              {},
              {}};
  for (const v1::FieldChangeOf& change : all.changes()) {
    table.rows.push_back({RecordCell(change.record()), FieldCell(change.record(), change.field()),
                          ValueCell(change.record(), change.field(), change.old_value()),
                          ValueCell(change.record(), change.field(), change.new_value())});
    table.names.push_back(change.record());
  }
  return table;
}

void Show(Session& session, const std::string& given) {
  const auto stub = v1::AuditService::NewStub(session.Channel());
  v1::GetChangeSetRequest request;
  request.set_name(ChangeSetName(given));
  auto all = ReadAll<v1::GetChangeSetRequest, v1::GetChangeSetResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub->GetChangeSet(context, asked, page);
      });
  const Table table = Changes(all);
  if (session.ForPeople()) session.Print(Rows({all.change_set()}), all, "");
  session.Print(table, all, "changes");
}

// The act that is to be undone, for the question.
std::string WhatIsUndone(Session& session, const std::string& name) {
  if (session.yes) return "";
  const auto stub = v1::AuditService::NewStub(session.Channel());
  v1::GetChangeSetRequest request;
  request.set_name(name);
  request.set_page_size(kMostShown);
  v1::GetChangeSetResponse found;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetChangeSet(&context, request, &found); });
  const v1::ChangeSet& set = found.change_set();
  if (session.ForPeople()) {
    cli::Print(session.form, !session.no_headers, Changes(found), found, "");
    if (set.change_count() > found.changes_size()) {
      session.Note(Trn("and $0 more; see them: $1", "and $0 more; see them: $1",
                       set.change_count() - found.changes_size(),
                       {"kirikae change show " + NumberOf(name)}));
    }
  }
  return Trn("Change set $1 will be undone: $2 of $3, $0 change.",
             "Change set $1 will be undone: $2 of $3, $0 changes.", set.change_count(),
             {NumberOf(name), ActCell(set.act()).text, LocalTime(set.recorded_time())});
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
  session.Print({{{"change_set", Tr("change set")}, {"undoes", Tr("undoes")}},
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
  const auto since =
      Optional(*list, "--since", Tr("not before this day or time: 2025-04-04 or 2025-04-04 15:00"));
  const auto until = Optional(
      *list, "--until", Tr("up to this day, or before this time: 2025-04-04 or 2025-04-04 15:00"));
  list->callback([=, &session] {
    v1::ListChangeSetsRequest request;
    request.set_actor(*actor);
    request.set_record(SubjectName(*record));
    request.set_day(*day);
    request.set_act(*act);
    List(session, request, TimeRange(*since, *until));
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

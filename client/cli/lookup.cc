#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/line_breaks.h"
#include "client/cli/line_editor.h"
#include "client/cli/paint.h"
#include "client/cli/printer.h"
#include "client/cli/tag.h"
#include "client/cli/terms.h"
#include "client/cli/text_file.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kMostMatches = 50;
constexpr int kMostCards = 5;  // more are easier to choose from in a table

std::string Users(const v1::Device& device) {
  std::string users;
  for (const v1::DeviceUser& user : device.users()) {
    if (!users.empty()) users += ", ";
    users += user.name() + " (" + user.staff_number() + ")";
  }
  return users;
}

void Line(const std::string& label, const std::string& value) {
  constexpr int kLabelWidth = 14;
  if (value.empty()) return;
  const int pad = std::max(1, kLabelWidth - DisplayWidth(label));
  std::cout << "  " << label << std::string(static_cast<size_t>(pad), ' ') << Printable(value)
            << "\n";
}

bool IsNear(const v1::LookupMatch& match) { return match.fields(0).kind() == v1::MATCH_KIND_NEAR; }

std::string MatchedBy(const google::protobuf::RepeatedPtrField<v1::FieldMatch>& fields) {
  std::string how;
  for (const v1::FieldMatch& field : fields) {
    if (!how.empty()) how += ", ";
    how += FieldLabel("FieldMatch", field.field()) + " " + field.value() + " (" +
           Term(field.kind()) + ")";
  }
  return how;
}

void PrintCard(const v1::LookupMatch& match) {
  const v1::DeviceCard& card = match.card();
  const v1::Device& device = card.device();
  std::cout << Printable(device.asset_tag() + "  " + device.host_name()) << "  "
            << Term(device.kind()) << "\n";
  if (device.state() == v1::DEVICE_STATE_RETIRED) {
    std::cout << "  >> " << Paint(Tone::kWarn, Tr("RETIRED: nobody logs on here")) << "\n";
  } else {
    std::cout << "  >> "
              << Paint(Tone::kTitle, Tr("METHOD NOW") + ": " + Term(card.effective_method()))
              << "\n";
    Line(Tr("since"), LocalTime(card.since()));
  }
  if (!card.planned_day().empty()) {
    Line(Tr("next"), Term(card.planned_method()) + "  " + card.planned_day() + " " +
                         card.planned_slot() + (card.overdue() ? " " + Tr("(overdue)") : ""));
  } else if (!card.deferred_until().empty()) {
    Line(Tr("next"),
         Term(card.planned_method()) + "  " + Tr("not before $0", {card.deferred_until()}));
  }
  Line(Tr("state"), InLanguage(card.state_text()));
  Line(Tr("why"), card.reason());
  Line(Tr("advice"), InLanguage(card.advice()));
  for (const v1::Blocker& blocker : card.blockers()) {
    const std::string until = blocker.clears_on().empty() ? "" : " → " + blocker.clears_on();
    Line(Tr("in the way"), InLanguage(blocker.text()) + until);
  }
  Line(Tr("place"), device.department() + "  " + device.site() + " " + device.floor());
  Line(Tr("users"), Users(device));
  Line(Tr("last change"), InLanguage(card.last_change_text()));
  Line(Tr("matched by"), MatchedBy(match.fields()));
}

Table Rows(const v1::LookupDevicesResponse& found) {
  Table table{{{"asset_tag", Tr("tag")},
               {"host_name", Tr("host"), Fit::kSpare},
               {"method_now", Tr("method now")},
               {"next_day", Tr("next day")},
               {"matched_by", Tr("matched by"), Fit::kSpare},
               {"field", Tr("field"), Fit::kSpare},
               {"match", Tr("match"), Fit::kSpare},
               {"department", Tr("department")}},
              {},
              {}};
  for (const v1::LookupMatch& match : found.matches()) {
    const v1::Device& device = match.card().device();
    const v1::FieldMatch& field = match.fields(0);
    table.rows.push_back({device.asset_tag(), device.host_name(),
                          TermCell(match.card().effective_method()), match.card().planned_day(),
                          field.value(),
                          Cell(FieldLabel("FieldMatch", field.field()), field.field()),
                          TermCell(field.kind()), device.department()});
    // A near spelling is no answer, so that nothing is done to it by a script.
    if (field.kind() != v1::MATCH_KIND_NEAR) table.names.push_back(device.name());
  }
  return table;
}

// How many persons match, and what tells them apart.
void PrintPeople(const Session& session, const v1::LookupDevicesResponse& found,
                 const std::string& query) {
  std::cout << Printable(Trn("$0 person matches $1:", "$0 persons match $1:", found.people_count(),
                             {query}))
            << "\n";
  Table table{{{"staff_number", Tr("staff number")},
               {"name", Tr("name")},
               {"kana", Tr("kana"), Fit::kSpare},
               {"department", Tr("department")},
               {"title", Tr("job title"), Fit::kSpare},
               {"devices", Tr("tags"), Fit::kWrap},
               {"match", Tr("match"), Fit::kSpare}},
              {},
              {}};
  for (const v1::LookupPerson& person : found.people()) {
    std::string tags;
    for (const std::string& tag : person.asset_tags()) tags += (tags.empty() ? "" : " ") + tag;
    if (person.device_count() == 0) tags = Tr("no device");
    const v1::Staff& staff = person.staff();
    table.rows.push_back({staff.staff_number(), staff.display_name(), staff.kana(),
                          staff.department(), staff.title(), tags,
                          TermCell(person.fields(0).kind())});
  }
  Print(session.form, true, table, found, "people");
  if (found.people_count() > found.people_size()) {
    std::cout << Tr("More persons match. Type more of the name.") << "\n";
  }
  std::cout << "\n";
}

// The one person who matches, where that person uses no device.
void PrintPersonWithoutDevice(const v1::LookupPerson& person) {
  const v1::Staff& staff = person.staff();
  std::cout << Printable(staff.display_name() + " (" + staff.staff_number() + ")  " +
                         Tr("uses no device"))
            << "\n";
  Line(Tr("kana"), staff.kana());
  Line(Tr("department"), staff.department());
  Line(Tr("job title"), staff.title());
  Line(Tr("matched by"), MatchedBy(person.fields()));
}

void PrintForPeople(const Session& session, const v1::LookupDevicesResponse& found,
                    const std::string& query) {
  if (found.people_size() > 1) PrintPeople(session, found, query);
  if (found.people_size() == 1 && found.people(0).device_count() == 0) {
    PrintPersonWithoutDevice(found.people(0));
  }
  for (const v1::LookupDepartment& department : found.departments()) {
    std::cout << Printable(Trn("$1: $0 device, $2 staff", "$1: $0 devices, $2 staff",
                               department.device_count(),
                               {department.department(), std::to_string(department.staff_count())}))
              << "\n";
  }
  const bool near = std::any_of(found.matches().begin(), found.matches().end(), IsNear);
  if (near || found.matches_size() > kMostCards || !found.departments().empty()) {
    session.Print(Rows(found), found, "matches");
  } else {
    for (const v1::LookupMatch& match : found.matches()) PrintCard(match);
  }
}

// Whether nothing but tags near the query was found.
bool HasNearTagsOnly(const v1::LookupDevicesResponse& found) {
  return found.people().empty() && found.departments().empty() &&
         std::all_of(found.matches().begin(), found.matches().end(), IsNear);
}

void SayNothing(const Session& session, const v1::LookupDevicesResponse& found,
                const std::string& query) {
  Failure failure{.code = kNotFound,
                  .reason = "NOTHING_MATCHES",
                  .sentence = Tr("Nothing matches $0.", {query})};
  std::string near;
  for (const v1::LookupMatch& match : found.matches()) {
    near += (near.empty() ? "" : ", ") + match.card().device().asset_tag();
  }
  if (!near.empty()) {
    failure.sentence = Tr("There is no $0. Near: $1", {query, near});
    failure.metadata["near"] = near;
  }
  failure.sentence = Printable(failure.sentence);
  Say(session.form, failure);
}

// Returns whether anything was found. What is only near is named and is no answer.
bool LookUp(Session& session, const std::string& given) {
  const std::string query = TagOf(given);
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::LookupDevicesRequest request;
  request.set_query(query.empty() ? given : query);
  request.set_page_size(kMostMatches);
  v1::LookupDevicesResponse found;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->LookupDevices(&context, request, &found); });
  if (HasNearTagsOnly(found)) {
    if (IsJson(session.form) && !found.matches().empty()) {
      session.Print(Rows(found), found, "matches");
    }
    SayNothing(session, found, query);
    return false;
  }
  if (session.ForPeople()) {
    PrintForPeople(session, found, query);
  } else {
    session.Print(Rows(found), found, "matches");
  }
  if (found.more()) session.Note(Tr("More devices match. Type more of the tag or name."));
  return true;
}

// Answers one query after another, for use while on the phone; an error does not end it.
void Interactive(Session& session) {
  session.Note(Tr("Tag, last digits, host, number, name or kana; an empty line ends."));
  LineEditor editor("> ");
  while (const std::optional<std::string> line = editor.Next()) {
    if (line->empty()) return;
    try {
      LookUp(session, DecodedLine(*line));
    } catch (const Exit&) {
      // The error has been printed; the next query may work.
      continue;
    } catch (const Failure& failure) {
      Say(session.form, failure);
    }
  }
}

// Looks up each line of the input; returns whether every line found something.
bool LookUpLines(Session& session) {
  bool all = true;
  for (const std::string& line : ReadLines("-")) all = LookUp(session, line) && all;
  return all;
}

}  // namespace

void AddLookup(CLI::App& app, Session& session) {
  auto* const lookup =
      app.add_subcommand("lookup", Tr("find a device by anything the caller says"));
  auto query = std::make_shared<std::vector<std::string>>();
  lookup->add_option("QUERY", *query,
                     Tr("tag, last digits, host, serial, number, name or kana; - reads many; "
                        "without it, asks on a terminal"));
  lookup->callback([query, &session] {
    if (query->empty()) {
      if (isatty(STDIN_FILENO) == 0) {
        throw Usage(Tr("Say what to look up, or - to read lines."));
      }
      Interactive(session);
      return;
    }
    std::string text;
    for (const std::string& word : *query) text += (text.empty() ? "" : " ") + word;
    if (!(text == "-" ? LookUpLines(session) : LookUp(session, text))) throw Exit{kNotFound};
  });
}

}  // namespace kirikae::cli

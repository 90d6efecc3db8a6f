#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/printer.h"
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

void PrintCard(const v1::LookupMatch& match) {
  const v1::DeviceCard& card = match.card();
  const v1::Device& device = card.device();
  std::cout << Printable(device.asset_tag() + "  " + device.host_name()) << "  "
            << Term(device.kind()) << "\n";
  std::cout << "  >> " << Tr("METHOD NOW") << ": " << Term(card.effective_method()) << "\n";
  Line(Tr("since"), LocalTime(card.since()));
  if (!card.planned_day().empty()) {
    Line(Tr("next"),
         Term(card.planned_method()) + "  " + card.planned_day() + " " + card.planned_slot());
  }
  Line(Tr("state"), Term(card.placement_state()));
  Line(Tr("advice"), InLanguage(card.advice()));
  for (const v1::Blocker& blocker : card.blockers()) {
    Line(Tr("in the way"), InLanguage(blocker.text()));
  }
  Line(Tr("place"), device.department() + "  " + device.site() + " " + device.floor());
  Line(Tr("users"), Users(device));
  if (card.has_last_change()) {
    const v1::HistoryEntry& last = card.last_change();
    Line(Tr("last change"), LocalTime(last.recorded_time()) + " " + last.actor() + ": " +
                                last.field() + " " + last.new_value());
  }
  std::string how;
  for (const v1::FieldMatch& field : match.fields()) {
    if (!how.empty()) how += ", ";
    how += FieldLabel("FieldMatch", field.field()) + " " + field.value() + " (" +
           Term(field.kind()) + ")";
  }
  Line(Tr("matched by"), how);
}

Table Rows(const v1::LookupDevicesResponse& found) {
  Table table{{Tr("tag"), Tr("host"), Tr("method now"), Tr("next day"), Tr("matched by"),
               Tr("field"), Tr("match")},
              {},
              {}};
  for (const v1::LookupMatch& match : found.matches()) {
    const v1::Device& device = match.card().device();
    const v1::FieldMatch& field = match.fields(0);
    table.rows.push_back({device.asset_tag(), device.host_name(),
                          Term(match.card().effective_method()), match.card().planned_day(),
                          field.value(), FieldLabel("FieldMatch", field.field()),
                          Term(field.kind())});
    table.names.push_back(device.name());
  }
  return table;
}

// Returns whether anything was found.
bool LookUp(Session& session, const std::string& query) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::LookupDevicesRequest request;
  request.set_query(query);
  request.set_page_size(kMostMatches);
  v1::LookupDevicesResponse found;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->LookupDevices(&context, request, &found); });
  if (found.matches().empty()) {
    Say(session.form, {.code = kNotFound,
                       .reason = "NOTHING_MATCHES",
                       .sentence = Tr("Nothing matches $0.", {query})});
    return false;
  }
  if (!session.ForPeople()) {
    session.Print(Rows(found), found, "matches");
    return true;
  }
  if (found.matches_size() > kMostCards) {
    session.Print(Rows(found), found, "matches");
  } else {
    for (const v1::LookupMatch& match : found.matches()) PrintCard(match);
  }
  if (found.more()) session.Note(Tr("More devices match. Type more of the tag or name."));
  return true;
}

// Answers one query after another, for use while on the phone; an error does not end it.
void Interactive(Session& session) {
  session.Note(Tr("Tag, last digits, host, number, name or kana; an empty line ends."));
  while (true) {
    std::cerr << "> " << std::flush;
    std::string line;
    if (!std::getline(std::cin, line) || line.empty()) return;
    try {
      LookUp(session, DecodedLine(line));
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

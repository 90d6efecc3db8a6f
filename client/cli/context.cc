#include <google/protobuf/struct.pb.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/context_file.h"
#include "client/cli/server_address.h"
#include "client/cli/terminal_modes.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/access_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

// Hides what is typed while it lives.
class NoEcho {
 public:
  NoEcho() {
    if (!KeepTerminalModes()) return;
    if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
  }
  ~NoEcho() {
    if (!changed_) return;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::cerr << "\n";
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

std::string WithoutSpace(const std::string& text) {
  constexpr char kSpace[] = " \t\r\n";
  const size_t first = text.find_first_not_of(kSpace);
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(kSpace) + 1 - first);
}

// Asked for on a terminal, else the first line of the input.
std::string AskForToken() {
  std::string line;
  if (isatty(STDIN_FILENO) == 0) {
    std::getline(std::cin, line);
    return WithoutSpace(line);
  }
  const NoEcho quiet;  // before anybody may type
  std::cerr << Tr("Token (it is not shown):") << " " << std::flush;
  std::getline(std::cin, line);
  return WithoutSpace(line);
}

// A path that holds from every folder; "" for "".
std::string Absolute(const std::string& path) {
  return path.empty() ? "" : std::filesystem::absolute(path).string();
}

Context& AddOrFind(Contexts& contexts, const std::string& name) {
  if (Context* const known = FindContext(contexts, name); known != nullptr) return *known;
  contexts.all.push_back(
      {.name = name, .server = "", .token = "", .ca = "", .cert = "", .key = ""});
  return contexts.all.back();
}

// The context that goes to the address already, else one that is called like it.
std::string NameFor(const Contexts& contexts, const std::string& server) {
  const auto known = std::find_if(contexts.all.begin(), contexts.all.end(),
                                  [&](const Context& each) { return each.server == server; });
  return known == contexts.all.end() ? server : known->name;
}

// Stores the connection only after the service has answered who calls.
void LogIn(Session& session, const std::string& address, const std::string& name) {
  if (!address.empty()) session.server = address;
  session.Resolve();
  CheckServer(session.server);
  Contexts contexts = ReadContexts();
  Context fresh;
  fresh.server = session.server;
  fresh.ca = Absolute(session.ca);
  fresh.cert = Absolute(session.cert);
  fresh.key = Absolute(session.key);
  fresh.name = name.empty() ? NameFor(contexts, fresh.server) : name;
  fresh.token = !session.token_file.empty() ? session.Token() : AskForToken();
  if (fresh.token.empty() && fresh.cert.empty()) {
    throw Failure{.code = kUsage,
                  .reason = "NO_TOKEN",
                  .sentence = Tr("No token was given. Ask an administrator for one (kirikae token "
                                 "create).")};
  }
  session.UseToken(fresh.token);
  const auto stub = v1::AccessService::NewStub(session.Channel());
  v1::WhoAmIResponse me;
  session.Call([&](grpc::ClientContext& context) {
    return stub->WhoAmI(&context, v1::WhoAmIRequest(), &me);
  });
  AddOrFind(contexts, fresh.name) = fresh;
  contexts.current = fresh.name;
  WriteContexts(contexts);
  session.Note(Tr("You are $0 ($1) at $2. Stored as the context $3 in $4.",
                  {me.actor(), Term(me.role()), fresh.server, fresh.name, ContextFile()}));
}

void LogOut(Session& session) {
  Contexts contexts = ReadContexts();
  const Context* const used = ContextToUse(contexts, session.context);
  if (used == nullptr || used->token.empty()) {
    session.Note(Tr("You are not logged on."));
    return;
  }
  Context& context = *FindContext(contexts, used->name);
  context.token.clear();
  WriteContexts(contexts);
  session.Note(
      Tr("The token of $0 is forgotten here. It holds until it expires; an administrator "
         "ends it with: kirikae token revoke",
         {context.name}));
}

google::protobuf::Value ToJsonValue(const Contexts& contexts, const Context& context) {
  google::protobuf::Value value;
  auto& fields = *value.mutable_struct_value()->mutable_fields();
  fields["name"].set_string_value(context.name);
  fields["server"].set_string_value(context.server);
  fields["current"].set_bool_value(context.name == contexts.current);
  fields["has_token"].set_bool_value(!context.token.empty());
  fields["ca"].set_string_value(context.ca);
  fields["cert"].set_string_value(context.cert);
  fields["key"].set_string_value(context.key);
  return value;
}

Table Rows(const Contexts& contexts, const std::vector<Context>& shown) {
  Table table{{{"current", Tr("in use")},
               {"context", Tr("context")},
               {"server", Tr("service")},
               {"token", Tr("token")},
               {"ca", Tr("authorities"), Fit::kSpare}},
              {},
              {}};
  for (const Context& context : shown) {
    table.rows.push_back(
        {context.name == contexts.current ? "*" : "", context.name, context.server,
         context.token.empty() ? Cell(Tr("none"), "NONE") : Cell(Tr("stored"), "STORED"),
         context.ca});
    table.names.push_back(context.name);
  }
  return table;
}

void List(const Session& session) {
  const Contexts contexts = ReadContexts();
  google::protobuf::ListValue list;
  for (const Context& context : contexts.all) {
    *list.add_values() = ToJsonValue(contexts, context);
  }
  if (session.form == Form::kJson) {
    google::protobuf::Struct whole;
    *(*whole.mutable_fields())["contexts"].mutable_list_value() = list;
    session.Print(Rows(contexts, contexts.all), whole, "");
    return;
  }
  session.Print(Rows(contexts, contexts.all), list, "values");
}

void Show(const Session& session, const std::string& name) {
  const Contexts contexts = ReadContexts();
  const Context* const context = ContextToUse(contexts, name.empty() ? session.context : name);
  if (context == nullptr) {
    throw Failure{.code = kNotFound,
                  .reason = "NO_CONTEXT",
                  .sentence = Tr("No context is in use. Make one with: kirikae login")};
  }
  session.PrintOne(Rows(contexts, {*context}), ToJsonValue(contexts, *context).struct_value());
}

void Use(const Session& session, const std::string& name) {
  Contexts contexts = ReadContexts();
  contexts.current = ContextToUse(contexts, name)->name;
  WriteContexts(contexts);
  session.Note(Tr("The context in use is $0.", {contexts.current}));
}

// Only what is given changes. A token does not follow its context to another address.
void Set(Session& session, const std::string& name) {
  Contexts contexts = ReadContexts();
  Context& context = AddOrFind(contexts, name);
  if (!session.server.empty() && session.server != context.server) {
    CheckServer(session.server);
    context.server = session.server;
    context.token.clear();
  }
  if (!session.ca.empty()) context.ca = Absolute(session.ca);
  if (!session.cert.empty()) context.cert = Absolute(session.cert);
  if (!session.key.empty()) context.key = Absolute(session.key);
  if (!session.token_file.empty()) context.token = session.Token();
  if (context.server.empty()) throw Usage(Tr("Say the address with --server."));
  if (contexts.current.empty()) contexts.current = name;
  WriteContexts(contexts);
  session.PrintOne(Rows(contexts, {context}), ToJsonValue(contexts, context).struct_value());
}

void Delete(const Session& session, const std::string& name) {
  Contexts contexts = ReadContexts();
  const std::string found = ContextToUse(contexts, name)->name;
  std::erase_if(contexts.all, [&](const Context& each) { return each.name == found; });
  if (contexts.current == found) contexts.current.clear();
  WriteContexts(contexts);
  session.Note(Tr("The context $0 is deleted.", {found}));
}

}  // namespace

void AddContext(CLI::App& app, Session& session) {
  auto* const login = app.add_subcommand("login", Tr("store where the service is and who you are"));
  const auto address =
      Optional(*login, "ADDRESS", Tr("HOST:PORT or unix:PATH; the one in use when left out"));
  const auto named = Optional(*login, "--name", Tr("name of the context; the address otherwise"));
  login->callback([address, named, &session] { LogIn(session, *address, *named); });
  app.add_subcommand("logout", Tr("forget the stored token"))->callback([&session] {
    LogOut(session);
  });

  auto* const context = app.add_subcommand("context", Tr("stored addresses and tokens"));
  context->require_subcommand(1);
  context->add_subcommand("list", Tr("list contexts"))->callback([&session] { List(session); });
  auto* const show = context->add_subcommand("show", Tr("show a context without its token"));
  const auto shown = Optional(*show, "CONTEXT", Tr("name; the one in use when left out"));
  show->callback([shown, &session] { Show(session, *shown); });
  auto* const use = context->add_subcommand("use", Tr("choose the context of further commands"));
  const auto used = Required(*use, "CONTEXT", Tr("name of a context"));
  use->callback([used, &session] { Use(session, *used); });
  auto* const set = context->add_subcommand(
      "set", Tr("make or change a context: --server, --token-file, --ca, --cert, --key"));
  const auto changed = Required(*set, "CONTEXT", Tr("name of a context"));
  set->callback([changed, &session] { Set(session, *changed); });
  auto* const remove = context->add_subcommand("delete", Tr("remove a context and its token"));
  const auto removed = Required(*remove, "CONTEXT", Tr("name of a context"));
  remove->callback([removed, &session] { Delete(session, *removed); });
}

}  // namespace kirikae::cli

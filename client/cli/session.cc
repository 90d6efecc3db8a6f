#include "client/cli/session.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <thread>

#include "client/cli/catalogue.h"
#include "client/cli/context_file.h"
#include "client/cli/paint.h"
#include "client/cli/server_address.h"
#include "client/cli/tls.h"
#include "client/cli/token_file.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace kirikae::cli {
namespace {

// Bytes. gRPC's own limit is 4 MiB; a plan of a million devices has some 40.
constexpr int kLargestAnswer = 128 << 20;

constexpr int kTries = 5;
constexpr char kThisMachine[] = "127.0.0.1:50051";

// A flag or variable outweighs what is stored.
void Adopt(std::string& given, const std::string& stored) {
  if (given.empty()) given = stored;
}

// What a person reads of an error.
struct Said {
  std::string message;
  std::vector<FieldFault> faults;
  std::string near;  // names like one that was not found
};

template <typename Violations>
std::vector<FieldFault> FaultsOf(const Violations& violations) {
  std::vector<FieldFault> faults;
  for (const auto& row : violations) faults.push_back({row.field(), row.description()});
  return faults;
}

// In the chosen language, where the details have it.
Said Read(const google::rpc::Status& rpc) {
  const bool japanese = CurrentLanguage() == Language::kJapanese;
  Said said{rpc.message(), {}, ""};
  google::rpc::LocalizedMessage message;
  google::rpc::BadRequest bad;
  v1::LocalizedBadRequest localized;
  google::rpc::ErrorInfo info;
  for (const auto& any : rpc.details()) {
    if (japanese && any.UnpackTo(&message)) {
      said.message = message.message();
    } else if (any.UnpackTo(&bad) && said.faults.empty()) {
      said.faults = FaultsOf(bad.field_violations());
    } else if (japanese && any.UnpackTo(&localized)) {
      said.faults = FaultsOf(localized.field_violations());
    } else if (any.UnpackTo(&info) && info.metadata().count("near") != 0) {
      said.near = info.metadata().at("near");
    }
  }
  return said;
}

// What a person can do about a connection that does not come about. The transport says why only in
// a text of its own.
std::string WhyNoAnswer(const std::string& server, bool encrypted, const std::string& transport) {
  const auto says = [&](const char* words) { return transport.find(words) != std::string::npos; };
  if (says("CERTIFICATE_VERIFY_FAILED") || says("certificate verify failed")) {
    return Tr(
        "The certificate of the service at $0 is not trusted here or has expired. Give the "
        "file of the authority that signed it with --ca.",
        {server});
  }
  if (says("not in peer certificate") || says("Hostname Verification")) {
    return Tr(
        "The certificate of the service at $0 is for another name. Use the name that "
        "stands in the certificate with --server.",
        {server});
  }
  if (says("WRONG_VERSION_NUMBER") || says("wrong version number")) {
    return Tr(
        "The service at $0 is not encrypted, so nothing is sent to it. Leave out --ca, --cert "
        "and --key on its own machine; have TLS set up there otherwise.",
        {server});
  }
  if (encrypted) {
    return Tr(
        "The service at $0 does not answer over TLS. Is kirikaed running there with "
        "--tls-cert? Say where with --server.",
        {server});
  }
  return Tr(
      "The service at $0 does not answer. Is kirikaed running there? Say where with "
      "--server; where it is encrypted, give --ca.",
      {server});
}

}  // namespace

bool IsLost(const grpc::Status& status) {
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::CANCELLED:  // by a daemon that stops
      return true;
    case grpc::StatusCode::UNKNOWN:
      return status.error_details().empty() && status.error_message() == "Stream removed";
    case grpc::StatusCode::INTERNAL:
      return status.error_details().empty() &&
             status.error_message().find("RST_STREAM") != std::string::npos;
    default:
      return false;
  }
}

bool Session::Encrypted() const {
  return !IsOnThisMachine(server) || !ca.empty() || !cert.empty() || !key.empty();
}

void Session::Resolve() {
  if (resolved_) return;
  resolved_ = true;
  if (server.empty() || token_file.empty() || !context.empty()) {
    const Contexts contexts = ReadContexts();
    const Context* const stored = ContextToUse(contexts, context);
    if (stored != nullptr && (server.empty() || server == stored->server)) {
      Adopt(server, stored->server);
      Adopt(ca, stored->ca);
      Adopt(cert, stored->cert);
      Adopt(key, stored->key);
      stored_token_ = stored->token;
    }
  }
  Adopt(server, kThisMachine);
}

std::string Session::Token() {
  Resolve();
  return token_file.empty() || chosen_ ? stored_token_ : ReadTokenFile(token_file);
}

void Session::UseToken(const std::string& token) {
  resolved_ = true;
  chosen_ = true;
  stored_token_ = token;
}

std::shared_ptr<grpc::Channel> Session::Channel() {
  if (channel_ == nullptr) {
    Resolve();
    CheckServer(server);
    grpc::ChannelArguments arguments;
    // A connection that has gone silent is noticed within a minute.
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 30'000);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 15'000);
    // A watch says nothing for hours; each ping still counts.
    arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
    // A proxy is for browsers: the service is the ward's own, and no token goes elsewhere.
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    arguments.SetMaxReceiveMessageSize(kLargestAnswer);
    channel_ = grpc::CreateCustomChannel(
        server, Encrypted() ? TlsCredentials({ca, cert, key}) : grpc::InsecureChannelCredentials(),
        arguments);
  }
  return channel_;
}

void Session::Prepare(grpc::ClientContext& context, int seconds) {
  const int limit = timeout_seconds > 0 ? timeout_seconds : seconds;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(limit));
  if (const std::string token = Token(); !token.empty()) {
    context.AddMetadata("authorization", "Bearer " + token);
  }
}

v1::WriteOptions Session::Options() {
  writes_ = true;
  v1::WriteOptions options;
  std::ifstream random("/proc/sys/kernel/random/uuid");
  std::string id;
  random >> id;
  options.set_request_id(id);
  options.set_reason(reason);
  options.set_validate_only(dry_run);
  return options;
}

void Session::Call(const std::function<grpc::Status(grpc::ClientContext&)>& call, int seconds) {
  grpc::Status status;
  for (int i = 0; i < kTries; ++i) {
    grpc::ClientContext context;
    Prepare(context, seconds);
    status = call(context);
    if (status.ok()) return;
    if (!IsLost(status)) break;
    if (i + 1 < kTries) std::this_thread::sleep_for(std::chrono::milliseconds(100 << i));
  }
  throw Exit{Report(status)};
}

void Session::CallPatiently(const std::function<grpc::Status(grpc::ClientContext&)>& call,
                            int seconds) {
  constexpr std::chrono::minutes kPatience(5);
  constexpr std::chrono::milliseconds kLongestWait(2000);
  const auto give_up = std::chrono::steady_clock::now() + kPatience;
  std::chrono::milliseconds wait(100);
  for (bool told = false;; told = true) {
    grpc::ClientContext context;
    Prepare(context, seconds);
    const grpc::Status status = call(context);
    if (status.ok()) {
      if (told) Note(Tr("The service answers again."));
      return;
    }
    if (!IsLost(status) || std::chrono::steady_clock::now() > give_up) throw Exit{Report(status)};
    if (!told) Note(Tr("The service does not answer. The list is kept and sent again."));
    std::this_thread::sleep_for(wait);
    wait = std::min(wait * 2, kLongestWait);
  }
}

google::rpc::Status Session::Untold(const grpc::Status& status) const {
  google::rpc::Status rpc;
  rpc.set_code(status.error_code());
  rpc.set_message(status.error_message());
  if (IsLost(status)) {
    rpc.set_code(static_cast<int>(grpc::StatusCode::UNAVAILABLE));
    rpc.set_message(WhyNoAnswer(server, Encrypted(), status.error_message()));
  } else if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
    rpc.set_message(
        Tr("The service at $0 did not answer in time. Try again, or allow more with "
           "--timeout.",
           {server}));
  }
  google::rpc::ErrorInfo info;
  info.set_reason(google::rpc::Code_Name(static_cast<google::rpc::Code>(rpc.code())));
  info.set_domain("kirikae");
  rpc.add_details()->PackFrom(info);
  return rpc;
}

int Session::Report(const grpc::Status& status) const {
  google::rpc::Status rpc;
  if (!rpc.ParseFromString(status.error_details()) || rpc.details().empty()) rpc = Untold(status);
  if (IsJson(form)) {
    SayJson(rpc);
    return ExitCodeOf(status.error_code());
  }
  const Said said = Read(rpc);
  std::cerr << PaintError(Tone::kBad, Printable(said.message)) << "\n";
  for (const FieldFault& fault : said.faults) {
    if (fault.field == "options.reason") {
      std::cerr << "  " << Tr("Give it with --reason.") << "\n";
      continue;
    }
    if (fault.sentence == said.message) continue;
    const int line = line_of ? line_of(fault.field) : 0;
    const std::string place = line > 0 ? Tr("line $0", {std::to_string(line)}) + ": " : "";
    std::cerr << "  "
              << Printable(place + fault.field + (fault.field.empty() ? "" : ": ") + fault.sentence)
              << "\n";
  }
  if (!said.near.empty())
    std::cerr << "  " << Printable(Tr("Did you mean: $0", {said.near})) << "\n";
  if (status.error_code() == grpc::StatusCode::UNAUTHENTICATED && token_file.empty() &&
      stored_token_.empty()) {
    std::cerr << "  "
              << Tr("Log on with kirikae login, or say where your token is with "
                    "--token-file or KIRIKAE_TOKEN_FILE.")
              << "\n";
  }
  if (IsLost(status)) {
    std::cerr << "  " << Tr("$0 says what is wrong.", {"kirikae doctor --server " + server})
              << "\n";
    if (server == kThisMachine && stored_token_.empty()) {
      std::cerr << "  " << Tr("To use a service elsewhere: kirikae login HOST:PORT") << "\n";
    }
  }
  return ExitCodeOf(status.error_code());
}

void Session::Note(const std::string& sentence) const {
  if (!IsJson(form)) std::cerr << sentence << "\n";
}

void Session::NoteFile(const std::string& path) const {
  if (path != "-") Note(Tr("$0 is written.", {path}));
}

void Session::Next(const std::string& command) {
  if (suggested_ || dry_run || !ForPeople()) return;
  suggested_ = true;
  Note(Tr("Next: $0", {command}));
}

void Session::NoteDryRun() const {
  if (dry_run && writes_) Note(Tr("This was a dry run; nothing was written."));
}

void Session::Confirm(const std::string& question, const std::string& answer) const {
  if (yes || dry_run) return;
  if (isatty(STDIN_FILENO) == 0) {
    throw Failure{.code = kUsage,
                  .reason = "NOT_CONFIRMED",
                  .sentence = Tr("This needs --yes where nobody can be asked.")};
  }
  std::cerr << question << " " << Tr("Type $0 to go on:", {answer}) << " ";
  std::string typed;
  std::getline(std::cin, typed);
  if (typed != answer) {
    throw Failure{
        .code = kUsage, .reason = "NOT_CONFIRMED", .sentence = Tr("Nothing was changed.")};
  }
}

}  // namespace kirikae::cli

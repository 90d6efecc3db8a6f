#include <google/protobuf/struct.pb.h>
#include <sys/stat.h>

#include <algorithm>

#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "client/cli/catalogue.h"
#include "client/cli/certificate.h"
#include "client/cli/commands.h"
#include "client/cli/context_file.h"
#include "client/cli/help.h"
#include "client/cli/line_breaks.h"
#include "client/cli/paint.h"
#include "client/cli/server_address.h"
#include "client/cli/terms.h"
#include "client/cli/version.h"
#include "kirikae/v1/access_service.grpc.pb.h"
#include "kirikae/v1/audit_service.grpc.pb.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kPatience = 10;  // seconds for each answer

enum class State { kGood, kWarning, kBad, kSkipped };

struct Check {
  std::string name;   // for programs
  std::string title;  // in the chosen language
  State state = State::kSkipped;
  std::string reason = {};  // UPPER_SNAKE; "" where it is good
  std::string finding = {};
  std::string advice = {};  // what to do; "" where nothing is to be done
};

const char* NameOf(State state) {
  switch (state) {
    case State::kGood:
      return "OK";
    case State::kWarning:
      return "WARNING";
    case State::kBad:
      return "BAD";
    case State::kSkipped:
      break;
  }
  return "SKIPPED";
}

Check CheckAddress(const Session& session) {
  Check check{.name = "address", .title = Tr("address")};
  try {
    CheckServer(session.server);
  } catch (const Failure& failure) {
    check.state = State::kBad;
    check.reason = failure.reason;
    check.finding = failure.sentence;
    check.advice = Tr("Give the right address with --server or kirikae login ADDRESS.");
    return check;
  }
  std::string why;
  if (IsReachable(session.server, why)) {
    check.state = State::kGood;
    check.finding = Tr("$0 can be reached.", {session.server});
    return check;
  }
  check.state = State::kBad;
  check.reason = "UNREACHABLE";
  check.finding = Tr("$0 can't be reached ($1).", {session.server, why});
  check.advice =
      Tr("Is kirikaed running there, and does no firewall stand between? The address is "
         "chosen with --server, KIRIKAE_SERVER or kirikae context use.");
  return check;
}

void Distrust(Check& check, const Session& session, const Certificate& seen) {
  check.state = State::kBad;
  switch (seen.trust) {
    case Trust::kNoTls:
      check.reason = "NO_TLS";
      check.finding = Tr("The service does not speak TLS here, or broke off.");
      check.advice =
          Tr("Have its certificate set up (kirikaed certificate), or leave out --ca, "
             "--cert and --key on its own machine.");
      return;
    case Trust::kExpired:
    case Trust::kNotYetValid:
      check.reason = "CERTIFICATE_EXPIRED";
      check.finding =
          Tr("It is not valid now; it ends on $0.",
             {LocalTime(absl::FormatTime(absl::RFC3339_full, seen.end, absl::UTCTimeZone()))});
      check.advice =
          Tr("Have a new one made with kirikaed certificate, or put this machine's clock "
             "right.");
      return;
    case Trust::kOtherName:
      check.reason = "CERTIFICATE_OTHER_NAME";
      check.finding =
          Tr("It is for $0, not for $1.", {seen.names, SplitServer(session.server).host});
      check.advice = Tr("Use a name that stands in the certificate with --server.");
      return;
    default:
      check.reason = "CERTIFICATE_UNTRUSTED";
      check.finding = Tr("It is signed by an authority that is not trusted here.");
      check.advice = Tr("Give the authority's file with --ca, or kirikae login ADDRESS --ca FILE.");
      return;
  }
}

Check CheckCertificate(const Session& session, bool reachable) {
  Check check{.name = "certificate", .title = Tr("certificate")};
  if (!reachable) {
    check.finding = Tr("Not looked at: the address comes first.");
    return check;
  }
  if (!session.Encrypted()) {
    check.state = State::kGood;
    check.finding = Tr("None is needed: the service is on this machine.");
    return check;
  }
  const Certificate seen =
      LookAtCertificate(session.server, {session.ca, session.cert, session.key});
  if (seen.trust != Trust::kTrusted) {
    Distrust(check, session, seen);
    return check;
  }
  constexpr absl::Duration kSoon = absl::Hours(24 * 30);
  const std::string end =
      LocalTime(absl::FormatTime(absl::RFC3339_full, seen.end, absl::UTCTimeZone()));
  check.state = State::kGood;
  check.finding = Tr("Trusted, for $0, until $1.", {seen.names, end});
  if (seen.end - absl::Now() < kSoon) {
    check.state = State::kWarning;
    check.reason = "CERTIFICATE_EXPIRES_SOON";
    check.advice = Tr("Have a new one made in time with kirikaed certificate.");
  }
  return check;
}

// Where the token comes from, with its mode; "" where there is none.
std::string PlaceOfToken(const Session& session) {
  const std::string path = session.token_file.empty() ? ContextFile() : session.token_file;
  struct stat info {};
  if (path.empty() || stat(path.c_str(), &info) != 0) return "";
  constexpr mode_t kModes = 0777;
  const mode_t mode = info.st_mode & kModes;
  std::string octal;
  for (const int shift : {6, 3, 0}) octal += static_cast<char>('0' + ((mode >> shift) & 7U));
  return Tr("file $0, mode $1", {path, octal});
}

Check Refused(Check check, const Session& session, const grpc::Status& status) {
  check.state = State::kBad;
  if (status.error_code() == grpc::StatusCode::UNAUTHENTICATED) {
    check.reason = "TOKEN_REFUSED";
    check.finding = Tr("The service does not know the token; it may have expired or been revoked.");
    check.advice = Tr("Ask an administrator for a new one, then run kirikae login.");
    return check;
  }
  check.reason = "NO_ANSWER";
  check.finding = Tr("The service at $0 gave no answer.", {session.server});
  check.advice = Tr("Its log says why: journalctl -u kirikaed");
  return check;
}

Check CheckToken(Session& session, bool connected, v1::WhoAmIResponse& me) {
  Check check{.name = "token", .title = Tr("token")};
  std::string token;
  try {
    token = session.Token();
  } catch (const Failure& failure) {
    check.state = State::kBad;
    check.reason = failure.reason;
    check.finding = failure.sentence;
    check.advice = Tr("Put the file right, or run kirikae login.");
    return check;
  }
  if (token.empty() && session.cert.empty()) {
    check.state = State::kBad;
    check.reason = "NO_TOKEN";
    check.finding = Tr("There is none.");
    check.advice = Tr("Run kirikae login, or give its file with --token-file.");
    return check;
  }
  if (!connected) {
    check.finding = Tr("Not asked: the connection comes first.");
    return check;
  }
  grpc::ClientContext context;
  session.Prepare(context, kPatience);
  const auto stub = v1::AccessService::NewStub(session.Channel());
  const grpc::Status status = stub->WhoAmI(&context, v1::WhoAmIRequest(), &me);
  if (!status.ok()) return Refused(check, session, status);
  check.state = State::kGood;
  check.finding =
      Tr("$0 ($1), until $2", {me.actor(), Term(me.role()), LocalTime(me.expire_time())});
  const std::string place = PlaceOfToken(session);
  if (!place.empty() && !token.empty()) check.finding += "; " + place;
  if (me.expires_soon()) {
    check.state = State::kWarning;
    check.reason = "TOKEN_EXPIRES_SOON";
    check.advice = Tr("Ask an administrator for a new one, then run kirikae login.");
  }
  return check;
}

// What the service's clock says, from whichever answer has it; the distant past where none does. A
// ward without a rollout tells only those who may read checkpoints.
absl::Time TimeOfService(Session& session) {
  std::string text;
  const auto rollouts = v1::RolloutService::NewStub(session.Channel());
  grpc::ClientContext list_context;
  session.Prepare(list_context, kPatience);
  v1::ListRolloutsResponse all;
  if (rollouts->ListRollouts(&list_context, v1::ListRolloutsRequest(), &all).ok() &&
      all.rollouts_size() > 0) {
    grpc::ClientContext context;
    session.Prepare(context, kPatience);
    v1::GetProgressRequest request;
    request.set_name(all.rollouts(0).name());
    v1::Progress progress;
    if (rollouts->GetProgress(&context, request, &progress).ok()) text = progress.time();
  } else {
    const auto audit = v1::AuditService::NewStub(session.Channel());
    grpc::ClientContext context;
    session.Prepare(context, kPatience);
    v1::Checkpoint checkpoint;
    if (audit->GetCheckpoint(&context, v1::GetCheckpointRequest(), &checkpoint).ok()) {
      text = checkpoint.create_time();
    }
  }
  absl::Time time;
  return absl::ParseTime(absl::RFC3339_full, text, &time, nullptr) ? time : absl::InfinitePast();
}

Check CheckClock(Session& session, const v1::WhoAmIResponse& me, bool known) {
  Check check{.name = "clock", .title = Tr("clock")};
  if (!known) {
    check.finding = Tr("Not compared: the token comes first.");
    return check;
  }
  if (me.clock_behind_seconds() > 0) {
    check.state = State::kBad;
    check.reason = "SERVICE_CLOCK_BEHIND";
    check.finding =
        Tr("The newest record lies $0 seconds ahead of the service's clock, so nothing "
           "is written.",
           {std::to_string(me.clock_behind_seconds())});
    check.advice =
        Tr("Put the clock of the service's machine right; if it is right now: kirikaed "
           "clock accept");
    return check;
  }
  const absl::Time service = TimeOfService(session);
  if (service == absl::InfinitePast()) {
    check.finding = Tr("Not compared: the service tells its time once there is a rollout.");
    return check;
  }
  constexpr int64_t kMuch = 60;
  const int64_t ahead = absl::ToInt64Seconds(absl::Now() - service);
  check.state = State::kGood;
  check.finding = Tr("This machine's clock is $0 seconds from the service's.",
                     {(ahead > 0 ? "+" : "") + std::to_string(ahead)});
  if (std::llabs(ahead) >= kMuch) {
    check.state = State::kBad;
    check.reason = "CLOCKS_DIFFER";
    check.advice =
        Tr("Put the wrong one of the two clocks right: a day or an hour given here means "
           "another one there.");
  }
  return check;
}

Check CheckVersions(const v1::WhoAmIResponse& me, bool known) {
  Check check{.name = "version", .title = Tr("version")};
  if (!known) {
    check.finding = Tr("kirikae $0; the service was not asked.", {Version()});
    return check;
  }
  check.state = State::kGood;
  check.finding = Tr("kirikae $0, service $1", {Version(), me.server_version()});
  if (me.server_version() != Version()) {
    check.state = State::kWarning;
    check.reason = "VERSIONS_DIFFER";
    check.advice = Tr("Install the kirikae of the service's version.");
  }
  return check;
}

Tone ToneOf(State state) {
  return state == State::kGood      ? Tone::kGood
         : state == State::kBad     ? Tone::kBad
         : state == State::kWarning ? Tone::kWarn
                                    : Tone::kPlain;
}

std::string WordOf(State state) {
  return state == State::kGood      ? Tr("good")
         : state == State::kBad     ? Tr("BAD")
         : state == State::kWarning ? Tr("note")
                                    : Tr("skipped");
}

void PrintForPeople(const std::vector<Check>& checks) {
  constexpr int kWordWidth = 8;
  constexpr int kTitleWidth = 12;
  const auto padded = [](const std::string& text, int width) {
    const int pad = std::max(1, width - DisplayWidth(text));
    return std::string(static_cast<size_t>(pad), ' ');
  };
  for (const Check& check : checks) {
    const std::string word = WordOf(check.state);
    constexpr int kColumn = kWordWidth + kTitleWidth;
    const std::string finding = Wrapped(Printable(check.finding), HelpWidth(), kColumn);
    std::cout << Paint(ToneOf(check.state), word) << padded(word, kWordWidth) << check.title
              << padded(check.title, kTitleWidth) << finding.substr(kColumn);
    if (!check.advice.empty()) std::cout << Wrapped("→ " + check.advice, HelpWidth(), kColumn);
  }
}

Table Rows(const std::vector<Check>& checks) {
  Table table{{{"check", "check"},
               {"state", "state"},
               {"reason", "reason"},
               {"finding", "finding"},
               {"advice", "advice"}},
              {},
              {}};
  for (const Check& check : checks) {
    table.rows.push_back(
        {check.name, NameOf(check.state), check.reason, check.finding, check.advice});
    table.names.push_back(check.name);
  }
  return table;
}

void Print(const Session& session, const std::vector<Check>& checks) {
  if (session.ForPeople()) {
    PrintForPeople(checks);
    return;
  }
  google::protobuf::ListValue list;
  for (const Check& check : checks) {
    auto& fields = *list.add_values()->mutable_struct_value()->mutable_fields();
    fields["check"].set_string_value(check.name);
    fields["state"].set_string_value(NameOf(check.state));
    fields["reason"].set_string_value(check.reason);
    fields["finding"].set_string_value(check.finding);
    fields["advice"].set_string_value(check.advice);
  }
  if (session.form != Form::kJson) {
    session.Print(Rows(checks), list, "values");
    return;
  }
  google::protobuf::Struct whole;
  *(*whole.mutable_fields())["checks"].mutable_list_value() = list;
  session.Print({}, whole, "");
}

void Doctor(Session& session) {
  session.Resolve();
  v1::WhoAmIResponse me;
  std::vector<Check> checks;
  const auto is_good = [&checks] { return checks.back().state != State::kBad; };
  checks.push_back(CheckAddress(session));
  const bool reachable = is_good();
  checks.push_back(CheckCertificate(session, reachable));
  const bool connected = reachable && is_good();
  checks.push_back(CheckToken(session, connected, me));
  const bool known = connected && is_good();
  checks.push_back(CheckClock(session, me, known));
  checks.push_back(CheckVersions(me, known));
  Print(session, checks);
  for (const Check& check : checks) {
    if (check.state == State::kBad) throw Exit{kDifferences};
  }
}

}  // namespace

void AddDoctor(CLI::App& app, Session& session) {
  app.add_subcommand("doctor", Tr("check address, certificate, token, clock and version"))
      ->callback([&session] { Doctor(session); });
}

}  // namespace kirikae::cli

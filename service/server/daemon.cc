#include "service/server/daemon.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <pthread.h>
#include <sodium.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "grpc/health/v1/health.pb.h"
#include "service/api/call/environment.h"
#include "service/api/call/role_table.h"
#include "service/app/audit/record_notary.h"
#include "service/app/change_feed.h"
#include "service/app/hash.h"
#include "service/app/rollouts/advance.h"
#include "service/app/rollouts/census.h"
#include "service/server/audit_key.h"
#include "service/server/call_log.h"
#include "service/server/clock_command.h"
#include "service/server/clock_keeper.h"
#include "service/server/clock_watch.h"
#include "service/server/failure.h"
#include "service/server/first_tokens.h"
#include "service/server/grpc_port.h"
#include "service/server/guarded_store.h"
#include "service/server/http_port.h"
#include "service/server/listener.h"
#include "service/server/log.h"
#include "service/server/own_clock.h"
#include "service/server/read_log.h"
#include "service/server/record_keeper.h"
#include "service/server/refused.h"
#include "service/server/scheduler.h"
#include "service/server/state_files.h"
#include "service/server/supervisor.h"
#include "service/server/tls_keeper.h"
#include "service/server/token_uses.h"
#include "service/server/watchdog.h"
#include "service/status_macros.h"
#include "service/store/sqlite/sqlite_store.h"

namespace kirikae::server {
namespace {

using domain::Sentence;

constexpr std::chrono::seconds kDrainTime(5);
constexpr std::chrono::seconds kHttpDrainTime(2);
constexpr std::chrono::seconds kLastWait(1);
// The exit code of a daemon that no longer answers; sysexits.h calls it EX_SOFTWARE.
constexpr int kDoesNotAnswer = 70;

void LogFailure(std::string_view what, const absl::Status& status) {
  if (!status.ok()) spdlog::warn("{} status={}", what, status.ToString());
}

void WarnOfReadOnly(const absl::Status& fault) {
  spdlog::warn("the database can't be written, so only reads are served: {}", fault.ToString());
}

// The process ends at once: it can't be trusted to stop in order.
void GiveUp() {
  spdlog::critical("the service does not answer its own calls, so the process ends");
  FinishLog();
  _exit(kDoesNotAnswer);
}

void ShowClock(GrpcPort& port, const absl::Status& status) {
  port.ShowWrites(status.ok());
  if (status.ok()) {
    spdlog::info("clock right, writes are taken");
  } else {
    spdlog::warn("clock wrong, writes are refused: {}", std::string(status.message()));
  }
}

std::vector<std::string> ServedOverHttp() {
  const std::set<std::string> own = api::ServiceNames();
  std::vector<std::string> names(own.begin(), own.end());
  names.emplace_back("grpc.health.v1.Health");
  return names;
}

// How many connections each port may have.
struct Rooms {
  size_t grpc = 0;
  size_t http = 0;
};

// The HTTP port gets a third of what the limit of open files leaves.
Rooms RoomsFor(const Config& config) {
  constexpr size_t kMostHttp = 4'096;
  constexpr size_t kMostGrpc = 10'000;
  const size_t room = RoomForConnections();
  const size_t http = config.http.empty() ? 0 : std::min(kMostHttp, room / 3);
  const size_t grpc = std::min(kMostGrpc, room - http);
  return {.grpc = config.connections == 0 ? grpc
                                          : std::min(grpc, static_cast<size_t>(config.connections)),
          .http = http};
}

Watchdog::Options WatchOptions(bool tls) {
  Watchdog::Options options{.tls = tls, .on_answer = TellAlive};
  // Three questions fit into what the supervisor waits.
  if (const auto patience = WatchInterval()) {
    options.interval = std::min(options.interval, *patience / 3);
  }
  return options;
}

// `{"grpc": "ADDRESS", "http": "ADDRESS"}`; without the port that is not served.
std::string EndpointsJson(const std::string& grpc, const std::string& http) {
  const auto quoted = [](const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  };
  return "{\"grpc\": " + quoted(grpc) + (http.empty() ? "" : ", \"http\": " + quoted(http)) + "}\n";
}

// Waits for the signal that ends the daemon; SIGHUP reads the certificates again.
int WaitForStop(const sigset_t& signals, TlsKeeper* tls) {
  while (true) {
    int signal = 0;
    sigwait(&signals, &signal);
    if (signal != SIGHUP) return signal;
    if (tls == nullptr) continue;
    if (const absl::Status status = tls->Reload(); status.ok()) {
      spdlog::info("certificates read again");
    } else {
      spdlog::error("certificates not read again, the old ones stay: {}", status.ToString());
    }
  }
}

absl::Status Serve(const Config& config, const sigset_t& signals) {
  RETURN_IF_ERROR(CheckAddresses(config));
  // Before anything is written for what can't be served.
  RETURN_IF_ERROR(Listener::CheckAddress(config.listen));
  if (!config.http.empty()) RETURN_IF_ERROR(Listener::CheckAddress(config.http));
  std::unique_ptr<TlsKeeper> tls;
  if (!config.tls_cert.empty()) {
    ASSIGN_OR_RETURN(tls, TlsKeeper::Load(config));
  }
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(config.timezone, &zone)) {
    return Refused(Sentence("There is no time zone $0.", {config.timezone}));
  }
  ASSIGN_OR_RETURN(std::function<absl::Time()> clock, ClockOf(config));
  if (!config.checkpoints.empty() && !std::filesystem::is_directory(config.checkpoints)) {
    return Refused(Sentence("There is no directory $0 for checkpoints. Make it, or name another.",
                            {config.checkpoints}));
  }
  RETURN_IF_ERROR(MakeDirectory(config.state_dir));
  ASSIGN_OR_RETURN(const std::unique_ptr<store::Store> opened,
                   store::OpenSqliteStore({.directory = config.state_dir,
                                           .init = config.init,
                                           .accept_loss = config.accept_loss,
                                           .now = clock(),
                                           .on_read_only = WarnOfReadOnly,
                                           .run_writes_twice = config.run_writes_twice}));
  RETURN_IF_ERROR(CloseToOthers(config.state_dir));
  ASSIGN_OR_RETURN(const absl::Time newest, NewestRecord(*opened));
  ClockWatch watch(clock, TimeSinceBoot, newest);
  clock = NotQuiteBackwards(std::move(clock));
  GuardedStore guarded(*opened, [&watch] { return watch.Check(); });
  store::Store* const store = &guarded;
  api::Authority authority;
  if (config.allow_self_approval) authority.LetAdministratorsApprove();
  app::ChangeFeed feed;
  store->OnCommit([&feed] { feed.Committed(); });
  api::WorkPools work;
  api::OpenStreams streams;
  api::SpoolRoom spools{config.state_dir};
  api::Doorkeeper door([](std::string_view address, int64_t count) {
    spdlog::warn("wrong tokens address={} count={}", address, count);
  });
  api::AnswerRoom answers;
  app::CensusKeeper censuses;
  api::CallsInFlight in_flight;
  CallLog calls;
  ReadLog reads(config.state_dir);
  api::Environment env{
      .store = *store,
      .authority = authority,
      .work = work,
      .streams = streams,
      .spools = spools,
      .door = door,
      .answers = answers,
      .censuses = censuses,
      .ward = {.now = clock,
               .zone = zone,
               .allow_self_approval = config.allow_self_approval,
               .exception_days = config.exception_days},
      .version = Version(),
      .feed = &feed,
      .on_end =
          [&calls, &reads](const api::EndedCall& call) {
            calls.Ended(call);
            reads.Ended(call);
          },
      .in_flight = &in_flight,
  };
  env.gateway_secret = app::NewSecret();
  ASSIGN_OR_RETURN(proof::SigningKey key, LoadAuditKey(config));
  app::RecordNotary notary(std::move(key));
  env.notary = &notary;
  RETURN_IF_ERROR(LoadTokens(config.state_dir, env));
  LogFailure("audit key", TellOfKey(env));
  TokenUses uses(config.state_dir, authority);
  // Does what became due while the daemon was down before anybody reads. When the disk does not
  // allow it, the daemon still serves reads, and the scheduler tries again.
  if (const absl::Status status = app::CatchUp(env.ward, env.store); !status.ok()) {
    spdlog::warn("catching up status={}", status.ToString());
  }

  const Rooms rooms = RoomsFor(config);
  ASSIGN_OR_RETURN(const std::unique_ptr<GrpcPort> port,
                   GrpcPort::Bind(env, {.address = config.listen,
                                        .connections = rooms.grpc,
                                        .tls = tls == nullptr ? nullptr : tls->credentials()}));
  const std::string& endpoint = port->address();
  std::unique_ptr<HttpPort> http;
  if (!config.http.empty()) {
    http = std::make_unique<HttpPort>(
        env, calls,
        HttpPort::Options{.address = config.http,
                          .tls = tls == nullptr ? nullptr : tls->holder(),
                          .channel = port->InProcessChannel(),
                          .services = ServedOverHttp(),
                          .secret = env.gateway_secret,
                          .connections = rooms.http,
                          .metrics_for_all = config.metrics_for_all});
    RETURN_IF_ERROR(http->Start());
  }
  port->Accept(http == nullptr ? "" : http->address());
  const std::string endpoints = config.state_dir + "/endpoints.json";
  // On a disk that can't be written, the log says where the daemon serves.
  LogFailure(
      "endpoints",
      ReplaceFile(endpoints, EndpointsJson(endpoint, http == nullptr ? "" : http->address())));
  auto scheduler =
      std::make_unique<Scheduler>(env, [&uses] { LogFailure("token uses", uses.Write()); });
  auto record_keeper =
      std::make_unique<RecordKeeper>(RecordKeeper::Options{.store = env.store,
                                                           .notary = notary,
                                                           .feed = feed,
                                                           .ward = env.ward,
                                                           .folder = config.checkpoints});
  port->SetHealth(true);
  ClockKeeper keeper(
      watch, [&](const absl::Status& status) { ShowClock(*port, status); },
      [&] { AcceptClock(config.state_dir, watch, env); });
  auto watchdog = std::make_unique<Watchdog>(endpoint, GiveUp, WatchOptions(tls != nullptr));
  spdlog::info("serving grpc={} http={}", endpoint, http == nullptr ? "-" : http->address());

  TellReady("gRPC " + endpoint + (http == nullptr ? "" : ", HTTP " + http->address()));

  spdlog::info("draining signal={}", WaitForStop(signals, tls.get()));
  TellStopping();
  watchdog.reset();
  port->SetHealth(false);
  if (http != nullptr) http->Drain();
  unlink(endpoints.c_str());
  scheduler.reset();
  // Ends the streams, so that the server need not wait for them.
  feed.Stop();
  work.Stop();
  port->StopAccepting();
  const auto drained_by = std::chrono::system_clock::now() + kDrainTime;
  if (http != nullptr) http->Stop(kHttpDrainTime);
  port->Shutdown(drained_by);
  // A last checkpoint, of all that was written.
  record_keeper.reset();
  store->Drain();
  LogFailure("token uses", uses.Write());
  // What they use is not taken down under calls that gRPC no longer waits for. What was answered is
  // on the disk.
  if (!in_flight.WaitForNone(kLastWait)) {
    spdlog::warn("stopped, though calls have not ended");
    FinishLog();
    _exit(0);
  }
  spdlog::info("stopped");
  return absl::OkStatus();
}

}  // namespace

int Run(const Config& config) {
  // Debian builds Abseil with deadlock checks on every lock that gRPC takes.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  // Blocked before any thread starts, so that all threads leave these signals to sigwait.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // What the daemon writes is its owner's.
  umask(S_IRWXG | S_IRWXO);
  if (sodium_init() < 0) return Fail(absl::InternalError("libsodium can't start"));
  SetUpLog(config.log_level);
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  // Reflection describes what is linked.
  google::protobuf::LinkMessageReflection<grpc::health::v1::HealthCheckRequest>();
  const absl::Status status = Serve(config, signals);
  FinishLog();
  return status.ok() ? 0 : Fail(status);
}

}  // namespace kirikae::server

#include "service/server/daemon.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/service_type.h>
#include <pthread.h>
#include <sodium.h>
#include <spdlog/async.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "service/api/access_service.h"
#include "service/api/audit_service.h"
#include "service/api/calendar_service.h"
#include "service/api/call/environment.h"
#include "service/api/call/role_table.h"
#include "service/api/import_service.h"
#include "service/api/inventory_service.h"
#include "service/api/migration_service.h"
#include "service/api/planning_service.h"
#include "service/api/rollout_service.h"
#include "service/api/terms_service.h"
#include "service/app/access/tokens.h"
#include "service/app/audit/record_notary.h"
#include "service/app/change_feed.h"
#include "service/app/hash.h"
#include "service/app/rollouts/advance.h"
#include "service/domain/record_fields.h"
#include "service/server/audit_key.h"
#include "service/server/call_log.h"
#include "service/server/clock_command.h"
#include "service/server/clock_keeper.h"
#include "service/server/clock_watch.h"
#include "service/server/failure.h"
#include "service/server/guarded_store.h"
#include "service/server/listener.h"
#include "service/server/own_write.h"
#include "service/server/read_log.h"
#include "service/server/record_keeper.h"
#include "service/server/refused.h"
#include "service/server/scheduler.h"
#include "service/server/state_files.h"
#include "service/server/token_uses.h"
#include "service/server/watchdog.h"
#include "service/status_macros.h"
#include "service/store/sqlite/sqlite_store.h"

namespace kirikae::server {
namespace {

using domain::Sentence;

// Number of log lines that may wait to be written.
constexpr size_t kLogQueue = 8192;
// What all connections together may hold unread.
constexpr size_t kTransportBytes = size_t{256} << 20U;
constexpr int kRequestLimit = 4 << 20;
constexpr std::chrono::seconds kDrainTime(5);
// The exit code of a daemon that no longer answers; sysexits.h calls it EX_SOFTWARE.
constexpr int kDoesNotAnswer = 70;

// One line an event; JSON where no person reads it.
void SetUpLog() {
  // A separate thread writes the lines, so that a call does not wait for the log's reader. When
  // lines come too fast, the oldest unwritten ones are dropped.
  spdlog::init_thread_pool(kLogQueue, 1);
  auto log = spdlog::create_async_nb<spdlog::sinks::stderr_color_sink_mt>("kirikaed");
  if (isatty(STDERR_FILENO) == 0) {
    log->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l","event":"%v"})");
  }
  spdlog::set_default_logger(log);
}

// Nobody could administer once the last administrator's token has expired.
void WarnOfLastAdministrator(const std::vector<domain::Token>& tokens, absl::Time now) {
  absl::Time last = absl::InfinitePast();
  for (const domain::Token& token : tokens) {
    if (token.role == domain::Role::kAdmin && !token.revoked) {
      last = std::max(last, token.expire_time);
    }
  }
  if (last - now < app::kExpiresSoon) {
    spdlog::warn("the last administrator's token expires at {}; see: kirikaed token reset",
                 absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", last, absl::UTCTimeZone()));
  }
}

// Loads the tokens; makes the first one where there is none. Its secret is on the disk before the
// token is, so that a crash in between leaves a file that the next start replaces.
absl::Status LoadTokens(const Config& config, api::Environment& env) {
  std::vector<domain::Token> tokens;
  {
    ASSIGN_OR_RETURN(const auto view, env.store.Read());
    ASSIGN_OR_RETURN(tokens, view->ListTokens());
  }
  if (tokens.empty()) {
    const std::string path = config.state_dir + "/admin.token";
    unlink(path.c_str());
    const std::string secret = app::NewSecret();
    RETURN_IF_ERROR(WriteNewFile(path, secret + "\n"));
    domain::Token token;
    token.id = 1;
    token.display_name = kFirstHolder;
    token.role = domain::Role::kAdmin;
    token.hash = app::HashHex(secret);
    token.expire_time = env.ward.now() + absl::Hours(24 * 3650);
    store::WriteRequest write;
    write.now = env.ward.now();
    write.make = [token, now = env.ward.now(), &key = env.notary->public_key()](
                     store::ReadView&, int64_t) -> absl::StatusOr<store::Draft> {
      store::Draft draft = app::UseKey(OwnDraft(domain::Act::kFirstStart, now), key);
      draft.edits.emplace_back(token);
      return draft;
    };
    RETURN_IF_ERROR(WriteNow(env.store, std::move(write)));
    tokens.push_back(token);
    std::cerr << "kirikaed: the first token is in " << path << "\n";
  }
  WarnOfLastAdministrator(tokens, env.ward.now());
  env.authority.SetTokens(std::move(tokens));
  return absl::OkStatus();
}

// The time of the newest record; the infinite past without one.
absl::StatusOr<absl::Time> NewestRecord(store::Store& store) {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, store.Read());
  store::ChangeSetQuery newest;
  newest.limit = 1;
  ASSIGN_OR_RETURN(const std::vector<domain::ChangeSet> sets, view->ListChangeSets(newest));
  return sets.empty() ? absl::InfinitePast() : sets.front().recorded_time;
}

// A clock that stands still where the machine's is set back by less than a minute. One that is set
// back by more shows that: ClockWatch then stops the writes.
std::function<absl::Time()> NotQuiteBackwards(std::function<absl::Time()> clock) {
  // Shared by the copies of the clock.
  const auto latest = std::make_shared<std::atomic<int64_t>>(absl::ToUnixMicros(clock()));
  return [clock = std::move(clock), latest] {
    const int64_t now = absl::ToUnixMicros(clock());
    int64_t known = latest->load();
    while ((known < now || known - now >= absl::ToInt64Microseconds(absl::Minutes(1))) &&
           !latest->compare_exchange_weak(known, now)) {
    }
    return absl::FromUnixMicros(latest->load());
  };
}

// Takes the clock as right where `kirikaed clock accept` was called for the time that it shows, and
// keeps that in the record.
void AcceptClock(const Config& config, ClockWatch& watch, const api::Environment& env) {
  const absl::StatusOr<absl::Time> accepted = TakeAcceptedClock(config.state_dir);
  if (!accepted.ok()) return;
  const absl::Time now = env.ward.now();
  if (absl::AbsDuration(*accepted - now) > absl::Minutes(10)) {
    spdlog::warn("clock accepted for another time");
    return;
  }
  watch.Accept();
  store::WriteRequest write;
  write.now = now;
  write.make = [now](store::ReadView&, int64_t) -> absl::StatusOr<store::Draft> {
    store::Draft draft = OwnDraft(domain::Act::kAcceptClock, now);
    draft.edits.emplace_back(store::PastChange{
        .subject = "clock",
        .change = {.record = "clock",
                   .field = std::string(domain::kPastPrefix) + "accepted",
                   .old_value = "",
                   .new_value = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", now, absl::UTCTimeZone())}});
    return draft;
  };
  const absl::Status status = WriteNow(env.store, std::move(write));
  spdlog::warn("clock accepted status={}", status.ToString());
}

void LogFailure(std::string_view what, const absl::Status& status) {
  if (!status.ok()) spdlog::warn("{} status={}", what, status.ToString());
}

void WarnOfReadOnly(const absl::Status& fault) {
  spdlog::warn("the database can't be written, so only reads are served: {}", fault.ToString());
}

// The process ends at once: it can't be trusted to stop in order.
void GiveUp() {
  spdlog::critical("the service does not answer its own calls, so the process ends");
  spdlog::shutdown();
  _exit(kDoesNotAnswer);
}

// All handlers of the API.
struct Handlers {
  explicit Handlers(api::Environment& env)
      : inventory(api::NewInventoryService(env)),
        import(api::NewImportService(env)),
        migration(api::NewMigrationService(env)),
        planning(api::NewPlanningService(env)),
        rollout(api::NewRolloutService(env)),
        calendar(api::NewCalendarService(env)),
        audit(api::NewAuditService(env)),
        access(api::NewAccessService(env)),
        terms(api::NewTermsService(env)) {}

  void Register(grpc::ServerBuilder& builder) {
    for (grpc::Service* service : std::initializer_list<grpc::Service*>{
             inventory.get(), import.get(), migration.get(), planning.get(), rollout.get(),
             calendar.get(), audit.get(), access.get(), terms.get()}) {
      builder.RegisterService(service);
    }
  }

  std::unique_ptr<grpc::Service> inventory;
  std::unique_ptr<grpc::Service> import;
  std::unique_ptr<grpc::Service> migration;
  std::unique_ptr<grpc::Service> planning;
  std::unique_ptr<grpc::Service> rollout;
  std::unique_ptr<grpc::Service> calendar;
  std::unique_ptr<grpc::Service> audit;
  std::unique_ptr<grpc::Service> access;
  std::unique_ptr<grpc::Service> terms;
};

// Sets the health of the whole server and of each service; health checkers ask by name.
void SetHealth(grpc::Server& server, bool serving) {
  auto* const health = server.GetHealthCheckService();
  health->SetServingStatus(serving);
  for (const std::string& service : api::ServiceNames()) {
    health->SetServingStatus(service, serving);
  }
}

// Whoever asks for the health of `kirikae.writes` learns whether writes are taken.
void ShowClock(grpc::Server& server, const absl::Status& status) {
  server.GetHealthCheckService()->SetServingStatus("kirikae.writes", status.ok());
  if (status.ok()) {
    spdlog::info("clock right, writes are taken");
  } else {
    spdlog::warn("clock wrong, writes are refused: {}", std::string(status.message()));
  }
}

// What no connection may go beyond, so that none holds up the others.
void LimitConnections(grpc::ServerBuilder& builder) {
  grpc::ResourceQuota quota("kirikaed");
  quota.Resize(kTransportBytes);
  builder.SetResourceQuota(quota);
  builder.SetMaxReceiveMessageSize(kRequestLimit);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 100);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 10'000);
  // A peer that is gone without a word is noticed, and its streams end.
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  // A watcher may ask for signs of life every 10 s.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
}

size_t MostConnections(const Config& config) {
  const size_t room = RoomForConnections();
  return config.connections == 0 ? room : std::min<size_t>(room, config.connections);
}

absl::StatusOr<std::unique_ptr<grpc::Server>> StartServer(Handlers& handlers, Listener& listener) {
  grpc::ServerBuilder builder;
  LimitConnections(builder);
  using External = grpc::ServerBuilder::experimental_type::ExternalConnectionType;
  auto acceptor = builder.experimental().AddExternalConnectionAcceptor(
      External::FROM_FD, grpc::InsecureServerCredentials());
  handlers.Register(builder);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return absl::InternalError("gRPC can't start");
  listener.Start(std::move(acceptor));
  return server;
}

absl::Status Serve(const Config& config, const sigset_t& signals) {
  if (!IsLocal(config.listen)) {
    return Refused(Sentence(
        "$0 can be reached from other machines, and this build speaks plain text only. Listen on "
        "127.0.0.1 or a Unix socket.",
        {config.listen}));
  }
  // Before anything is written for what can't be served.
  RETURN_IF_ERROR(Listener::CheckAddress(config.listen));
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
  };
  ASSIGN_OR_RETURN(proof::SigningKey key, LoadAuditKey(config));
  app::RecordNotary notary(std::move(key));
  env.notary = &notary;
  RETURN_IF_ERROR(LoadTokens(config, env));
  LogFailure("audit key", TellOfKey(env));
  TokenUses uses(config.state_dir, authority);
  // Does what became due while the daemon was down before anybody reads. When the disk does not
  // allow it, the daemon still serves reads, and the scheduler tries again.
  if (const absl::Status status = app::CatchUp(env.ward, env.store); !status.ok()) {
    spdlog::warn("catching up status={}", status.ToString());
  }

  Handlers handlers(env);
  ASSIGN_OR_RETURN(const std::unique_ptr<Listener> listener,
                   Listener::Bind(config.listen, MostConnections(config)));
  const std::string& endpoint = listener->endpoint();
  ASSIGN_OR_RETURN(const std::unique_ptr<grpc::Server> server, StartServer(handlers, *listener));
  const std::string endpoints = config.state_dir + "/endpoints.json";
  // On a disk that can't be written, the log says where the daemon serves.
  LogFailure("endpoints", ReplaceFile(endpoints, "{\"grpc\": \"" + endpoint + "\"}\n"));
  auto scheduler =
      std::make_unique<Scheduler>(env, [&uses] { LogFailure("token uses", uses.Write()); });
  auto record_keeper =
      std::make_unique<RecordKeeper>(RecordKeeper::Options{.store = env.store,
                                                           .notary = notary,
                                                           .feed = feed,
                                                           .ward = env.ward,
                                                           .folder = config.checkpoints});
  SetHealth(*server, true);
  ClockKeeper keeper(
      watch, [&](const absl::Status& status) { ShowClock(*server, status); },
      [&] { AcceptClock(config, watch, env); });
  auto watchdog = std::make_unique<Watchdog>(endpoint, GiveUp);
  spdlog::info("serving grpc={}", endpoint);

  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("draining signal={}", signal);
  watchdog.reset();
  SetHealth(*server, false);
  unlink(endpoints.c_str());
  scheduler.reset();
  // Ends the streams, so that the server need not wait for them.
  feed.Stop();
  work.Stop();
  listener->Stop();
  server->Shutdown(std::chrono::system_clock::now() + kDrainTime);
  // A last checkpoint, of all that was written.
  record_keeper.reset();
  store->Drain();
  LogFailure("token uses", uses.Write());
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
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // What the daemon writes is its owner's.
  umask(S_IRWXG | S_IRWXO);
  if (sodium_init() < 0) return Fail(absl::InternalError("libsodium can't start"));
  SetUpLog();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  const absl::Status status = Serve(config, signals);
  spdlog::shutdown();
  return status.ok() ? 0 : Fail(status);
}

}  // namespace kirikae::server

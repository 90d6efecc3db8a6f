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
#include <future>
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
#include "service/app/change_feed.h"
#include "service/app/hash.h"
#include "service/app/rollouts/advance.h"
#include "service/domain/errors.h"
#include "service/server/call_log.h"
#include "service/server/failure.h"
#include "service/server/scheduler.h"
#include "service/server/state_files.h"
#include "service/status_macros.h"
#include "service/store/sqlite/sqlite_store.h"

namespace kirikae::server {
namespace {

using domain::Sentence;

// Number of log lines that may wait to be written.
constexpr size_t kLogQueue = 8192;
constexpr int kWorkers = 2;
constexpr size_t kWaitingJobs = 32;
constexpr int kRequestLimit = 4 << 20;
constexpr std::chrono::seconds kDrainTime(5);

absl::Status Refused(Sentence sentence) {
  return domain::MakeError(absl::StatusCode::kFailedPrecondition, "START_REFUSED",
                           std::move(sentence));
}

// One line per event; JSON when standard error is not a terminal.
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

// The clock: the real one, or one that began at a given time and runs at real speed.
absl::StatusOr<std::function<absl::Time()>> ClockOf(const Config& config) {
  if (config.now.empty()) return std::function<absl::Time()>(absl::Now);
  absl::Time start;
  if (!absl::ParseTime(absl::RFC3339_full, config.now, &start, nullptr)) {
    return Refused(Sentence("The time $0 can't be read; write it like 2025-05-01T09:00:00+09:00.",
                            {config.now}));
  }
  const absl::Duration shift = start - absl::Now();
  return std::function<absl::Time()>([shift] { return absl::Now() + shift; });
}

// Runs a write and waits for it. Only for the start, before anything is served.
absl::Status WriteNow(store::Store& store, store::WriteRequest request) {
  std::promise<absl::Status> done;
  store.Write(std::move(request), [&done](const absl::StatusOr<std::string>& answer) {
    done.set_value(answer.status());
  });
  return done.get_future().get();
}

// Loads the tokens. Creates the first token when there is none; its secret is written to the disk
// first, so that a crash between the two writes leaves a file that the next start replaces.
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
    RETURN_IF_ERROR(WriteSecret(path, secret + "\n"));
    domain::Token token;
    token.id = 1;
    token.display_name = "admin";
    token.role = domain::Role::kAdmin;
    token.hash = app::HashHex(secret);
    token.expire_time = env.ward.now() + absl::Hours(24 * 3650);
    store::WriteRequest write;
    write.now = env.ward.now();
    write.make = [token, now = env.ward.now()](store::ReadView&,
                                               int64_t) -> absl::StatusOr<store::Draft> {
      store::Draft draft;
      draft.actor = "kirikaed";
      draft.role = "ADMIN";
      draft.act = domain::Act::kFirstStart;
      draft.effective_time = now;
      draft.recorded_time = now;
      draft.edits.emplace_back(token);
      return draft;
    };
    RETURN_IF_ERROR(WriteNow(env.store, std::move(write)));
    tokens.push_back(token);
    std::cerr << "kirikaed: the first token is in " << path << "\n";
  }
  env.authority.SetTokens(std::move(tokens));
  return absl::OkStatus();
}

// A clock that never runs backwards and never shows a time before the newest record. The machine's
// clock may be set back, but a new record must not seem older than an existing one.
absl::StatusOr<std::function<absl::Time()>> NeverBackwards(store::Store& store,
                                                           std::function<absl::Time()> clock) {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, store.Read());
  store::ChangeSetQuery newest;
  newest.limit = 1;
  ASSIGN_OR_RETURN(const std::vector<domain::ChangeSet> sets, view->ListChangeSets(newest));
  // All copies of the clock share it.
  const auto latest = std::make_shared<std::atomic<int64_t>>(
      sets.empty() ? 0 : absl::ToUnixMicros(sets.front().recorded_time));
  return [clock = std::move(clock), latest] {
    const int64_t now = absl::ToUnixMicros(clock());
    int64_t known = latest->load();
    while (known < now && !latest->compare_exchange_weak(known, now)) {
    }
    return absl::FromUnixMicros(std::max(known, now));
  };
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

absl::StatusOr<std::unique_ptr<grpc::Server>> Listen(const Config& config, Handlers& handlers,
                                                     std::string& endpoint) {
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(config.listen, grpc::InsecureServerCredentials(), &port);
  // Without this, two servers could share one port without notice.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetMaxReceiveMessageSize(kRequestLimit);
  handlers.Register(builder);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  const bool is_unix = config.listen.starts_with("unix:");
  if (server == nullptr || (!is_unix && port == 0)) {
    return Refused(Sentence("The address $0 can't be served; is it in use?", {config.listen}));
  }
  endpoint = is_unix ? config.listen
                     : config.listen.substr(0, config.listen.rfind(':') + 1) + std::to_string(port);
  return server;
}

absl::Status Serve(const Config& config, const sigset_t& signals) {
  if (!IsLocal(config.listen)) {
    return Refused(Sentence(
        "$0 can be reached from other machines, and this build speaks plain text only. Listen on "
        "127.0.0.1 or a Unix socket.",
        {config.listen}));
  }
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(config.timezone, &zone)) {
    return Refused(Sentence("There is no time zone $0.", {config.timezone}));
  }
  ASSIGN_OR_RETURN(std::function<absl::Time()> clock, ClockOf(config));
  RETURN_IF_ERROR(MakeDirectory(config.state_dir));
  ASSIGN_OR_RETURN(const std::unique_ptr<store::Store> store,
                   store::OpenSqliteStore({.directory = config.state_dir,
                                           .run_writes_twice = config.run_writes_twice}));
  ASSIGN_OR_RETURN(clock, NeverBackwards(*store, std::move(clock)));
  api::Authority authority;
  app::ChangeFeed feed;
  store->OnCommit([&feed] { feed.Committed(); });
  api::WorkPool work(kWorkers, kWaitingJobs);
  CallLog calls;
  api::Environment env{
      .store = *store,
      .authority = authority,
      .work = work,
      .ward = {.now = clock,
               .zone = zone,
               .allow_self_approval = config.allow_self_approval,
               .exception_days = config.exception_days},
      .version = Version(),
      .feed = &feed,
      .on_end = [&calls](const api::EndedCall& call) { calls.Ended(call); },
  };
  RETURN_IF_ERROR(LoadTokens(config, env));
  // Does what became due while the daemon was down before anybody reads. When the disk does not
  // allow it, the daemon still serves reads, and the scheduler tries again.
  if (const absl::Status status = app::CatchUp(env.ward, env.store); !status.ok()) {
    spdlog::warn("catching up status={}", status.ToString());
  }

  Handlers handlers(env);
  std::string endpoint;
  ASSIGN_OR_RETURN(const std::unique_ptr<grpc::Server> server, Listen(config, handlers, endpoint));
  const std::string endpoints = config.state_dir + "/endpoints.json";
  RETURN_IF_ERROR(ReplaceFile(endpoints, "{\"grpc\": \"" + endpoint + "\"}\n"));
  auto scheduler = std::make_unique<Scheduler>(env);
  SetHealth(*server, true);
  spdlog::info("serving grpc={}", endpoint);

  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("draining signal={}", signal);
  SetHealth(*server, false);
  unlink(endpoints.c_str());
  scheduler.reset();
  // Ends the streams, so that the server need not wait for them.
  feed.Stop();
  server->Shutdown(std::chrono::system_clock::now() + kDrainTime);
  store->Drain();
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
  if (sodium_init() < 0) return Fail(absl::InternalError("libsodium can't start"));
  SetUpLog();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  const absl::Status status = Serve(config, signals);
  spdlog::shutdown();
  return status.ok() ? 0 : Fail(status);
}

}  // namespace kirikae::server

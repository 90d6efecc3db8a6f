#include "service/server/grpc_port.h"

#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/service_type.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "service/api/access_service.h"
#include "service/api/audit_service.h"
#include "service/api/calendar_service.h"
#include "service/api/call/role_table.h"
#include "service/api/import_service.h"
#include "service/api/inventory_service.h"
#include "service/api/migration_service.h"
#include "service/api/planning_service.h"
#include "service/api/rollout_service.h"
#include "service/api/terms_service.h"
#include "service/catalogue/catalogue.h"
#include "service/status_macros.h"

namespace kirikae::server {

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

  void Register(grpc::ServerBuilder& builder) const {
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

namespace {

using domain::Sentence;

// What all connections together may hold unread.
constexpr size_t kTransportBytes = size_t{256} << 20U;
constexpr int kRequestLimit = 4 << 20;
// Bytes. A plan of a million devices has some 40 MiB; how much is on its way at once is bounded by
// AnswerRoom.
constexpr int kLargestAnswer = 128 << 20;

// What no connection may go beyond, so that none holds up the others.
void LimitConnections(grpc::ServerBuilder& builder) {
  grpc::ResourceQuota quota("kirikaed");
  quota.Resize(kTransportBytes);
  builder.SetResourceQuota(quota);
  builder.SetMaxReceiveMessageSize(kRequestLimit);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 100);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 10'000);
  // Windows stay small: an upload at full speed leaves the threads to other calls between its
  // parts.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  // A peer that is gone without a word is noticed, and its streams end.
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  // A watcher may ask for signs of life every 10 s.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
}

// What a browser is told that comes to the gRPC port.
std::string ForBrowsers(const std::string& http) {
  const Sentence sentence =
      http.empty() ? Sentence(
                         "This port is for gRPC. The page has a port of its own, which the "
                         "daemon serves with --http.")
                   : Sentence("This port is for gRPC. The page is at $0.", {http});
  return sentence.English() + "\n" + catalogue::Japanese(sentence) + "\n";
}

}  // namespace

GrpcPort::GrpcPort() = default;
GrpcPort::~GrpcPort() = default;

absl::StatusOr<std::unique_ptr<GrpcPort>> GrpcPort::Bind(api::Environment& env,
                                                         const Options& options) {
  std::unique_ptr<GrpcPort> port(new GrpcPort());
  port->tls_ = options.tls != nullptr;
  port->handlers_ = std::make_unique<Handlers>(env);
  ASSIGN_OR_RETURN(port->listener_, Listener::Bind(options.address, options.connections));
  grpc::ServerBuilder builder;
  LimitConnections(builder);
  using External = grpc::ServerBuilder::experimental_type::ExternalConnectionType;
  port->acceptor_ = builder.experimental().AddExternalConnectionAcceptor(
      External::FROM_FD, port->tls_ ? options.tls : grpc::InsecureServerCredentials());
  port->handlers_->Register(builder);
  port->server_ = builder.BuildAndStart();
  if (port->server_ == nullptr) return absl::InternalError("gRPC can't start");
  return port;
}

std::shared_ptr<grpc::Channel> GrpcPort::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kLargestAnswer);
  return server_->InProcessChannel(arguments);
}

void GrpcPort::Accept(const std::string& page) {
  listener_->Start(std::move(acceptor_),
                   {.tls = tls_, .web_page = ForBrowsers(page), .log = [](std::string_view event) {
                      spdlog::warn("{}", event);
                    }});
}

void GrpcPort::SetHealth(bool serving) {
  auto* const health = server_->GetHealthCheckService();
  health->SetServingStatus(serving);
  for (const std::string& service : api::ServiceNames()) {
    health->SetServingStatus(service, serving);
  }
}

void GrpcPort::ShowWrites(bool taken) {
  server_->GetHealthCheckService()->SetServingStatus("kirikae.writes", taken);
}

}  // namespace kirikae::server

#include "tests/connect/gateway_site.h"

#include <future>
#include <limits>
#include <stdexcept>
#include <utility>

#include "absl/time/clock.h"
#include "service/api/access_service.h"
#include "service/api/call/origin.h"
#include "service/api/inventory_service.h"
#include "service/api/rollout_service.h"
#include "service/app/act.h"
#include "service/app/hash.h"
#include "service/store/sqlite/sqlite_store.h"

namespace kirikae::testing {
namespace {

constexpr char kSecret[] = "a secret that only this process has";

std::unique_ptr<store::Store> NewStore(const std::string& folder) {
  absl::StatusOr<std::unique_ptr<store::Store>> store =
      store::OpenSqliteStore({.directory = folder});
  if (!store.ok()) throw std::runtime_error(store.status().ToString());
  return *std::move(store);
}

app::Ward TokyoWard() {
  app::Ward ward;
  ward.now = [] { return absl::Now(); };
  if (!absl::LoadTimeZone("Asia/Tokyo", &ward.zone)) throw std::runtime_error("no Asia/Tokyo");
  return ward;
}

domain::Token Administrator() {
  domain::Token token;
  token.id = 1;
  token.display_name = "山田";
  token.role = domain::Role::kAdmin;
  token.hash = app::HashHex("admin");
  token.expire_time = absl::Now() + absl::Hours(24);
  return token;
}

std::optional<std::string> SessionOf(const http::Request& request) {
  if (http::HeaderValue(request.headers, "cookie") != kSessionCookie) return std::nullopt;
  return "Bearer admin";
}

}  // namespace

GatewaySite::GatewaySite(const Settings& settings)
    : store_(NewStore(folder_.path())),
      door_([this](std::string_view address, int64_t count) {
        const std::lock_guard lock(mutex_);
        wrong_[std::string(address)] = count;
      }),
      env_{.store = *store_,
           .authority = parts_.authority,
           .work = parts_.work,
           .streams = parts_.streams,
           .spools = parts_.spools,
           .door = door_,
           .answers = parts_.answers,
           .censuses = parts_.censuses,
           .ward = TokyoWard(),
           .version = "test",
           .feed = &feed_,
           .gateway_secret = kSecret} {
  parts_.authority.SetTokens({Administrator()});
  store_->OnCommit([this] { feed_.Committed(); });
  services_.push_back(api::NewAccessService(env_));
  services_.push_back(api::NewInventoryService(env_));
  services_.push_back(api::NewRolloutService(env_));

  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&echo_);
  for (const auto& service : services_) builder.RegisterService(service.get());
  grpc_ = builder.BuildAndStart();
  grpc_address_ = "127.0.0.1:" + std::to_string(port);
  channel_ = grpc::CreateChannel(grpc_address_, grpc::InsecureChannelCredentials());

  connect::Options options;
  options.services = {"kirikae.echo.EchoService", "kirikae.v1.AccessService",
                      "kirikae.v1.InventoryService", "kirikae.v1.RolloutService"};
  options.message_limit = settings.message_limit;
  options.room = settings.room;
  options.introduce = [](const http::Request& request, grpc::ClientContext& context) {
    api::Introduce(context, kSecret, {request.peer, request.client_subject});
  };
  options.credentials = SessionOf;
  gateway_ = std::make_unique<connect::Gateway>(grpc_->InProcessChannel({}), std::move(options));

  http::Options http;
  http.address = "127.0.0.1:0";
  http.tls = settings.tls;
  http.body_limit = [](const http::Request&) { return std::numeric_limits<size_t>::max(); };
  absl::StatusOr<std::unique_ptr<http::Server>> server = http::Server::Start(
      std::move(http),
      [this](const http::Request& request, std::shared_ptr<http::Exchange> exchange) {
        return gateway_->Begin(request, std::move(exchange));
      });
  if (!server.ok()) throw std::runtime_error(server.status().ToString());
  server_ = *std::move(server);
}

GatewaySite::~GatewaySite() {
  server_ = nullptr;
  feed_.Stop();
  grpc_->Shutdown(std::chrono::system_clock::now());
  gateway_ = nullptr;
  store_->Drain();
}

int GatewaySite::WrongTokens(const std::string& address) {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(wrong_[address]);
}

}  // namespace kirikae::testing

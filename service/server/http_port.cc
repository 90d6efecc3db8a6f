#include "service/server/http_port.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "service/api/call/origin.h"
#include "service/catalogue/catalogue.h"
#include "service/domain/certificate_subject.h"
#include "service/server/secured_exchange.h"
#include "service/status_macros.h"

namespace kirikae::server {
namespace {

constexpr size_t kMostBytes = size_t{64} << 10U;
// The RPCs that need a token: all but those of health and reflection.
constexpr char kCheckedPaths[] = "/kirikae.";
constexpr char kText[] = "text/plain; charset=utf-8";
// The version belongs to the type of Prometheus' text form.
constexpr char kMetricsText[] = "text/plain; version=0.0.4; charset=utf-8";

bool IsRead(const http::Request& request) {
  return request.method == "GET" || request.method == "HEAD";
}

// The request as the client sent it to a proxy on this machine.
http::Request BehindProxy(http::Request request) {
  if (!request.local) return request;
  if (http::HeaderValue(request.headers, "x-forwarded-proto") == "https") request.secure = true;
  if (!http::HeaderValue(request.headers, "x-forwarded-for").empty()) request.local = false;
  return request;
}

// For an answer that another thread makes.
class NoBody final : public http::Handler {
 public:
  void OnBody(std::string_view) override {}
  void OnBodyEnd() override {}
  void OnClosed() override {}
};

}  // namespace

HttpPort::HttpPort(api::Environment& env, const CallLog& calls, Options options)
    : env_(env),
      options_(std::move(options)),
      metrics_({.env = env, .calls = calls, .gauges = [this] { return Gauges(); }}),
      sign_in_(env),
      gateway_(
          options_.channel,
          {.services = options_.services,
           .is_known = [this](const http::Request& request) { return IsKnown(request); },
           .is_open = [](std::string_view path) { return !path.starts_with(kCheckedPaths); },
           .introduce =
               [this](const http::Request& request, grpc::ClientContext& context) {
                 api::Introduce(context, options_.secret, {request.peer, request.client_subject});
               },
           .credentials = &SignIn::CredentialsOf}) {}

bool HttpPort::IsKnown(const http::Request& request) const {
  std::string authorization(http::HeaderValue(request.headers, "authorization"));
  if (authorization.empty()) authorization = SignIn::CredentialsOf(request).value_or("");
  const std::string certificate = domain::ReadableSubject(request.client_subject);
  return env_.authority.Identify({authorization, certificate}, env_.ward.now()).ok();
}

std::map<std::string, double> HttpPort::Gauges() const {
  std::map<std::string, double> gauges = {
      {"kirikae_http_connections", static_cast<double>(server_->connections())},
      {"kirikae_http_exchanges", static_cast<double>(server_->streams())}};
  if (options_.tls != nullptr) {
    gauges["kirikae_certificate_expiry_timestamp_seconds"] =
        static_cast<double>(options_.tls->Current()->expiry());
  }
  return gauges;
}

absl::Status HttpPort::Start() {
  http::Options options;
  options.address = options_.address;
  options.tls = options_.tls;
  options.limits.connections = options_.connections;
  options.limits.connections_for_local =
      std::min(options.limits.connections_for_local, options_.connections / 4);
  // The gateway bounds the bodies of its calls, which may be streams, by itself.
  options.body_limit = [this](const http::Request& request) {
    return gateway_.Knows(request.path) ? std::numeric_limits<size_t>::max() : kMostBytes;
  };
  options.log = [](const std::string& event) { spdlog::warn("{}", event); };
  options.say = [](const domain::Sentence& sentence) {
    return sentence.English() + "\n" + catalogue::Japanese(sentence) + "\n";
  };
  ASSIGN_OR_RETURN(
      server_, http::Server::Start(std::move(options), [this](const http::Request& request,
                                                              std::shared_ptr<http::Exchange> own) {
        return Begin(BehindProxy(request), std::make_shared<SecuredExchange>(std::move(own)));
      }));
  return absl::OkStatus();
}

std::shared_ptr<http::Handler> HttpPort::Begin(const http::Request& request,
                                               std::shared_ptr<http::Exchange> exchange) {
  if (gateway_.Knows(request.path)) return gateway_.Begin(request, std::move(exchange));
  if (SignIn::Serves(request.path)) return sign_in_.Begin(request, std::move(exchange));
  if (request.path == "/healthz" && IsRead(request)) {
    exchange->Answer(200, {{"content-type", kText}}, "ok\n");
  } else if (request.path == "/readyz" && IsRead(request)) {
    AnswerReady(*exchange);
  } else if (request.path == "/metrics" && IsRead(request)) {
    return AnswerMetrics(request, exchange);
  } else if (request.path.starts_with(kCheckedPaths) || request.path.starts_with("/grpc.")) {
    exchange->Answer(404, {{"content-type", kText}}, "unknown method\n");
  } else {
    assets_.Answer(request, *exchange);
  }
  return nullptr;
}

void HttpPort::AnswerReady(http::Exchange& exchange) const {
  if (draining_) {
    exchange.Answer(503, {{"content-type", kText}}, "draining\n");
  } else if (!env_.store.Read().ok()) {
    exchange.Answer(503, {{"content-type", kText}}, "the database can't be read\n");
  } else {
    exchange.Answer(200, {{"content-type", kText}}, "ready\n");
  }
}

std::shared_ptr<http::Handler> HttpPort::AnswerMetrics(
    const http::Request& request, const std::shared_ptr<http::Exchange>& exchange) {
  if (!request.local && !options_.metrics_for_all) {
    exchange->Answer(404, {{"content-type", kText}}, "only for this machine: --metrics-for-all\n");
    return nullptr;
  }
  constexpr int64_t kNobody = 0;
  const absl::Status taken = env_.work.reads.Submit(kNobody, [this, exchange] {
    exchange->Answer(200, {{"content-type", kMetricsText}}, metrics_.Text());
    return nullptr;
  });
  if (!taken.ok()) exchange->Answer(503, {{"content-type", kText}}, "too much at once\n");
  return std::make_shared<NoBody>();
}

}  // namespace kirikae::server

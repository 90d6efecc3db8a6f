#include "service/connect/gateway.h"

#include <chrono>
#include <utility>

#include "service/absl_view.h"
#include "service/connect/request_head.h"
#include "service/connect/stream_call.h"
#include "service/connect/unary_call.h"
#include "service/status_macros.h"

namespace kirikae::connect {
namespace {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

bool IsStream(const MethodDescriptor& method) {
  return method.client_streaming() || method.server_streaming();
}

}  // namespace

Gateway::Gateway(std::shared_ptr<grpc::Channel> channel, Options options)
    : options_(std::move(options)),
      shared_{.stub = grpc::GenericStub(std::move(channel)),
              .room = ByteRoom(options_.room),
              .calls = {},
              .work = {}} {
  for (const std::string& name : options_.services) {
    const ServiceDescriptor* const service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    for (int i = 0; service != nullptr && i < service->method_count(); ++i) {
      methods_["/" + name + "/" + service->method(i)->name()] = service->method(i);
    }
  }
}

Gateway::~Gateway() { shared_.calls.Wait(); }

bool Gateway::Knows(std::string_view path) const { return methods_.contains(AbslView(path)); }

std::shared_ptr<http::Handler> Gateway::Begin(const http::Request& request,
                                              std::shared_ptr<http::Exchange> exchange) {
  const auto answer = [&](int status, http::Headers headers) {
    exchange->Answer(status, std::move(headers), "");
    return nullptr;
  };
  const auto found = methods_.find(request.path);
  if (found == methods_.end()) return answer(404, {});
  if (request.method != "POST") return answer(405, {{"allow", "POST"}});
  const MethodDescriptor& method = *found->second;
  if (method.client_streaming() && method.server_streaming() && request.version < 20) {
    return answer(505, {});
  }
  const std::optional<Form> form = FormOf(http::HeaderValue(request.headers, "content-type"));
  if (!form.has_value() || form->stream != IsStream(method)) {
    return answer(415, {{"accept-post", std::string(ContentTypes(IsStream(method)))}});
  }
  auto context = std::make_unique<grpc::ClientContext>();
  const bool is_known = !options_.is_known || options_.is_known(request);
  CallHead head = {
      .path = found->first,
      .method = &method,
      .form = *form,
      .message_limit = is_known ? options_.message_limit : options_.strangers_limit,
      .tells_faults = is_known || (options_.is_open && options_.is_open(found->first))};
  const absl::Status status = ReadHead(request, head, *context);
  if (!status.ok()) {
    Refuse(*exchange, *form, status);
    return nullptr;
  }
  if (form->stream) {
    auto call =
        std::make_shared<StreamCall>(shared_, std::move(head), std::move(context), exchange);
    call->Begin();
    exchange->ReadMore();
    return call;
  }
  exchange->ReadMore();
  return std::make_shared<UnaryCall>(shared_, std::move(head), std::move(context), exchange);
}

absl::Status Gateway::ReadHead(const http::Request& request, CallHead& head,
                               grpc::ClientContext& context) const {
  const auto value = [&](std::string_view unary, std::string_view stream) {
    return http::HeaderValue(request.headers, head.form.stream ? stream : unary);
  };
  RETURN_IF_ERROR(CheckVersion(request));
  ASSIGN_OR_RETURN(const auto timeout,
                   TimeoutOf(http::HeaderValue(request.headers, "connect-timeout-ms")));
  if (timeout.has_value()) context.set_deadline(std::chrono::system_clock::now() + *timeout);
  ASSIGN_OR_RETURN(head.compression,
                   CompressionOf(value("content-encoding", "connect-content-encoding")));
  head.takes_gzip = TakesGzip(value("accept-encoding", "connect-accept-encoding"));
  return AddMetadata(request, context);
}

absl::Status Gateway::AddMetadata(const http::Request& request,
                                  grpc::ClientContext& context) const {
  ASSIGN_OR_RETURN(const http::Headers metadata, RequestMetadata(request.headers));
  bool is_authorized = false;
  for (const auto& [name, value] : metadata) {
    context.AddMetadata(name, value);
    is_authorized = is_authorized || name == "authorization";
  }
  if (options_.credentials && !is_authorized) {
    const std::optional<std::string> authorization = options_.credentials(request);
    if (authorization.has_value()) {
      RETURN_IF_ERROR(CheckOwnPage(request));
      context.AddMetadata("authorization", *authorization);
      is_authorized = true;
    }
  }
  // A browser shows a certificate like a cookie, whichever page asks it to.
  if (!is_authorized && !request.client_subject.empty()) RETURN_IF_ERROR(CheckOwnPage(request));
  if (options_.introduce) options_.introduce(request, context);
  return absl::OkStatus();
}

}  // namespace kirikae::connect

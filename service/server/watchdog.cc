#include "service/server/watchdog.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <memory>
#include <utility>

namespace kirikae::server {
namespace {

// Whether the health service answers. An empty request asks for the whole server; the answer is not
// read, because any answer shows that calls get through.
bool Answers(const std::shared_ptr<grpc::Channel>& channel, std::chrono::milliseconds patience) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + patience);
  grpc::CompletionQueue queue;
  const grpc::ByteBuffer request = [] {
    const grpc::Slice empty;
    return grpc::ByteBuffer(&empty, 1);
  }();
  const auto call =
      stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check", request, &queue);
  call->StartCall();
  grpc::ByteBuffer answer;
  grpc::Status status;
  call->Finish(&answer, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
  return status.error_code() != grpc::StatusCode::DEADLINE_EXCEEDED &&
         status.error_code() != grpc::StatusCode::UNAVAILABLE;
}

// For the daemon's own port.
std::shared_ptr<grpc::ChannelCredentials> UncheckedCredentials() {
  grpc::experimental::TlsChannelCredentialsOptions options;
  options.set_verify_server_certs(false);
  options.set_check_call_host(false);
  options.set_certificate_verifier(std::make_shared<grpc::experimental::NoOpCertificateVerifier>());
  return grpc::experimental::TlsCredentials(options);
}

}  // namespace

Watchdog::Watchdog(std::string endpoint, std::function<void()> give_up, const Options& options)
    : endpoint_(std::move(endpoint)), give_up_(std::move(give_up)), options_(options) {
  thread_ = std::thread([this] { Run(); });
}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_one();
  thread_.join();
}

void Watchdog::Run() {
  grpc::ChannelArguments own;
  own.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  own.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  const auto channel = grpc::CreateCustomChannel(
      endpoint_, options_.tls ? UncheckedCredentials() : grpc::InsecureChannelCredentials(), own);
  // Connected before anyone can keep it out: who is connected stays so under a flood.
  channel->GetState(true);
  int failures = 0;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (stop_.wait_for(lock, options_.interval, [this] { return stopping_; })) return;
    }
    const bool answered = Answers(channel, options_.patience);
    if (answered && options_.on_answer != nullptr) options_.on_answer();
    failures = answered ? 0 : failures + 1;
    if (failures < options_.most_failures) continue;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    give_up_();
    return;
  }
}

}  // namespace kirikae::server

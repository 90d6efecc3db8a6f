// A service that does what the request asks for: metadata, errors, streams, waiting.
#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <memory>

#include "echo.grpc.pb.h"

namespace kirikae::testing {

/// What the service has seen. Thread-safe.
struct EchoCounts {
  std::atomic<int> calls = 0;      ///< begun
  std::atomic<int> cancelled = 0;  ///< told that nobody waits any more
  std::atomic<int> ended = 0;      ///< of those that are told of their end: all but unary ones
  std::atomic<int> received = 0;   ///< messages of requests
  std::atomic<int> sent = 0;       ///< messages of streams that were taken
};

class EchoService final : public echo::EchoService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context,
                                 const echo::EchoRequest* request,
                                 echo::EchoResponse* response) override;
  grpc::ServerWriteReactor<echo::EchoResponse>* Repeat(grpc::CallbackServerContext* context,
                                                       const echo::EchoRequest* request) override;
  grpc::ServerReadReactor<echo::EchoRequest>* Join(grpc::CallbackServerContext* context,
                                                   echo::EchoResponse* response) override;
  grpc::ServerBidiReactor<echo::EchoRequest, echo::EchoResponse>* Talk(
      grpc::CallbackServerContext* context) override;

  const EchoCounts& counts() const { return counts_; }

 private:
  EchoCounts counts_;
};

}  // namespace kirikae::testing

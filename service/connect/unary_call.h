// A call of one request and one answer.
#pragma once

#include <memory>
#include <string>

#include "service/connect/call.h"

namespace kirikae::connect {

/// Takes the body, makes the call and answers. `context` has the deadline and the metadata.
/// `shared` must outlive it.
class UnaryCall final : public http::Handler, public std::enable_shared_from_this<UnaryCall> {
 public:
  UnaryCall(Shared& shared, CallHead head, std::unique_ptr<grpc::ClientContext> context,
            std::shared_ptr<http::Exchange> exchange)
      : ticket_(shared.calls),
        shared_(shared),
        head_(std::move(head)),
        exchange_(std::move(exchange)),
        context_(std::move(context)),
        share_(shared.room) {}

  void OnBody(std::string_view piece) override;
  void OnBodyEnd() override;
  void OnClosed() override { context_->TryCancel(); }

 private:
  void Start();
  // Makes the call.
  void Send(grpc::ByteBuffer message);
  // Ends the call because of a fault in its message.
  void FailMessage(const absl::Status& fault);
  void End(const grpc::Status& status);
  void AnswerWell();

  const OpenCalls::Ticket ticket_;  // first, as it is to be given back last
  Shared& shared_;
  const CallHead head_;
  const std::shared_ptr<http::Exchange> exchange_;
  const std::unique_ptr<grpc::ClientContext> context_;
  std::string body_;
  ByteShare share_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

}  // namespace kirikae::connect

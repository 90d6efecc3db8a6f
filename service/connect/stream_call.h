// A call that has a stream in either direction, or in both.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "service/connect/call.h"

namespace kirikae::connect {

/// Each message of the body is written to the call when it is whole, and the next piece is asked
/// for once the call has taken it; each answer is read from the call once the socket has taken the
/// last one. A call that takes one message is made when the body has ended, as only then it is sure
/// that there is one. `context` has the deadline and the metadata. `shared` must outlive it.
class StreamCall final : public http::Handler,
                         public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                         public std::enable_shared_from_this<StreamCall> {
 public:
  StreamCall(Shared& shared, CallHead head, std::unique_ptr<grpc::ClientContext> context,
             std::shared_ptr<http::Exchange> exchange)
      : ticket_(shared.calls),
        shared_(shared),
        head_(std::move(head)),
        exchange_(std::move(exchange)),
        context_(std::move(context)),
        reader_(head_.message_limit),
        share_(shared.room) {}

  /// Makes the call, unless the whole body has to be there first.
  void Begin();

  void OnBody(std::string_view piece) override;
  void OnBodyEnd() override;
  void OnClosed() override;

  void OnReadInitialMetadataDone(bool ok) override;
  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;

 private:
  /// One direction of the call. While it is open it holds the call, so that an operation may be
  /// started on any thread.
  struct Side {
    bool open = false;
    bool busy = false;     ///< an operation runs
    bool closing = false;  ///< it is to be closed when none runs
  };

  void Start();
  // Takes the next message of the body, or asks for more of it.
  void TakeNext();
  void Take(const Envelope& envelope);
  void EndBody();
  // A message of the answer has come, or its end; the head has come before.
  void TakeAnswer(bool ok);
  // Writes a message of the answer.
  void Give();
  void ReadNext();
  // Ends the call because of a fault in a message.
  void FailMessage(const absl::Status& fault);
  // Ends the call with a refusal of the gateway.
  void Fail(const absl::Status& refusal);
  void SendHead();

  // Whether an operation may be started; Leave tells that it has ended.
  bool Enter(Side& side);
  void Leave(Side& side);
  void Close(Side& side);

  const OpenCalls::Ticket ticket_;  // first, as it is to be given back last
  Shared& shared_;
  const CallHead head_;
  const std::shared_ptr<http::Exchange> exchange_;
  const std::unique_ptr<grpc::ClientContext> context_;

  // Of the body: used by one thread at a time, as no more of it is asked for before the last piece
  // is done with.
  EnvelopeReader reader_;
  ByteShare share_;
  grpc::ByteBuffer out_;
  bool has_message_ = false;
  bool is_body_over_ = false;

  grpc::ByteBuffer in_;
  bool is_head_sent_ = false;

  std::mutex mutex_;
  Side reading_;
  Side writing_;
  bool is_head_done_ = false;       // the answer's head has come, or comes no more
  std::optional<bool> early_read_;  // what came before the head was told of
  bool is_closed_ = false;
  absl::Status failure_;
  std::shared_ptr<StreamCall> self_;  // while the call runs
};

}  // namespace kirikae::connect

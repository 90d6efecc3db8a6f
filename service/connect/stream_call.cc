#include "service/connect/stream_call.h"

#include <optional>
#include <utility>

#include "service/connect/error_json.h"
#include "service/connect/errors.h"

namespace kirikae::connect {

void StreamCall::Begin() {
  if (head_.method->client_streaming()) Start();
}

void StreamCall::Start() {
  const bool writes = head_.method->client_streaming();
  self_ = shared_from_this();
  reading_.open = true;
  writing_.open = writes;
  shared_.stub.PrepareBidiStreamingCall(context_.get(), head_.path, {}, this);
  AddMultipleHolds(writes ? 2 : 1);
  if (!writes) StartWriteLast(&out_, {});
  // At once: an answer that comes together with the end of its call is lost where nobody reads.
  ReadNext();
  StartCall();
}

void StreamCall::OnBody(std::string_view piece) {
  reader_.Add(piece);
  TakeNext();
}

void StreamCall::OnBodyEnd() {
  is_body_over_ = true;
  TakeNext();
}

void StreamCall::TakeNext() {
  absl::StatusOr<std::optional<Envelope>> next = reader_.Next();
  if (!next.ok()) {
    FailMessage(next.status());
  } else if (!share_.Hold(reader_.held() + (next->has_value() ? (*next)->bytes.size() : 0))) {
    Fail(GatewayBusy());
  } else if (next->has_value()) {
    const size_t size = (*next)->bytes.size();
    shared_.work.Run(
        size, [self = shared_from_this(), envelope = **std::move(next)] { self->Take(envelope); });
  } else if (!is_body_over_) {
    exchange_->ReadMore();
  } else if (reader_.held() > 0) {
    Fail(CutShort());
  } else {
    EndBody();
  }
}

void StreamCall::Take(const Envelope& envelope) {
  const bool compressed = (envelope.flags & kCompressedFlag) != 0;
  if (compressed && head_.compression == Compression::kIdentity) return Fail(NotCompressible());
  auto message = ReadMessage(head_, compressed, envelope.bytes, head_.message_limit);
  if (!message.ok()) return FailMessage(message.status());
  if (!head_.method->client_streaming()) {
    if (has_message_) return Fail(NotOneMessage());
    has_message_ = true;
    out_ = *std::move(message);
    return TakeNext();
  }
  // Where the call has ended meanwhile, the rest of the body is not wanted.
  if (!Enter(writing_)) return;
  out_ = *std::move(message);
  StartWrite(&out_);
}

void StreamCall::FailMessage(const absl::Status& fault) {
  if (head_.tells_faults) return Fail(fault);
  // A call that takes several messages has begun, and the service is about to refuse it.
  if (head_.method->client_streaming()) return;
  out_ = EmptyMessage();
  Start();
}

void StreamCall::OnWriteDone(bool ok) {
  if (!ok) Close(writing_);
  Leave(writing_);
  if (ok && head_.method->client_streaming()) TakeNext();
}

void StreamCall::EndBody() {
  if (!head_.method->client_streaming()) {
    if (!has_message_) return Fail(NotOneMessage());
    return Start();
  }
  if (!Enter(writing_)) return;
  StartWritesDone();
  Close(writing_);
  Leave(writing_);
}

void StreamCall::OnReadInitialMetadataDone(bool ok) {
  if (ok) SendHead();
  std::optional<bool> read;
  {
    const std::lock_guard lock(mutex_);
    is_head_done_ = true;
    read = early_read_;
  }
  if (read.has_value()) TakeAnswer(*read);
}

void StreamCall::ReadNext() {
  if (Enter(reading_)) StartRead(&in_);
}

void StreamCall::OnReadDone(bool ok) {
  {
    const std::lock_guard lock(mutex_);
    // The two are told of on different threads.
    if (!is_head_done_) {
      early_read_ = ok;
      return;
    }
  }
  TakeAnswer(ok);
}

void StreamCall::TakeAnswer(bool ok) {
  if (ok) {
    shared_.work.Run(in_.Length(), [self = shared_from_this()] { self->Give(); });
    return;
  }
  // The call has ended, whatever is still to be written to it.
  Close(writing_);
  Close(reading_);
  Leave(reading_);
}

void StreamCall::Give() {
  const absl::StatusOr<std::string> message = WriteMessage(head_, in_);
  in_.Clear();
  if (!message.ok()) {
    Fail(message.status());
    Close(reading_);
    Leave(reading_);
    return;
  }
  const bool compressed = IsToBeCompressed(head_, *message);
  const Envelope envelope = {compressed ? kCompressedFlag : uint8_t{0},
                             compressed ? Gzip(*message) : *message};
  Leave(reading_);
  exchange_->Send(Write(envelope), [self = shared_from_this()] { self->ReadNext(); });
}

void StreamCall::SendHead() {
  if (std::exchange(is_head_sent_, true)) return;
  http::Headers headers = {{"content-type", std::string(ContentType(head_.form))}};
  if (head_.takes_gzip) headers.emplace_back("connect-content-encoding", "gzip");
  AddAnswerHeaders(context_->GetServerInitialMetadata(), "", headers);
  exchange_->SendHead(200, std::move(headers));
}

void StreamCall::OnDone(const grpc::Status& status) {
  const std::shared_ptr<StreamCall> self = std::move(self_);
  google::rpc::Status rpc = RpcStatusOf(status);
  {
    const std::lock_guard lock(mutex_);
    if (is_closed_) return;
    if (!failure_.ok()) rpc = RpcStatusOf(failure_);
  }
  SendHead();
  exchange_->Send(EndOfStream(rpc, context_->GetServerTrailingMetadata()), nullptr);
  exchange_->Finish();
}

void StreamCall::OnClosed() {
  {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
  }
  context_->TryCancel();
  Close(reading_);
  Close(writing_);
}

void StreamCall::Fail(const absl::Status& refusal) {
  bool is_running = false;
  {
    const std::lock_guard lock(mutex_);
    failure_ = refusal;
    is_running = reading_.open;
  }
  if (!is_running) {
    Refuse(*exchange_, head_.form, refusal);
    return;
  }
  context_->TryCancel();
  Close(writing_);
}

bool StreamCall::Enter(Side& side) {
  const std::lock_guard lock(mutex_);
  if (!side.open || side.closing) return false;
  side.busy = true;
  return true;
}

void StreamCall::Leave(Side& side) {
  bool closes = false;
  {
    const std::lock_guard lock(mutex_);
    side.busy = false;
    closes = side.open && side.closing;
    if (closes) side.open = false;
  }
  if (closes) RemoveHold();
}

void StreamCall::Close(Side& side) {
  bool closes = false;
  {
    const std::lock_guard lock(mutex_);
    side.closing = true;
    closes = side.open && !side.busy;
    if (closes) side.open = false;
  }
  if (closes) RemoveHold();
}

}  // namespace kirikae::connect

#include "service/connect/unary_call.h"

#include <utility>

#include "service/connect/error_json.h"
#include "service/connect/errors.h"

namespace kirikae::connect {

void UnaryCall::OnBody(std::string_view piece) {
  if (body_.size() + piece.size() > head_.message_limit) {
    FailMessage(MessageTooLarge(head_.message_limit));
  } else if (!share_.Hold(body_.size() + piece.size())) {
    Refuse(*exchange_, head_.form, GatewayBusy());
  } else {
    body_ += piece;
    exchange_->ReadMore();
  }
}

void UnaryCall::OnBodyEnd() {
  shared_.work.Run(body_.size(), [self = shared_from_this()] { self->Start(); });
}

void UnaryCall::Start() {
  auto message = ReadMessage(head_, head_.compression == Compression::kGzip, std::move(body_),
                             head_.message_limit);
  if (!message.ok()) return FailMessage(message.status());
  Send(*std::move(message));
}

void UnaryCall::FailMessage(const absl::Status& fault) {
  if (head_.tells_faults) {
    Refuse(*exchange_, head_.form, fault);
  } else {
    Send(EmptyMessage());
  }
}

void UnaryCall::Send(grpc::ByteBuffer message) {
  request_.Swap(&message);
  shared_.stub.UnaryCall(
      context_.get(), head_.path, {}, &request_, &response_,
      [self = shared_from_this()](const grpc::Status& status) { self->End(status); });
}

void UnaryCall::End(const grpc::Status& status) {
  request_.Clear();
  share_.Hold(0);
  if (status.ok()) {
    shared_.work.Run(response_.Length(), [self = shared_from_this()] { self->AnswerWell(); });
    return;
  }
  http::Headers headers;
  AddAnswerHeaders(context_->GetServerInitialMetadata(), "", headers);
  AddAnswerHeaders(context_->GetServerTrailingMetadata(), "trailer-", headers);
  AnswerError(*exchange_, RpcStatusOf(status), std::move(headers));
}

void UnaryCall::AnswerWell() {
  absl::StatusOr<std::string> body = WriteMessage(head_, response_);
  if (!body.ok()) {
    Refuse(*exchange_, head_.form, body.status());
    return;
  }
  http::Headers headers = {{"content-type", std::string(ContentType(head_.form))}};
  AddAnswerHeaders(context_->GetServerInitialMetadata(), "", headers);
  AddAnswerHeaders(context_->GetServerTrailingMetadata(), "trailer-", headers);
  if (IsToBeCompressed(head_, *body)) {
    headers.emplace_back("content-encoding", "gzip");
    body = Gzip(*body);
  }
  exchange_->Answer(200, std::move(headers), *std::move(body));
}

}  // namespace kirikae::connect

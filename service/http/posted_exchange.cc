#include "service/http/posted_exchange.h"

#include <utility>

namespace kirikae::http {

// Calls are always posted, also from the connection's own thread: so they stay in order, and no
// engine is called by a handler that it is calling.
template <typename Call>
void PostedExchange::Post(Call call) {
  if (ended_) return;
  const std::shared_ptr<Loop> loop = loop_.lock();
  if (loop == nullptr) return;
  loop->Post([self = shared_from_this(), call = std::move(call)]() mutable {
    if (self->stream_ != nullptr) call(*self->stream_);
  });
}

void PostedExchange::ReadMore() {
  Post([](Stream& stream) { stream.ReadMore(); });
}

void PostedExchange::SendHead(int status, Headers headers) {
  Post([status, headers = std::move(headers)](Stream& stream) mutable {
    stream.SendHead(status, std::move(headers));
  });
}

void PostedExchange::Send(std::string bytes, std::function<void()> written) {
  Post([bytes = std::move(bytes), written = std::move(written)](Stream& stream) mutable {
    stream.Send(std::move(bytes), std::move(written));
  });
}

void PostedExchange::Finish() {
  Post([](Stream& stream) { stream.Finish(); });
}

void PostedExchange::Answer(int status, Headers headers, std::string body) {
  Post([status, headers = std::move(headers), body = std::move(body)](Stream& stream) mutable {
    stream.Answer(status, std::move(headers), std::move(body));
  });
}

void PostedExchange::Abort() {
  Post([](Stream& stream) { stream.Abort(); });
}

void PostedExchange::End() {
  ended_ = true;
  stream_ = nullptr;
}

std::function<void()> PostedExchange::UnlessEnded(std::function<void()> written) {
  if (!written) return nullptr;
  return [self = shared_from_this(), written = std::move(written)] {
    if (self->stream_ != nullptr) written();
  };
}

}  // namespace kirikae::http

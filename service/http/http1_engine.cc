#include "service/http/http1_engine.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/absl_view.h"
#include "service/http/answer_head.h"
#include "service/http/body_pace.h"
#include "service/http/connection.h"
#include "service/http/http1_reader.h"
#include "service/http/posted_exchange.h"

namespace kirikae::http {
namespace {

constexpr int kBadRequest = 400;
constexpr int kRequestTimeout = 408;
constexpr int kContentTooLarge = 413;
constexpr int kHeadTooLarge = 431;

// So much of a body, or of the next request, is read before it is wanted; a chunk's own line and
// the trailers of a body must fit.
constexpr size_t kReadAhead = 16'384;

class Http1Engine : public Engine, public Stream {
 public:
  explicit Http1Engine(Connection& connection)
      : connection_(connection), pace_(connection.limits()), since_(Clock::now()) {}

  // Engine:
  void OnBytes(std::string_view bytes) override;
  bool WantsBytes() const override;
  void OnClosed() override;
  void Drain() override;
  Instant NextTime() const override;
  void OnTime(Instant now) override;

  // Stream:
  void ReadMore() override;
  void SendHead(int status, Headers headers) override;
  void Send(std::string bytes, std::function<void()> written) override;
  void Finish() override;
  void Answer(int status, Headers headers, std::string body) override;
  void Abort() override;

 private:
  enum class Phase {
    kIdle,  // before the first byte of a request
    kHead,
    kExchange,
    kDone,  // no more requests
  };

  void ReadHead();
  void Begin();
  void Deliver();
  void SkipBuffered();
  void Refuse(int status);
  void FailBody(int status);
  void WriteHead(int status, const Headers& headers, std::optional<uint64_t> length);
  void End();
  void Close();
  void Used(size_t count);

  Connection& connection_;
  Phase phase_ = Phase::kIdle;
  std::string in_;      // what came and is not used yet
  size_t scanned_ = 0;  // of in_: no end of a head is in there
  std::unique_ptr<Http1Reader> reader_;
  std::shared_ptr<PostedExchange> exchange_;
  std::shared_ptr<Handler> handler_;
  BodyPace pace_;
  Instant since_;  // of the phases kIdle and kHead
  uint64_t body_limit_ = 0;
  uint64_t body_bytes_ = 0;
  std::optional<uint64_t> left_;  // of a body whose length was told: what is still to be sent
  bool wants_more_ = false;       // the handler does
  bool continue_sent_ = false;
  bool head_sent_ = false;
  bool head_only_ = false;  // the answer has no body
  bool chunked_ = false;
  bool keep_alive_ = false;
  bool draining_ = false;
};

void Http1Engine::OnBytes(std::string_view bytes) {
  if (phase_ == Phase::kDone) return;
  in_ += bytes;
  if (phase_ == Phase::kExchange) {
    Deliver();
  } else {
    ReadHead();
  }
}

bool Http1Engine::WantsBytes() const {
  return phase_ != Phase::kExchange || in_.size() < kReadAhead;
}

void Http1Engine::OnClosed() {
  phase_ = Phase::kDone;
  if (exchange_ == nullptr) return;
  exchange_->End();
  exchange_ = nullptr;
  --connection_.state().streams;
  connection_.SetBusy(false);
  if (handler_ != nullptr) std::exchange(handler_, nullptr)->OnClosed();
}

void Http1Engine::Drain() {
  draining_ = true;
  // A request whose head has begun is still answered.
  if (phase_ == Phase::kIdle) Close();
}

Instant Http1Engine::NextTime() const {
  switch (phase_) {
    case Phase::kIdle:
      return since_ + connection_.limits().idle_time;
    case Phase::kHead:
      return since_ + connection_.limits().head_time;
    case Phase::kExchange:
      return pace_.Latest();
    case Phase::kDone:
      break;
  }
  return Instant::max();
}

void Http1Engine::OnTime(Instant now) {
  if (now < NextTime()) return;
  switch (phase_) {
    case Phase::kIdle:
      return Close();
    case Phase::kHead:
      connection_.Log("slow_head");
      return Refuse(kRequestTimeout);
    case Phase::kExchange:
      connection_.Log("slow_body");
      return FailBody(kRequestTimeout);
    case Phase::kDone:
      return;
  }
}

void Http1Engine::ReadHead() {
  if (phase_ == Phase::kIdle) {
    // Some clients send an empty line behind a body (RFC 9112, 2.2).
    size_t empty = 0;
    while (in_.compare(empty, 2, "\r\n") == 0) empty += 2;
    Used(empty);
    if (in_.empty() || in_ == "\r") return;
    phase_ = Phase::kHead;
    since_ = Clock::now();
    scanned_ = 0;
  }
  const size_t most = connection_.limits().head_bytes;
  const HeadScan scan = ScanHead(std::string_view(in_).substr(0, most), scanned_);
  if (scan.status != 0) return Refuse(scan.status);
  if (scan.size == 0) {
    scanned_ = in_.size();
    if (in_.size() >= most) Refuse(kHeadTooLarge);
    return;
  }
  reader_ = std::make_unique<Http1Reader>();
  const int status = reader_->ReadHead(std::string_view(in_).substr(0, scan.size));
  Used(scan.size);
  if (status != 0) return Refuse(status);
  Begin();
}

void Http1Engine::Begin() {
  Request& request = reader_->request();
  connection_.Describe(request);
  body_limit_ = connection_.state().BodyLimit(request);
  if (reader_->content_length().value_or(0) > body_limit_) return Refuse(kContentTooLarge);
  phase_ = Phase::kExchange;
  keep_alive_ = reader_->keep_alive() && request.version > 10;
  head_only_ = request.method == "HEAD";
  pace_ = BodyPace(connection_.limits());
  body_bytes_ = 0;
  left_.reset();
  wants_more_ = continue_sent_ = head_sent_ = chunked_ = false;
  exchange_ = std::make_shared<PostedExchange>(connection_.loop(), this);
  ++connection_.state().streams;
  connection_.SetBusy(true);
  handler_ = connection_.state().serve(request, exchange_);
}

void Http1Engine::ReadMore() {
  wants_more_ = true;
  Deliver();
}

void Http1Engine::Deliver() {
  if (!wants_more_ || handler_ == nullptr) return;
  size_t used = 0;
  const std::shared_ptr<Handler> handler = handler_;
  switch (reader_->Next(in_, &used)) {
    case Http1Reader::Event::kNeedsMore:
      Used(used);
      if (in_.size() >= kReadAhead) return FailBody(kBadRequest);
      pace_.Wait(Clock::now());
      if (reader_->expects_continue() && !continue_sent_ && !head_sent_ && body_bytes_ == 0 &&
          in_.empty()) {
        continue_sent_ = true;
        connection_.Write("HTTP/1.1 100 Continue\r\n\r\n");
      }
      return connection_.Wake();
    case Http1Reader::Event::kPiece: {
      const std::string_view piece = reader_->piece();
      body_bytes_ += piece.size();
      if (body_bytes_ > body_limit_) return FailBody(kContentTooLarge);
      pace_.Came(piece.size(), Clock::now());
      wants_more_ = false;
      handler->OnBody(piece);
      Used(used);
      return connection_.Wake();
    }
    case Http1Reader::Event::kEnd:
      Used(used);
      pace_.Came(0, Clock::now());
      wants_more_ = false;
      return handler->OnBodyEnd();
    case Http1Reader::Event::kBroken:
      return FailBody(kBadRequest);
  }
}

// Drops what has come of a body that the handler does not want.
void Http1Engine::SkipBuffered() {
  size_t used = 0;
  while (reader_->Next(in_, &used) == Http1Reader::Event::kPiece) {
    body_bytes_ += reader_->piece().size();
    Used(used);
  }
  Used(used);
}

// Answers what is no request, or is none that is served.
void Http1Engine::Refuse(int status) {
  keep_alive_ = head_only_ = chunked_ = false;
  const std::string body = PlainBody(status);
  WriteHead(status, {{"content-type", "text/plain"}}, body.size());
  connection_.Write(body);
  Close();
}

// Ends the exchange because of its body.
void Http1Engine::FailBody(int status) {
  const bool answered = head_sent_;
  OnClosed();
  if (!answered) return Refuse(status);
  connection_.BreakWhenWritten();
}

void Http1Engine::WriteHead(int status, const Headers& headers, std::optional<uint64_t> length) {
  std::string text = absl::StrCat("HTTP/1.1 ", status, " ", AbslView(ReasonOf(status)),
                                  "\r\ndate: ", AbslView(connection_.loop()->Date()), "\r\n");
  for (const auto& [name, value] : headers) {
    if (name != "content-length") absl::StrAppend(&text, name, ": ", value, "\r\n");
  }
  if (length.has_value()) absl::StrAppend(&text, "content-length: ", *length, "\r\n");
  if (chunked_) text += "transfer-encoding: chunked\r\n";
  if (!keep_alive_) text += "connection: close\r\n";
  text += "\r\n";
  head_sent_ = true;
  connection_.Write(std::move(text));
}

void Http1Engine::SendHead(int status, Headers headers) {
  if (head_sent_) return;
  headers = Sendable(std::move(headers));
  const bool no_body = HasNoBody(status);
  const std::optional<uint64_t> length = no_body ? std::nullopt : LengthIn(headers);
  const bool old = reader_->request().version == 10;
  keep_alive_ = keep_alive_ && !draining_;
  chunked_ = !no_body && !old && !length.has_value();
  if (!no_body && !length.has_value() && old) keep_alive_ = false;
  head_only_ = head_only_ || no_body;
  if (!head_only_) left_ = length;
  WriteHead(status, headers, length);
}

void Http1Engine::Send(std::string bytes, std::function<void()> written) {
  if (!head_sent_) return;
  if (left_.has_value()) {
    if (bytes.size() > *left_) return Abort();
    *left_ -= bytes.size();
  }
  if (head_only_) bytes.clear();
  if (chunked_ && !bytes.empty()) {
    bytes = absl::StrCat(absl::Hex(bytes.size()), "\r\n", bytes, "\r\n");
  }
  connection_.Write(std::move(bytes), exchange_->UnlessEnded(std::move(written)));
}

void Http1Engine::Finish() {
  if (!head_sent_ || left_.value_or(0) != 0) return Abort();
  if (chunked_ && !head_only_) connection_.Write("0\r\n\r\n");
  End();
}

void Http1Engine::Answer(int status, Headers headers, std::string body) {
  if (head_sent_) return;
  SkipBuffered();
  keep_alive_ = keep_alive_ && !draining_ && reader_->complete();
  const bool no_body = HasNoBody(status);
  WriteHead(status, Sendable(std::move(headers)),
            no_body ? std::nullopt : std::optional<uint64_t>(body.size()));
  if (!head_only_ && !no_body) connection_.Write(std::move(body));
  End();
}

void Http1Engine::Abort() {
  handler_ = nullptr;
  OnClosed();
  connection_.BreakWhenWritten();
}

// The answer is whole.
void Http1Engine::End() {
  SkipBuffered();
  keep_alive_ = keep_alive_ && reader_->complete();
  handler_ = nullptr;
  OnClosed();
  reader_ = nullptr;
  if (!keep_alive_ || draining_) return Close();
  phase_ = Phase::kIdle;
  since_ = Clock::now();
  if (in_.empty()) in_ = std::string();  // a connection that rests keeps no memory
  ReadHead();
  connection_.Wake();
}

void Http1Engine::Close() {
  phase_ = Phase::kDone;
  in_ = std::string();
  connection_.CloseWhenWritten();
}

void Http1Engine::Used(size_t count) { in_.erase(0, count); }

}  // namespace

std::unique_ptr<Engine> MakeHttp1Engine(Connection& connection) {
  return std::make_unique<Http1Engine>(connection);
}

}  // namespace kirikae::http

#include "service/http/http2_stream.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "service/absl_view.h"
#include "service/http/answer_head.h"
#include "service/http/connection.h"
#include "service/http/request_target.h"

namespace kirikae::http {
namespace {

constexpr int kBadRequest = 400;
constexpr int kRequestTimeout = 408;
constexpr int kContentTooLarge = 413;
constexpr int kHeadTooLarge = 431;
constexpr int kNotImplemented = 501;

// RFC 9113, 6.5.2: what a field counts in addition to its bytes.
constexpr size_t kFieldBytes = 32;
// A head so many times as long as it may be is not read to its end.
constexpr size_t kHeadExcess = 4;

nghttp2_nv Field(std::string_view name, std::string_view value) {
  const auto bytes = [](std::string_view text) {
    return const_cast<uint8_t*>(reinterpret_cast<const uint8_t*>(text.data()));
  };
  return {bytes(name), bytes(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE};
}

}  // namespace

Http2Stream::Http2Stream(Connection& connection, nghttp2_session* session, int32_t id,
                         std::vector<std::function<void()>>& written)
    : connection_(connection),
      session_(session),
      id_(id),
      written_(written),
      pace_(connection.limits()) {
  request_.version = 20;
}

Http2Stream::~Http2Stream() = default;

bool Http2Stream::OnField(std::string_view name, std::string_view value) {
  const size_t most = connection_.limits().head_bytes;
  head_bytes_ += name.size() + value.size() + kFieldBytes;
  if (head_bytes_ > most) return head_bytes_ <= kHeadExcess * most;
  if (name == ":method") {
    request_.method = value;
  } else if (name == ":path") {
    request_.path = value;
  } else if (name == ":authority") {
    request_.authority = value;
  } else if (!name.starts_with(':')) {
    // A client may send each cookie in a field of its own (RFC 9113, 8.2.3).
    const auto cookie = std::find_if(request_.headers.begin(), request_.headers.end(),
                                     [](const auto& field) { return field.first == "cookie"; });
    if (name == "cookie" && cookie != request_.headers.end()) {
      cookie->second += "; ";
      cookie->second += value;
    } else {
      request_.headers.emplace_back(name, value);
    }
  }
  return true;
}

// The status with which the head is to be answered; 0 = it is to be served.
int Http2Stream::JudgeHead() {
  if (head_bytes_ > connection_.limits().head_bytes) return kHeadTooLarge;
  const std::string target = std::exchange(request_.path, "");
  if (!target.starts_with('/') && target != "*" && request_.method != "CONNECT") return kBadRequest;
  if (!TakeTarget(target, request_)) return kBadRequest;
  const std::string_view host = HeaderValue(request_.headers, "host");
  if (request_.authority.empty()) request_.authority = host;
  if (!IsAuthority(request_.authority) || (!host.empty() && host != request_.authority)) {
    return kBadRequest;
  }
  if (request_.method == "CONNECT") return kNotImplemented;
  connection_.Describe(request_);
  body_limit_ = connection_.state().BodyLimit(request_);
  if (LengthIn(request_.headers).value_or(0) > body_limit_) return kContentTooLarge;
  return 0;
}

void Http2Stream::OnHead() {
  const int status = JudgeHead();
  if (status != 0) return Refuse(status);
  head_only_ = request_.method == "HEAD";
  exchange_ = std::make_shared<PostedExchange>(connection_.loop(), this);
  ++connection_.state().streams;
  handler_ = connection_.state().serve(request_, exchange_);
}

void Http2Stream::OnData(std::string_view bytes) {
  in_ += bytes;
  body_bytes_ += bytes.size();
  if (handler_ == nullptr) return Drop();
  if (body_bytes_ > body_limit_) return FailBody(kContentTooLarge);
  pace_.Came(bytes.size(), Clock::now());
  Deliver();
}

void Http2Stream::OnEnd() {
  in_ended_ = true;
  pace_.Came(0, Clock::now());
  Deliver();
}

void Http2Stream::OnClosed() {
  Drop();
  EndExchange(!finished_ && !(head_only_ && head_sent_));
}

// Gives the handler what has come. Only then may the client send as much again.
void Http2Stream::Deliver() {
  if (!wants_more_ || handler_ == nullptr) return;
  const std::shared_ptr<Handler> handler = handler_;
  if (!in_.empty()) {
    wants_more_ = false;
    const std::string piece = std::exchange(in_, {});
    handler->OnBody(piece);
    nghttp2_session_consume(session_, id_, piece.size());
    connection_.Wake();
  } else if (in_ended_) {
    wants_more_ = false;
    handler->OnBodyEnd();
  } else {
    pace_.Wait(Clock::now());
    if (!continue_sent_ && !head_sent_ && body_bytes_ == 0 &&
        HeaderValue(request_.headers, "expect") == "100-continue") {
      continue_sent_ = true;
      const nghttp2_nv field = Field(":status", "100");
      nghttp2_submit_headers(session_, NGHTTP2_FLAG_NONE, id_, nullptr, &field, 1, nullptr);
    }
    connection_.Wake();
  }
}

// Drops what nobody wants, so that it takes nothing from the other streams of the connection.
void Http2Stream::Drop() {
  if (in_.empty()) return;
  nghttp2_session_consume(session_, id_, in_.size());
  in_ = std::string();
  connection_.Wake();
}

ssize_t Http2Stream::Read(uint8_t* bytes, size_t size, uint32_t* flags) {
  size_t count = 0;
  while (!out_.empty()) {
    Piece& piece = out_.front();
    const size_t part = std::min(size - count, piece.bytes.size() - out_offset_);
    std::copy_n(piece.bytes.data() + out_offset_, part, bytes + count);
    count += part;
    out_offset_ += part;
    if (out_offset_ < piece.bytes.size()) break;
    if (piece.written) written_.push_back(std::move(piece.written));
    out_.pop_front();
    out_offset_ = 0;
  }
  stalled_since_ = out_.empty() ? Instant::max() : Clock::now();
  if (out_.empty() && finished_) {
    *flags |= NGHTTP2_DATA_FLAG_EOF;
  } else if (count == 0) {
    return NGHTTP2_ERR_DEFERRED;
  }
  return static_cast<ssize_t>(count);
}

// The client need not send the rest of its request (RFC 9113, 8.1).
void Http2Stream::OnAnswerSent() {
  if (!in_ended_ && !broken_) {
    broken_ = true;
    nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id_, NGHTTP2_NO_ERROR);
  }
}

Instant Http2Stream::NextTime() const {
  if (broken_) return Instant::max();
  const Instant body = handler_ == nullptr ? Instant::max() : pace_.Latest();
  if (stalled_since_ == Instant::max()) return body;
  return std::min(body, stalled_since_ + connection_.limits().write_time);
}

void Http2Stream::OnTime(Instant now) {
  if (now < NextTime()) return;
  if (stalled_since_ != Instant::max() && now >= stalled_since_ + connection_.limits().write_time) {
    connection_.Log("stalled_reader");
    return Break(NGHTTP2_CANCEL);
  }
  connection_.Log("slow_body");
  FailBody(kRequestTimeout);
}

void Http2Stream::ReadMore() {
  wants_more_ = true;
  Deliver();
}

void Http2Stream::SendHead(int status, Headers headers) {
  if (head_sent_) return;
  headers = Sendable(std::move(headers));
  head_only_ = head_only_ || HasNoBody(status);
  if (!head_only_) left_ = LengthIn(headers);
  Submit(status, headers, !head_only_);
}

void Http2Stream::Send(std::string bytes, std::function<void()> written) {
  if (!head_sent_) return;
  if (left_.has_value()) {
    if (bytes.size() > *left_) return Break(NGHTTP2_INTERNAL_ERROR);
    *left_ -= bytes.size();
  }
  written = exchange_->UnlessEnded(std::move(written));
  if (head_only_ || (bytes.empty() && out_.empty())) {
    if (written) connection_.loop()->Post(std::move(written));
    return;
  }
  if (out_.empty()) stalled_since_ = Clock::now();
  out_.push_back({std::move(bytes), std::move(written)});
  nghttp2_session_resume_data(session_, id_);
  connection_.Wake();
}

void Http2Stream::Finish() {
  if (!head_sent_ || left_.value_or(0) != 0) return Abort();
  finished_ = true;
  if (!head_only_) nghttp2_session_resume_data(session_, id_);
  EndExchange(false);
  Drop();
  connection_.Wake();
}

void Http2Stream::Answer(int status, Headers headers, std::string body) {
  if (head_sent_) return;
  headers = Sendable(std::move(headers));
  std::erase_if(headers, [](const auto& field) { return field.first == "content-length"; });
  const bool no_body = HasNoBody(status);
  if (!no_body) headers.emplace_back("content-length", std::to_string(body.size()));
  head_only_ = head_only_ || no_body;
  finished_ = true;
  if (!head_only_ && !body.empty()) {
    stalled_since_ = Clock::now();
    out_.push_back({std::move(body), nullptr});
  }
  Submit(status, headers, !out_.empty());
  EndExchange(false);
  Drop();
}

void Http2Stream::Abort() {
  EndExchange(false);
  Break(NGHTTP2_INTERNAL_ERROR);
}

// Answers what is not served.
void Http2Stream::Refuse(int status) {
  Answer(status, {{"content-type", "text/plain"}}, PlainBody(status));
}

// Ends the exchange because of its body.
void Http2Stream::FailBody(int status) {
  EndExchange(true);
  Drop();
  if (head_sent_) return Break(NGHTTP2_CANCEL);
  Refuse(status);
}

// Ends the stream without the rest of its answer.
void Http2Stream::Break(uint32_t code) {
  EndExchange(true);
  Drop();
  if (std::exchange(broken_, true)) return;
  nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id_, code);
  connection_.Wake();
}

void Http2Stream::EndExchange(bool tell) {
  if (exchange_ == nullptr) return;
  std::exchange(exchange_, nullptr)->End();
  --connection_.state().streams;
  const std::shared_ptr<Handler> handler = std::exchange(handler_, nullptr);
  if (tell && handler != nullptr) handler->OnClosed();
}

void Http2Stream::Submit(int status, const Headers& headers, bool has_body) {
  const std::string code = std::to_string(status);
  const std::string date(connection_.loop()->Date());
  std::vector<nghttp2_nv> fields = {Field(":status", code), Field("date", date)};
  for (const auto& [name, value] : headers) fields.push_back(Field(name, value));
  nghttp2_data_provider body{};
  body.source.ptr = this;
  body.read_callback = [](nghttp2_session* /*session*/, int32_t /*id*/, uint8_t* bytes, size_t size,
                          uint32_t* flags, nghttp2_data_source* source, void* /*engine*/) {
    return static_cast<Http2Stream*>(source->ptr)->Read(bytes, size, flags);
  };
  nghttp2_submit_response(session_, id_, fields.data(), fields.size(), has_body ? &body : nullptr);
  head_sent_ = true;
  connection_.Wake();
}

}  // namespace kirikae::http

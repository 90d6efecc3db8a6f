#include "service/http/connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "service/http/http1_engine.h"
#include "service/http/http2_engine.h"
#include "service/http/tls.h"

namespace kirikae::http {
namespace {

using domain::Sentence;
using Result = Transport::Result;

constexpr char kTlsHandshake = 0x16;
// A client that does not take its answers is not listened to either.
constexpr size_t kMostUnwritten = 262'144;
// So much is read and written before other connections get their turn.
constexpr int kTurnsOfIo = 8;
constexpr size_t kMostSkipped = 1'048'576;

// A connection whose other end is gone without a word, as with a cable pulled out, is noticed after
// two minutes.
void KeepAlive(int socket) {
  const int on = 1;
  const int idle = 60;
  const int interval = 15;
  const int count = 4;
  setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
  setsockopt(socket, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
  setsockopt(socket, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(interval));
  setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof(count));
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

}  // namespace

Connection::Connection(std::shared_ptr<ServerState> state, std::shared_ptr<Loop> loop,
                       Descriptor socket, Peer peer, std::shared_ptr<Seat> seat)
    : state_(std::move(state)),
      loop_(std::move(loop)),
      peer_(std::move(peer)),
      local_(state_->IsLocal(peer_.host)),
      seat_(std::move(seat)),
      socket_(loop_->context(), socket.get()),
      timer_(loop_->context()),
      transport_(socket_.native_handle()),
      phase_since_(Clock::now()),
      written_at_(phase_since_) {
  socket.Release();  // it is socket_'s now
}

void Connection::Start() {
  if (peer_.host != "unix") KeepAlive(socket_.native_handle());
  loop_->connections().insert(shared_from_this());
  if (state_->options.tls == nullptr) phase_ = Phase::kPreface;
  Turn();
}

void Connection::Drain() {
  if (engine_ == nullptr) return Close();
  engine_->Drain();
  Wake();
}

void Connection::Close() {
  if (phase_ == Phase::kClosed) return;
  phase_ = Phase::kClosed;
  const std::shared_ptr<Connection> self = shared_from_this();
  state_->roster.Leave(seat_);
  if (engine_ != nullptr) engine_->OnClosed();
  boost::system::error_code ignored;
  socket_.close(ignored);
  timer_.cancel();
  loop_->connections().erase(self);
}

void Connection::MakeRoom() {
  Log("closed_to_make_room");
  Close();
}

void Connection::Write(std::string bytes, std::function<void()> written) {
  if (outbox_.empty()) {
    if (bytes.empty()) {
      if (written) loop_->Post(std::move(written));
      return;
    }
    written_at_ = Clock::now();
  }
  outbox_.Add(std::move(bytes), std::move(written));
  Wake();
}

void Connection::CloseWhenWritten() {
  close_when_written_ = true;
  Wake();
}

void Connection::BreakWhenWritten() {
  break_when_written_ = true;
  CloseWhenWritten();
}

void Connection::Wake() {
  if (turn_posted_) return;
  turn_posted_ = true;
  loop_->Post([self = shared_from_this()] {
    self->turn_posted_ = false;
    self->Turn();
  });
}

void Connection::SetBusy(bool busy) {
  seat_->idle_since = busy ? Seat::kBusy : Clock::now().time_since_epoch().count();
}

void Connection::Log(std::string_view reason, std::string_view detail) {
  state_->events.Add(reason, peer_.name, detail);
}

void Connection::Describe(Request& request) const {
  request.peer = peer_.name;
  request.client_subject = client_subject_;
  request.secure = transport_.secure();
  request.local = local_;
}

void Connection::Turn() {
  if (phase_ == Phase::kFirstByte) SeeFirstByte();
  if (phase_ == Phase::kHandshake) Handshake();
  if (phase_ == Phase::kPreface || phase_ == Phase::kOpen) WriteOut();
  if (phase_ == Phase::kPreface || phase_ == Phase::kOpen) ReadIn();
  if (phase_ == Phase::kLingering) SkipRest();
  KeepTime();
}

void Connection::SeeFirstByte() {
  char first = 0;
  const ssize_t got = recv(socket_.native_handle(), &first, 1, MSG_PEEK);
  if (got == 0) return Close();
  if (got < 0) return errno == EAGAIN || errno == EINTR ? AwaitReading() : Close();
  if (first >= 'A' && first <= 'Z') return RefusePlainText();
  const std::shared_ptr<const TlsContext> context = state_->options.tls->Current();
  if (transport_.StartTls(context->get()) != Result::kDone) return Close();
  phase_ = Phase::kHandshake;
}

// A browser that was given http:// instead of https:// shows this to the person before it.
void Connection::RefusePlainText() {
  Log("plain_text_refused");
  const Sentence sentence(
      "This port speaks HTTPS. Write https:// instead of http:// in the address.");
  const std::string body =
      (state_->options.say ? state_->options.say(sentence) : sentence.English()) + "\n";
  phase_ = Phase::kOpen;
  Write("HTTP/1.1 400 Bad Request\r\ndate: " + std::string(loop_->Date()) +
        "\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: " +
        std::to_string(body.size()) + "\r\nconnection: close\r\n\r\n" + body);
  CloseWhenWritten();
}

void Connection::Handshake() {
  switch (transport_.Handshake()) {
    case Result::kDone:
      client_subject_ = transport_.ClientSubject();
      phase_ = Phase::kPreface;
      phase_since_ = Clock::now();
      if (transport_.protocol() == "h2") {
        engine_ = MakeHttp2Engine(*this);
        phase_ = Phase::kOpen;
      }
      return;
    case Result::kWantsRead:
      return AwaitReading();
    case Result::kWantsWrite:
      return AwaitWriting();
    case Result::kClosed:
      return Close();
    case Result::kBroken:
      if (!transport_.fault().empty()) Log("handshake_failed", "reason=" + transport_.fault());
      return Close();
  }
}

void Connection::ReadIn() {
  if (reading_awaited_) return;
  std::vector<char>& scratch = loop_->scratch();
  for (int i = 0; i < kTurnsOfIo; ++i) {
    if (outbox_.size() > kMostUnwritten) return;
    if (engine_ != nullptr && !engine_->WantsBytes()) return;
    size_t count = 0;
    switch (transport_.Read(scratch.data(), scratch.size(), &count)) {
      case Result::kDone:
        if (close_when_written_) break;  // dropped
        if (engine_ == nullptr) {
          TakeFirst({scratch.data(), count});
        } else {
          engine_->OnBytes({scratch.data(), count});
        }
        if (phase_ == Phase::kClosed) return;
        break;
      case Result::kWantsRead:
        return AwaitReading();
      case Result::kWantsWrite:
        return AwaitWriting();
      case Result::kClosed:
      case Result::kBroken:
        return Close();
    }
  }
  Wake();
}

// Tells the version by the first bytes: those of HTTP/2 are always the same.
void Connection::TakeFirst(std::string_view bytes) {
  if (first_.empty()) phase_since_ = Clock::now();
  first_ += bytes;
  if (first_.front() == kTlsHandshake) {
    Log("tls_on_a_plain_port");
    return Close();
  }
  if (first_.size() < kHttp2Preface.size() && kHttp2Preface.starts_with(first_)) return;
  engine_ = first_.starts_with(kHttp2Preface) ? MakeHttp2Engine(*this) : MakeHttp1Engine(*this);
  phase_ = Phase::kOpen;
  engine_->OnBytes(std::exchange(first_, {}));
}

void Connection::WriteOut() {
  if (writing_awaited_) return;
  for (int i = 0; i < kTurnsOfIo; ++i) {
    if (outbox_.empty() && engine_ != nullptr) engine_->Fill();
    if (phase_ == Phase::kClosed) return;
    if (outbox_.empty()) {
      if (close_when_written_) Linger();
      return;
    }
    size_t count = 0;
    switch (transport_.Write(outbox_.Next(), &count)) {
      case Result::kDone:
        written_at_ = Clock::now();
        outbox_.Took(count);
        break;
      case Result::kWantsRead:
        return AwaitReading();
      case Result::kWantsWrite:
        return AwaitWriting();
      case Result::kClosed:
      case Result::kBroken:
        return Close();
    }
  }
  Wake();
}

// The client may still be sending. Were the socket closed now, the kernel would answer with a
// reset, and the client might never see the answer.
void Connection::Linger() {
  if (break_when_written_) {
    const linger at_once{1, 0};
    setsockopt(socket_.native_handle(), SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    return Close();
  }
  transport_.EndWriting();
  if (engine_ != nullptr) engine_->OnClosed();
  engine_ = nullptr;
  phase_ = Phase::kLingering;
  phase_since_ = Clock::now();
}

void Connection::SkipRest() {
  if (reading_awaited_) return;
  std::vector<char>& scratch = loop_->scratch();
  while (skipped_ <= kMostSkipped) {
    const ssize_t got = recv(socket_.native_handle(), scratch.data(), scratch.size(), 0);
    if (got < 0 && errno == EAGAIN) return AwaitReading();
    if (got <= 0) break;
    skipped_ += static_cast<size_t>(got);
  }
  Close();
}

void Connection::AwaitReading() {
  if (reading_awaited_) return;
  reading_awaited_ = true;
  socket_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                     [self = shared_from_this()](const boost::system::error_code&) {
                       self->reading_awaited_ = false;
                       self->Turn();
                     });
}

void Connection::AwaitWriting() {
  if (writing_awaited_) return;
  writing_awaited_ = true;
  socket_.async_wait(boost::asio::posix::stream_descriptor::wait_write,
                     [self = shared_from_this()](const boost::system::error_code&) {
                       self->writing_awaited_ = false;
                       self->Turn();
                     });
}

void Connection::KeepTime() {
  if (phase_ == Phase::kClosed) return;
  const Instant next = NextTime();
  if (next >= timer_at_) return;  // the timer looks again when it fires
  timer_at_ = next;
  timer_.expires_at(next);
  timer_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
    if (error) return;
    self->timer_at_ = Instant::max();
    self->OnTime();
  });
}

Instant Connection::NextTime() const {
  const Limits& limits = state_->options.limits;
  Instant next = Instant::max();
  switch (phase_) {
    case Phase::kFirstByte:
    case Phase::kHandshake:
      next = phase_since_ + limits.handshake_time;
      break;
    case Phase::kPreface:
      next = phase_since_ + (first_.empty() ? limits.idle_time : limits.head_time);
      break;
    case Phase::kLingering:
      return phase_since_ + limits.linger_time;
    case Phase::kOpen:
      if (engine_ != nullptr) next = engine_->NextTime();
      break;
    case Phase::kClosed:
      return next;
  }
  return outbox_.empty() ? next : std::min(next, written_at_ + limits.write_time);
}

void Connection::OnTime() {
  if (phase_ == Phase::kClosed) return;
  const Instant now = Clock::now();
  if (now >= NextTime()) {
    if (!outbox_.empty() && now >= written_at_ + limits().write_time) {
      Log("stalled_reader");
      return Close();
    }
    switch (phase_) {
      case Phase::kOpen:
        if (engine_ != nullptr) engine_->OnTime(now);
        break;
      case Phase::kFirstByte:
      case Phase::kHandshake:
        Log("slow_handshake");
        return Close();
      case Phase::kPreface:
        if (!first_.empty()) Log("slow_head");
        return Close();
      case Phase::kLingering:
      case Phase::kClosed:
        return Close();
    }
  }
  Turn();
}

}  // namespace kirikae::http

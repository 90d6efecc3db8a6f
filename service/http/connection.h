// One connection: its socket, its TLS, and the engine of the HTTP version that it speaks.
#pragma once

#include <utility>
// Asio 1.74 needs <utility> before it.
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "service/http/clock.h"
#include "service/http/engine.h"
#include "service/http/loop.h"
#include "service/http/outbox.h"
#include "service/http/server_state.h"
#include "service/http/transport.h"

namespace kirikae::http {

/// Reads for its engine, writes for it, and keeps the times. Lives on one loop's thread.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<ServerState> state, std::shared_ptr<Loop> loop, Descriptor socket,
             Peer peer, std::shared_ptr<Seat> seat);

  /// Begins. The loop keeps it until it is closed.
  void Start();
  /// Begins no more exchanges, and closes after those that run.
  void Drain();
  /// Closes at once.
  void Close();
  /// Closes because another connection needs the place.
  void MakeRoom();

  // For the engine.

  /// Writes bytes behind those that wait. `written` is called once the socket took the last.
  void Write(std::string bytes, std::function<void()> written = nullptr);
  /// How many bytes wait to be written.
  size_t unwritten() const { return outbox_.size(); }
  /// Closes once everything is written; what the client still sends is dropped.
  void CloseWhenWritten();
  /// The same, but so that the client sees that something is missing.
  void BreakWhenWritten();
  /// Something has changed: writes, reads and looks at the times, after what runs now.
  void Wake();
  /// Whether a request is running: only a connection without one makes room for another.
  void SetBusy(bool busy);
  /// Logs why this client is turned away.
  void Log(std::string_view reason, std::string_view detail = "");

  ServerState& state() { return *state_; }
  const Limits& limits() const { return state_->options.limits; }
  const std::shared_ptr<Loop>& loop() { return loop_; }
  /// What is the same for all requests: peer, client_subject, secure, local.
  void Describe(Request& request) const;

 private:
  enum class Phase {
    kFirstByte,  // waits for the first byte, which tells TLS from plain text
    kHandshake,
    kPreface,  // waits for the first bytes, which tell the version
    kOpen,
    kLingering,  // all is written; what still comes is dropped
    kClosed,
  };

  void Turn();
  void SeeFirstByte();
  void RefusePlainText();
  void Handshake();
  void ReadIn();
  void TakeFirst(std::string_view bytes);
  void WriteOut();
  void Linger();
  void SkipRest();
  void AwaitReading();
  void AwaitWriting();
  void KeepTime();
  void OnTime();
  Instant NextTime() const;

  const std::shared_ptr<ServerState> state_;
  const std::shared_ptr<Loop> loop_;
  const Peer peer_;
  const bool local_;
  const std::shared_ptr<Seat> seat_;
  boost::asio::posix::stream_descriptor socket_;
  boost::asio::steady_timer timer_;
  Transport transport_;
  std::string client_subject_;
  std::unique_ptr<Engine> engine_;
  Outbox outbox_;
  std::string first_;  // of the connection, until they tell the version
  Instant timer_at_ = Instant::max();
  Instant phase_since_;  // also since when the first bytes come
  Instant written_at_;   // when the socket last took something, or had nothing to take
  size_t skipped_ = 0;   // bytes dropped while lingering
  Phase phase_ = Phase::kFirstByte;
  bool turn_posted_ = false;
  bool reading_awaited_ = false;
  bool writing_awaited_ = false;
  bool close_when_written_ = false;
  bool break_when_written_ = false;
};

}  // namespace kirikae::http

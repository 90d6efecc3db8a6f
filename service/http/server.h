// The server of HTTP/1.1 and HTTP/2, over TLS or plain text.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "service/domain/sentence.h"
#include "service/http/exchange.h"
#include "service/http/limits.h"

namespace kirikae::http {

class TlsHolder;

struct Options {
  /// `HOST:PORT`, `[ADDRESS]:PORT` (port 0: a free one) or `unix:PATH`.
  std::string address;
  /// Null = plain text.
  std::shared_ptr<TlsHolder> tls;
  /// Threads that connections are spread over.
  size_t threads = 2;
  Limits limits;
  /// The most bytes that the body of this request may have; not set = Limits::body_bytes. A longer
  /// one is answered 413 before it is served when its length is known, or else when it is reached.
  /// Called on the connection's thread.
  std::function<size_t(const Request&)> body_limit;
  /// Is told of clients that are turned away: `http slow_head address=ipv4:192.0.2.7:51234`. Says
  /// nothing of what they sent. Called on any thread, at most twenty times a second.
  std::function<void(const std::string& event)> log;
  /// A sentence for a person who sees it in a browser; not set = in English.
  std::function<std::string(const domain::Sentence&)> say;
  /// Whether a peer's host (`192.0.2.7`, `2001:db8::7`, `unix`) counts as this machine; not set =
  /// loopback addresses and Unix sockets do.
  std::function<bool(std::string_view host)> is_local;
};

/// Serves from Start() until Stop() or its end.
class Server {
 public:
  /// FAILED_PRECONDITION (START_REFUSED) where the address can't be served. `serve` is called on
  /// several threads.
  static absl::StatusOr<std::unique_ptr<Server>> Start(Options options, Serve serve);
  /// Stops at once.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// The address as it was bound, with the port's number.
  const std::string& address() const;
  /// How many connections are open.
  size_t connections() const;
  /// How many requests are being answered.
  size_t streams() const;

  /// Accepts no more connections and requests, gives the requests that run so long to end, then
  /// ends them (OnClosed). Blocks; not to be called from a handler. Nothing is called any more once
  /// it has returned.
  void Stop(std::chrono::milliseconds patience);

 private:
  class Running;

  explicit Server(std::unique_ptr<Running> running);

  std::unique_ptr<Running> running_;
};

}  // namespace kirikae::http

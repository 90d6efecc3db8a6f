// One request and its answer, the same over HTTP/1.1 and HTTP/2.
// The engine calls a Handler; the Handler answers through its Exchange. Neither waits: what takes
// long is told by a later call.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kirikae::http {

/// Header fields in the order of the message, names in lower case. A name may stand several times.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// The value of the first field of that name (lower case), or "".
std::string_view HeaderValue(const Headers& headers, std::string_view name);

/// The head of a request.
struct Request {
  std::string method;          ///< as sent: `POST`
  std::string path;            ///< as sent, without the query: `/kirikae.v1.AccessService/WhoAmI`
  std::string query;           ///< what follows the first `?`; "" = none
  std::string authority;       ///< the Host header or `:authority`
  Headers headers;             ///< without the pseudo-headers of HTTP/2
  std::string peer;            ///< the client's address in gRPC's form: `ipv4:192.0.2.7:51234`
  std::string client_subject;  ///< of a verified client certificate (RFC 2253); "" = none
  int version = 11;            ///< 10, 11 or 20
  bool secure = false;         ///< over TLS
  bool local = false;          ///< the peer is this machine (loopback or a Unix socket)
};

/// The sending side. Thread-safe: each call is carried out on the connection's thread, in order.
/// Calls after the exchange has ended do nothing.
class Exchange {
 public:
  virtual ~Exchange() = default;

  /// Asks for one more piece of the request's body: one OnBody or OnBodyEnd follows, once the
  /// client has sent it.
  virtual void ReadMore() = 0;
  /// Sends the head. Called once, before Send and Finish. The engine adds `date`, and
  /// `content-length` or the framing of the version.
  virtual void SendHead(int status, Headers headers) = 0;
  /// Sends a piece of the body. `written` is called once the socket took it, on the connection's
  /// thread; it is not called when the exchange ends before that.
  virtual void Send(std::string bytes, std::function<void()> written) = 0;
  /// Ends the answer.
  virtual void Finish() = 0;
  /// Sends a whole answer. A body of a HEAD request is counted and not sent.
  virtual void Answer(int status, Headers headers, std::string body) = 0;
  /// Ends the exchange in the middle of its answer, so that the client sees that it is not whole.
  virtual void Abort() = 0;
};

/// The receiving side of one exchange. The engine calls it on the connection's thread, one call at
/// a time, and destroys it after the exchange has ended.
class Handler {
 public:
  virtual ~Handler() = default;

  /// A piece of the body, valid during the call.
  virtual void OnBody(std::string_view piece) = 0;
  /// The body is whole.
  virtual void OnBodyEnd() = 0;
  /// The client has left, or broke the protocol, or the daemon stops. Nothing can be sent any
  /// more. Not called after the answer was sent whole.
  virtual void OnClosed() = 0;
};

/// Begins the answer to a request. The engine calls it on the connection's thread, once the head is
/// whole. A null handler means that the exchange was answered at once and the body is not wanted.
using Serve = std::function<std::shared_ptr<Handler>(const Request&, std::shared_ptr<Exchange>)>;

}  // namespace kirikae::http

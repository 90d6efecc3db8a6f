// Reads requests of HTTP/1.x out of bytes, strictly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "service/http/exchange.h"

namespace kirikae::http {

/// Where a head ends, or why there is none. What proxies and servers read differently is refused
/// (RFC 9112, 11.2: request smuggling).
struct HeadScan {
  size_t size = 0;  ///< of the head with its empty line; 0 = not whole yet
  int status = 0;   ///< to be answered; 0 = no fault so far
};

/// Looks for the end of a head that begins with `bytes`, of which the first `seen` were looked at
/// before without finding one. A line feed without a carriage return, or the other way round, a
/// control character and a folded line are 400.
HeadScan ScanHead(std::string_view bytes, size_t seen);

/// One request.
class Http1Reader {
 public:
  enum class Event {
    kNeedsMore,  ///< bytes
    kPiece,      ///< piece()
    kEnd,        ///< of the body
    kBroken,     ///< the body's framing can't be read
  };

  Http1Reader();
  ~Http1Reader();
  Http1Reader(const Http1Reader&) = delete;
  Http1Reader& operator=(const Http1Reader&) = delete;

  /// Reads a whole head. Returns 0, or the status to be answered: 400, 417, 501 or 505.
  int ReadHead(std::string_view head);

  // After ReadHead() has returned 0:

  /// method, path, query, authority, headers and version.
  Request& request();
  /// Whether the client wants to send more requests on this connection.
  bool keep_alive() const;
  /// Whether the client waits for `100 Continue` before it sends the body.
  bool expects_continue() const;
  /// The body's length where the head tells it; 0 without a body.
  std::optional<uint64_t> content_length() const;
  /// Whether the body is read to its end.
  bool complete() const;

  /// Reads of the body; `*used` is how many of the bytes are done with. `bytes` begins with those
  /// that were not used before.
  Event Next(std::string_view bytes, size_t* used);
  /// The piece of the last kPiece: part of its `bytes`.
  std::string_view piece() const;

 private:
  class Parser;

  std::unique_ptr<Parser> parser_;
};

}  // namespace kirikae::http

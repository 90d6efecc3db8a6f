// A client of HTTP/2.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/http/socket_client.h"
#include "tests/http/tls_client.h"

namespace kirikae::testing {

/// An answer of HTTP/2, as far as it has come.
struct Http2Answer {
  std::string status;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool closed = false;
  uint32_t code = 0;  ///< of the stream's end
};

class Http2Client {
 public:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  struct Wishes {
    bool takes_bodies = true;  ///< false = the windows are never opened again
    std::string from = {};     ///< the address of this end
  };

  /// Over plain text.
  explicit Http2Client(const std::string& address);
  Http2Client(const std::string& address, const Wishes& wishes);
  /// Over a TLS connection that speaks h2.
  explicit Http2Client(TlsClient& tls);
  ~Http2Client();
  Http2Client(const Http2Client&) = delete;
  Http2Client& operator=(const Http2Client&) = delete;

  /// Sends a request and returns the number of its stream. With `ends` false, its body is not
  /// whole with `body`.
  int32_t Send(const std::string& method, const std::string& path, const std::string& body = "",
               const Fields& fields = {}, bool ends = true);
  /// Sends a request whose pseudo-fields are as given, too.
  int32_t SendFields(const Fields& fields);
  void Reset(int32_t id);
  /// The answer once its stream is closed.
  const Http2Answer& Await(int32_t id);
  /// Reads until that is so; false when the server has closed the connection or 10 s have passed.
  bool ReadUntil(const std::function<bool()>& done);
  /// Sends a request and awaits the answer.
  const Http2Answer& Get(const std::string& path) { return Await(Send("GET", path)); }

  Http2Answer& answer(int32_t id) { return answers_[id]; }
  /// Whether the server has said goodbye, and with which code.
  bool gone() const { return gone_; }
  uint32_t gone_code() const { return gone_code_; }
  /// A setting of the server's; 0 when it set none.
  uint32_t Setting(int32_t id) const;
  /// What is unused of the window of a stream, of the connection for 0.
  int32_t Window(int32_t id) const;

 private:
  struct Body;

  void Begin(const Wishes& wishes);
  void Flush();

  std::unique_ptr<SocketClient> socket_;
  std::function<bool(std::string_view)> send_;
  std::function<std::string()> read_;
  nghttp2_session* session_ = nullptr;
  std::map<int32_t, Http2Answer> answers_;
  std::vector<std::unique_ptr<Body>> bodies_;
  std::map<int32_t, uint32_t> settings_;
  bool gone_ = false;
  uint32_t gone_code_ = 0;
};

}  // namespace kirikae::testing

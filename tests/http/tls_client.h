// A client of TLS.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>

#include "tests/http/certificates.h"
#include "tests/http/socket_client.h"

namespace kirikae::testing {

/// Takes any certificate of the server, and tells which it was.
class TlsClient {
 public:
  struct Wishes {
    const Certificate* own = nullptr;  ///< to be shown; null = none
    std::string protocols = {};        ///< each behind its length; "" = none is offered
    int highest_version = TLS1_3_VERSION;
    SSL_SESSION* session = nullptr;  ///< to be resumed
  };

  explicit TlsClient(const std::string& address);
  TlsClient(const std::string& address, const Wishes& wishes);

  /// Whether the handshake succeeded, as far as this side knows.
  bool connected() const { return connected_; }
  bool Send(std::string_view bytes);
  /// Reads until `end` has come, or to the end.
  std::string ReadUntil(std::string_view end);
  /// Reads what has come, at least a byte; "" at the end.
  std::string ReadSomeBytes();
  /// Sends a request and reads its answer, which has a content-length.
  std::string Get(const std::string& path);

  /// Gives up TLS, without telling the server, and leaves the connection open.
  std::unique_ptr<SocketClient> Leave();

  /// The name of the server's certificate.
  std::string ServerName() const;
  std::string Protocol() const;
  bool resumed() const { return SSL_session_reused(tls_.get()) == 1; }
  SSL* tls() const { return tls_.get(); }

 private:
  bool ReadSome();

  std::unique_ptr<SocketClient> socket_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_;
  bool connected_ = false;
  std::string in_;
};

}  // namespace kirikae::testing

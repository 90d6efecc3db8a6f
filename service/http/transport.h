// A connected socket, with TLS or without.
#pragma once

#include <openssl/ssl.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace kirikae::http {

/// Never blocks. The socket is the owner's; it is not closed here.
class Transport {
 public:
  enum class Result {
    kDone,
    kWantsRead,   ///< to be repeated once the socket can be read
    kWantsWrite,  ///< to be repeated once the socket can be written
    kClosed,      ///< the client ended its side
    kBroken,
  };

  explicit Transport(int socket) : socket_(socket) {}

  /// Goes over to TLS. kBroken when memory is short.
  Result StartTls(SSL_CTX* context);
  /// Goes on with the handshake; kDone when it is done.
  Result Handshake();
  /// Reads at most `size` bytes, `*count` of them.
  Result Read(char* bytes, size_t size, size_t* count);
  /// Writes the first `*count` bytes.
  Result Write(std::string_view bytes, size_t* count);
  /// Tells the client that nothing more comes.
  void EndWriting();

  bool secure() const { return tls_ != nullptr; }
  /// The protocol that the handshake chose: `h2`, `http/1.1` or "".
  std::string_view protocol() const;
  /// The subject of the client's verified certificate (RFC 2253); "" = none.
  std::string ClientSubject() const;
  /// Why the handshake failed, in the words of OpenSSL.
  const std::string& fault() const { return fault_; }

 private:
  struct Free {
    void operator()(SSL* tls) const { SSL_free(tls); }
  };

  Result Judge(int outcome);

  int socket_;
  std::unique_ptr<SSL, Free> tls_;
  std::string fault_;
};

}  // namespace kirikae::http

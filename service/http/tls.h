// The server's certificate and key.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"

namespace kirikae::http {

/// Files in PEM.
struct TlsFiles {
  std::string certificate;  ///< with the chain behind it
  std::string key;          ///< not encrypted; readable by its owner only
  std::string client_ca;    ///< the authorities of clients' certificates; "" = clients show none
};

/// A certificate and its key, ready to be served. Thread-safe.
class TlsContext {
 public:
  /// Reads and checks the files. FAILED_PRECONDITION (START_REFUSED) with what is wrong with which
  /// of them, also when the certificate has expired. A client without a certificate is served; one
  /// whose certificate is not of the authorities, or has expired, is not.
  static absl::StatusOr<std::shared_ptr<const TlsContext>> Load(const TlsFiles& files);

  SSL_CTX* get() const { return context_.get(); }
  /// When the certificate expires, in seconds since 1970.
  int64_t expiry() const;

 private:
  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };

  explicit TlsContext(SSL_CTX* context) : context_(context) {}

  const std::unique_ptr<SSL_CTX, Free> context_;
};

/// The context that new connections get. Thread-safe.
class TlsHolder {
 public:
  explicit TlsHolder(std::shared_ptr<const TlsContext> context) : context_(std::move(context)) {}

  std::shared_ptr<const TlsContext> Current() const;
  /// Open connections go on with the one that they began with.
  void Replace(std::shared_ptr<const TlsContext> context);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const TlsContext> context_;
};

}  // namespace kirikae::http

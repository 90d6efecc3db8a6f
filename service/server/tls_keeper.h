// The certificates of both ports.
#pragma once

#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/http/tls.h"
#include "service/server/config.h"
#include "service/server/memory_file.h"

namespace kirikae::server {

/// Reads the certificate, its key and the authorities of clients from the configured files, and
/// gives them to both ports. Load and Reload are called on one thread.
class TlsKeeper {
 public:
  /// FAILED_PRECONDITION: a file can't be read, the key does not fit or others can read it, or the
  /// certificate has expired.
  static absl::StatusOr<std::unique_ptr<TlsKeeper>> Load(const Config& config);

  /// Reads the files again. On an error the certificates stay as they were. New connections have
  /// the new ones: over HTTP at once, over gRPC within a second.
  absl::Status Reload();

  /// For gRPC's port.
  std::shared_ptr<grpc::ServerCredentials> credentials() const { return credentials_; }
  /// For the HTTP port.
  std::shared_ptr<http::TlsHolder> holder() const { return holder_; }

 private:
  explicit TlsKeeper(const Config& config);

  // The texts of the files, in the order of TlsFiles.
  absl::StatusOr<std::vector<std::string>> ReadFiles() const;

  const http::TlsFiles files_;
  std::shared_ptr<http::TlsHolder> holder_;
  // gRPC reads a certificate that may change only from files: the chain with its key, so that both
  // change in one step, and the authorities.
  MemoryFile identity_;
  MemoryFile authorities_;
  std::shared_ptr<grpc::ServerCredentials> credentials_;
};

}  // namespace kirikae::server

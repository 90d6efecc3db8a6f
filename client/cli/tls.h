// Encrypted connections.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

namespace kirikae::cli {

/// The files of an encrypted connection (PEM).
struct TlsFiles {
  std::string ca;    ///< authorities; "" = those of the machine
  std::string cert;  ///< the client's certificate chain; "" = none
  std::string key;   ///< its key
};

/// The file of authorities: the given one, or the machine's.
std::string AuthoritiesOf(const TlsFiles& files);

/// Throws Failure: a file can't be read or holds no PEM (TLS_FILE), another account can read the
/// key (TLS_KEY_OPEN_TO_OTHERS), or a certificate has no key or a key no certificate (TLS_FILES).
std::shared_ptr<grpc::ChannelCredentials> TlsCredentials(const TlsFiles& files);

}  // namespace kirikae::cli

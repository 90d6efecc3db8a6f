// The certificate that a service shows.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "client/cli/tls.h"

namespace kirikae::cli {

enum class Trust {
  kTrusted,
  kUnknownAuthority,
  kExpired,
  kNotYetValid,
  kOtherName,
  kOther,
  kNoTls,  ///< the service does not speak TLS, or the handshake failed
};

struct Certificate {
  Trust trust = Trust::kNoTls;
  std::string names;  ///< the DNS names and addresses it stands for, else its common name
  absl::Time end = absl::InfinitePast();
  std::string fault;  ///< what the library says where it is not trusted
};

/// Connects to HOST:PORT and looks at the certificate, at most some seconds. Throws Failure as
/// TlsCredentials does for the files.
Certificate LookAtCertificate(const std::string& server, const TlsFiles& files);

/// Whether something listens at HOST:PORT or unix:PATH: connects and hangs up. Otherwise `why` has
/// the system's message.
bool IsReachable(const std::string& server, std::string& why);

}  // namespace kirikae::cli

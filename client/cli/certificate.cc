#include "client/cli/certificate.h"

#include <fcntl.h>
#include <netdb.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <memory>
#include <utility>

#include "client/cli/server_address.h"

namespace kirikae::cli {
namespace {

constexpr int kPatience = 5;  // seconds

struct Deleter {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};
template <typename T>
using Owned = std::unique_ptr<T, Deleter>;

// A descriptor that is closed with it; -1 = none.
class Socket {
 public:
  explicit Socket(int file) : file_(file) {}
  ~Socket() {
    if (file_ >= 0) close(file_);
  }
  Socket(Socket&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  Socket& operator=(Socket&&) = delete;
  int file() const { return file_; }

 private:
  int file_;
};

// Connects within kPatience; returns 0 or the error number.
int Connect(int file, const sockaddr* address, socklen_t length) {
  const int flags = fcntl(file, F_GETFL);
  fcntl(file, F_SETFL, flags | O_NONBLOCK);
  if (connect(file, address, length) != 0 && errno != EINPROGRESS) return errno;
  pollfd ready{.fd = file, .events = POLLOUT, .revents = 0};
  if (poll(&ready, 1, kPatience * 1000) <= 0) return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof(error);
  getsockopt(file, SOL_SOCKET, SO_ERROR, &error, &size);
  fcntl(file, F_SETFL, flags);
  return error;
}

Socket ConnectUnix(const std::string& path, std::string& why) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) {
    why = std::strerror(ENAMETOOLONG);
    return Socket(-1);
  }
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  Socket socket_file(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int error =
      Connect(socket_file.file(), reinterpret_cast<sockaddr*>(&address), sizeof(address));
  if (error == 0) return socket_file;
  why = std::strerror(error);
  return Socket(-1);
}

Socket ConnectTo(const std::string& server, std::string& why) {
  constexpr char kUnix[] = "unix:";
  if (server.starts_with(kUnix)) return ConnectUnix(server.substr(sizeof(kUnix) - 1), why);
  const HostAndPort at = SplitServer(server);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(at.host.c_str(), at.port.c_str(), &hints, &found);
  const Owned<addrinfo> list(found);
  if (error != 0) {
    why = gai_strerror(error);
    return Socket(-1);
  }
  for (const addrinfo* each = list.get(); each != nullptr; each = each->ai_next) {
    Socket socket_file(socket(each->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int fault = Connect(socket_file.file(), each->ai_addr, each->ai_addrlen);
    if (fault == 0) return socket_file;
    why = std::strerror(fault);
  }
  return Socket(-1);
}

std::string NamesIn(X509* certificate) {
  std::string all;
  const Owned<GENERAL_NAMES> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; names != nullptr && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS) continue;
    const auto* const text = ASN1_STRING_get0_data(name->d.dNSName);
    all += (all.empty() ? "" : ", ");
    all.append(reinterpret_cast<const char*>(text),
               static_cast<size_t>(ASN1_STRING_length(name->d.dNSName)));
  }
  if (!all.empty()) return all;
  char common[256] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, common,
                            sizeof(common));
  return common;
}

Trust TrustOf(long verified) {
  switch (verified) {
    case X509_V_OK:
      return Trust::kTrusted;
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return Trust::kExpired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return Trust::kNotYetValid;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return Trust::kOtherName;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return Trust::kUnknownAuthority;
    default:
      return Trust::kOther;
  }
}

void ExpectName(SSL* ssl, const std::string& host) {
  X509_VERIFY_PARAM* const checks = SSL_get0_param(ssl);
  if (X509_VERIFY_PARAM_set1_ip_asc(checks, host.c_str()) == 1) return;
  SSL_set1_host(ssl, host.c_str());
  SSL_set_tlsext_host_name(ssl, host.c_str());
}

}  // namespace

bool IsReachable(const std::string& server, std::string& why) {
  return ConnectTo(server, why).file() >= 0;
}

Certificate LookAtCertificate(const std::string& server, const TlsFiles& files) {
  Certificate seen;
  const Socket socket_file = ConnectTo(server, seen.fault);
  if (socket_file.file() < 0) return seen;
  const timeval patience{.tv_sec = kPatience, .tv_usec = 0};
  setsockopt(socket_file.file(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  setsockopt(socket_file.file(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  const Owned<SSL_CTX> context(SSL_CTX_new(TLS_client_method()));
  const std::string authorities = AuthoritiesOf(files);
  SSL_CTX_load_verify_locations(context.get(), authorities.c_str(), nullptr);
  if (!files.cert.empty()) {
    SSL_CTX_use_certificate_chain_file(context.get(), files.cert.c_str());
    SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM);
  }
  const Owned<SSL> ssl(SSL_new(context.get()));
  // The handshake goes on with any certificate: this connection carries nothing.
  SSL_set_verify(ssl.get(), SSL_VERIFY_NONE, nullptr);
  constexpr unsigned char kHttp2[] = {2, 'h', '2'};
  SSL_set_alpn_protos(ssl.get(), kHttp2, sizeof(kHttp2));
  ExpectName(ssl.get(), SplitServer(server).host);
  SSL_set_fd(ssl.get(), socket_file.file());
  if (SSL_connect(ssl.get()) != 1) {
    seen.fault = ERR_reason_error_string(ERR_peek_last_error()) == nullptr
                     ? ""
                     : ERR_reason_error_string(ERR_peek_last_error());
    return seen;
  }
  const Owned<X509> certificate(SSL_get1_peer_certificate(ssl.get()));
  if (certificate == nullptr) return seen;
  const long verified = SSL_get_verify_result(ssl.get());
  seen.trust = TrustOf(verified);
  seen.names = NamesIn(certificate.get());
  if (verified != X509_V_OK) seen.fault = X509_verify_cert_error_string(verified);
  std::tm end{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) == 1) {
    seen.end = absl::FromTM(end, absl::UTCTimeZone());
  }
  return seen;
}

}  // namespace kirikae::cli

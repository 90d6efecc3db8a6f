#include "service/http/transport.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "service/http/certificate.h"

namespace kirikae::http {
namespace {

bool WouldBlock() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

Transport::Result Transport::StartTls(SSL_CTX* context) {
  tls_.reset(SSL_new(context));
  if (tls_ == nullptr || SSL_set_fd(tls_.get(), socket_) != 1) return Result::kBroken;
  SSL_set_accept_state(tls_.get());
  return Result::kDone;
}

Transport::Result Transport::Handshake() {
  ERR_clear_error();
  return Judge(SSL_do_handshake(tls_.get()));
}

Transport::Result Transport::Read(char* bytes, size_t size, size_t* count) {
  if (tls_ != nullptr) {
    ERR_clear_error();
    return Judge(SSL_read_ex(tls_.get(), bytes, size, count));
  }
  const ssize_t got = recv(socket_, bytes, size, 0);
  if (got < 0) return WouldBlock() ? Result::kWantsRead : Result::kBroken;
  *count = static_cast<size_t>(got);
  return got == 0 ? Result::kClosed : Result::kDone;
}

Transport::Result Transport::Write(std::string_view bytes, size_t* count) {
  if (tls_ != nullptr) {
    ERR_clear_error();
    return Judge(SSL_write_ex(tls_.get(), bytes.data(), bytes.size(), count));
  }
  const ssize_t put = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (put < 0) return WouldBlock() ? Result::kWantsWrite : Result::kBroken;
  *count = static_cast<size_t>(put);
  return Result::kDone;
}

void Transport::EndWriting() {
  if (tls_ != nullptr && SSL_is_init_finished(tls_.get()) == 1) {
    ERR_clear_error();
    SSL_shutdown(tls_.get());
  }
  shutdown(socket_, SHUT_WR);
}

std::string_view Transport::protocol() const {
  const unsigned char* name = nullptr;
  unsigned int length = 0;
  if (tls_ != nullptr) SSL_get0_alpn_selected(tls_.get(), &name, &length);
  return {reinterpret_cast<const char*>(name), length};
}

std::string Transport::ClientSubject() const {
  if (tls_ == nullptr || SSL_get_verify_result(tls_.get()) != X509_V_OK) return "";
  X509* const certificate = SSL_get0_peer_certificate(tls_.get());
  return certificate == nullptr ? "" : SubjectOf(certificate);
}

Transport::Result Transport::Judge(int outcome) {
  if (outcome == 1) return Result::kDone;
  switch (SSL_get_error(tls_.get(), outcome)) {
    case SSL_ERROR_WANT_READ:
      return Result::kWantsRead;
    case SSL_ERROR_WANT_WRITE:
      return Result::kWantsWrite;
    case SSL_ERROR_ZERO_RETURN:
      return Result::kClosed;
    default:
      if (const char* const reason = ERR_reason_error_string(ERR_peek_last_error())) {
        fault_ = reason;
      }
      return Result::kBroken;
  }
}

}  // namespace kirikae::http

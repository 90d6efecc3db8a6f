#include "tests/http/tls_client.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <utility>

namespace kirikae::testing {
namespace {

constexpr timeval kPatience = {10, 0};

}  // namespace

TlsClient::TlsClient(const std::string& address) : TlsClient(address, Wishes()) {}

TlsClient::TlsClient(const std::string& address, const Wishes& wishes)
    : socket_(std::make_unique<SocketClient>(address)),
      context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free),
      tls_(nullptr, SSL_free) {
  // OpenSSL writes to a connection that the server has closed so that the signal is raised.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  SSL_CTX_set_max_proto_version(context_.get(), wishes.highest_version);
  if (wishes.own != nullptr) {
    SSL_CTX_use_certificate(context_.get(), wishes.own->certificate());
    SSL_CTX_use_PrivateKey(context_.get(), wishes.own->key());
  }
  tls_.reset(SSL_new(context_.get()));
  if (!wishes.protocols.empty()) {
    SSL_set_alpn_protos(tls_.get(), reinterpret_cast<const unsigned char*>(wishes.protocols.data()),
                        static_cast<unsigned int>(wishes.protocols.size()));
  }
  if (wishes.session != nullptr) SSL_set_session(tls_.get(), wishes.session);
  setsockopt(socket_->file(), SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof(kPatience));
  SSL_set_fd(tls_.get(), socket_->file());
  connected_ = socket_->connected() && SSL_connect(tls_.get()) == 1;
}

bool TlsClient::Send(std::string_view bytes) {
  size_t count = 0;
  return SSL_write_ex(tls_.get(), bytes.data(), bytes.size(), &count) == 1;
}

bool TlsClient::ReadSome() {
  char bytes[16'384];
  size_t count = 0;
  if (SSL_read_ex(tls_.get(), bytes, sizeof(bytes), &count) != 1) return false;
  in_.append(bytes, count);
  return true;
}

std::string TlsClient::ReadUntil(std::string_view end) {
  size_t found = in_.find(end);
  while (found == std::string::npos && ReadSome()) found = in_.find(end);
  const size_t size = found == std::string::npos ? in_.size() : found + end.size();
  std::string out = in_.substr(0, size);
  in_.erase(0, size);
  return out;
}

std::string TlsClient::ReadSomeBytes() {
  if (in_.empty()) ReadSome();
  std::string out;
  out.swap(in_);
  return out;
}

std::string TlsClient::Get(const std::string& path) {
  Send("GET " + path + " HTTP/1.1\r\nHost: ward.example\r\n\r\n");
  std::string answer = ReadUntil("\r\n\r\n");
  constexpr std::string_view kLength = "\r\ncontent-length: ";
  const size_t at = answer.find(kLength);
  if (at == std::string::npos) return answer;
  const size_t size = std::stoul(answer.substr(at + kLength.size()));
  while (in_.size() < size && ReadSome()) {
  }
  answer += in_.substr(0, size);
  in_.erase(0, size);
  return answer;
}

std::unique_ptr<SocketClient> TlsClient::Leave() {
  tls_ = nullptr;
  return std::move(socket_);
}

std::string TlsClient::ServerName() const {
  X509* const certificate = SSL_get0_peer_certificate(tls_.get());
  if (certificate == nullptr) return "";
  char name[256] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof(name));
  return name;
}

std::string TlsClient::Protocol() const {
  const unsigned char* name = nullptr;
  unsigned int length = 0;
  SSL_get0_alpn_selected(tls_.get(), &name, &length);
  return {reinterpret_cast<const char*>(name), length};
}

}  // namespace kirikae::testing

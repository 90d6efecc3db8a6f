#include "service/http/tls.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <string_view>
#include <utility>
#include <vector>

#include "service/http/refused.h"
#include "service/status_macros.h"

namespace kirikae::http {
namespace {

using domain::Sentence;

// The protocols in the order of preference, each behind its length (RFC 7301).
constexpr std::string_view kProtocols = "\x02h2\x08http/1.1";
constexpr unsigned char kSessions[] = "kirikae";

template <typename T, void (*kFree)(T*)>
struct Free {
  void operator()(T* object) const { kFree(object); }
};
using Certificate = std::unique_ptr<X509, Free<X509, X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY, EVP_PKEY_free>>;

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

absl::StatusOr<std::string> ReadPem(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::array<char, 4'096> bytes{};
  while (file.read(bytes.data(), bytes.size()) || file.gcount() > 0) {
    text.append(bytes.data(), static_cast<size_t>(file.gcount()));
  }
  if (!file.is_open() || file.bad()) {
    return Refused(Sentence("$0 can't be read: $1", {path, std::strerror(errno)}));
  }
  return text;
}

Bio Reader(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// All certificates of a file; none when it holds something else too.
std::vector<Certificate> Certificates(const std::string& text) {
  std::vector<Certificate> found;
  const Bio bio = Reader(text);
  ERR_clear_error();
  while (X509* const next = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    found.emplace_back(next);
  }
  if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE) found.clear();
  ERR_clear_error();
  return found;
}

std::string DayOf(const ASN1_TIME* time) {
  constexpr size_t kMostBytes = 32;
  std::tm parts{};
  ASN1_TIME_to_tm(time, &parts);
  std::array<char, kMostBytes> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M UTC", &parts)};
}

absl::Status CheckTime(const X509* certificate, const std::string& path) {
  if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0) {
    return Refused(Sentence("The certificate in $0 expired on $1. Put a new one in its place.",
                            {path, DayOf(X509_get0_notAfter(certificate))}));
  }
  if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0) {
    return Refused(
        Sentence("The certificate in $0 is not valid before $1. Check the machine's clock.",
                 {path, DayOf(X509_get0_notBefore(certificate))}));
  }
  return absl::OkStatus();
}

absl::Status UseCertificate(SSL_CTX* context, const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadPem(path));
  std::vector<Certificate> chain = Certificates(text);
  if (chain.empty()) {
    return Refused(Sentence("$0 holds no certificate in PEM form.", {path}));
  }
  RETURN_IF_ERROR(CheckTime(chain.front().get(), path));
  bool used = SSL_CTX_use_certificate(context, chain.front().get()) == 1;
  for (size_t i = 1; used && i < chain.size(); ++i) {
    used = SSL_CTX_add1_chain_cert(context, chain[i].get()) == 1;
  }
  if (used) return absl::OkStatus();
  return Refused(Sentence("The certificate in $0 can't be used: $1",
                          {path, ERR_reason_error_string(ERR_peek_last_error())}));
}

// Instead of asking for a passphrase at the terminal.
int NoPassphrase(char* /*text*/, int /*size*/, int /*writes*/, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

absl::Status UseKey(SSL_CTX* context, const TlsFiles& files) {
  struct stat info {};
  if (stat(files.key.c_str(), &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Refused(
        Sentence("Others can read the private key $0. Make it its owner's alone: chmod 600 $0",
                 {files.key}));
  }
  ASSIGN_OR_RETURN(const std::string text, ReadPem(files.key));
  bool encrypted = false;
  const Bio bio = Reader(text);
  const Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassphrase, &encrypted));
  ERR_clear_error();
  if (key == nullptr && encrypted) {
    return Refused(
        Sentence("The private key $0 is encrypted. Keep it without a passphrase, readable by its "
                 "owner only.",
                 {files.key}));
  }
  if (key == nullptr) {
    return Refused(Sentence("$0 holds no private key in PEM form.", {files.key}));
  }
  if (X509_check_private_key(SSL_CTX_get0_certificate(context), key.get()) != 1 ||
      SSL_CTX_use_PrivateKey(context, key.get()) != 1) {
    return Refused(Sentence("The private key $0 is not that of the certificate $1.",
                            {files.key, files.certificate}));
  }
  return absl::OkStatus();
}

absl::Status UseClientCa(SSL_CTX* context, const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadPem(path));
  const std::vector<Certificate> authorities = Certificates(text);
  if (authorities.empty()) {
    return Refused(Sentence("$0 holds no certificate in PEM form.", {path}));
  }
  for (const Certificate& authority : authorities) {
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get());
    SSL_CTX_add_client_CA(context, authority.get());
  }
  // An authority may itself be certified by one that is not in the file.
  X509_STORE_set_flags(SSL_CTX_get_cert_store(context), X509_V_FLAG_PARTIAL_CHAIN);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  return absl::OkStatus();
}

int ChooseProtocol(SSL* /*tls*/, const unsigned char** chosen, unsigned char* length,
                   const unsigned char* offered, unsigned int offered_length, void* /*unused*/) {
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, length,
                            reinterpret_cast<const unsigned char*>(kProtocols.data()),
                            static_cast<unsigned int>(kProtocols.size()), offered,
                            offered_length) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const TlsContext>> TlsContext::Load(const TlsFiles& files) {
  const std::shared_ptr<const TlsContext> loaded(new TlsContext(SSL_CTX_new(TLS_server_method())));
  SSL_CTX* const context = loaded->get();
  if (context == nullptr) return absl::ResourceExhaustedError("no memory for TLS");
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  // Of TLS 1.2 only what HTTP/2 allows (RFC 9113, 9.2.2).
  SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  // A connection that rests gives its buffers of 34 KiB back.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // Sessions are the clients' to keep, in tickets; without an id none could be resumed where
  // clients show certificates.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_session_id_context(context, kSessions, sizeof(kSessions) - 1);
  SSL_CTX_set_alpn_select_cb(context, ChooseProtocol, nullptr);
  RETURN_IF_ERROR(UseCertificate(context, files.certificate));
  RETURN_IF_ERROR(UseKey(context, files));
  if (!files.client_ca.empty()) RETURN_IF_ERROR(UseClientCa(context, files.client_ca));
  return loaded;
}

int64_t TlsContext::expiry() const {
  std::tm time{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(SSL_CTX_get0_certificate(context_.get())), &time) != 1) {
    return 0;
  }
  return timegm(&time);
}

std::shared_ptr<const TlsContext> TlsHolder::Current() const {
  const std::lock_guard lock(mutex_);
  return context_;
}

void TlsHolder::Replace(std::shared_ptr<const TlsContext> context) {
  const std::lock_guard lock(mutex_);
  context_ = std::move(context);
}

}  // namespace kirikae::http

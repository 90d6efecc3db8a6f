#include "service/server/certificate_command.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "service/server/failure.h"
#include "service/server/refused.h"
#include "service/server/said.h"
#include "service/server/state_files.h"
#include "service/server/text_files.h"
#include "service/status_macros.h"

namespace kirikae::server {
namespace {

using domain::Sentence;

template <auto free>
struct Freed {
  template <typename T>
  void operator()(T* object) const {
    free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;

// Browsers take no certificate of a server that holds for more than 825 days.
constexpr int kServerDays = 800;
constexpr int kAuthorityDays = 3650;
constexpr long kDay = 24L * 60 * 60;
constexpr size_t kSerialBytes = 16;

absl::Status Failed() {
  std::array<char, 256> text{};
  ERR_error_string_n(ERR_get_error(), text.data(), text.size());
  return absl::InternalError(std::string("OpenSSL: ") + text.data());
}

// The authority, or a server's certificate that it signs.
struct Pair {
  Key key;
  Certificate certificate;
};

std::string Taken(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<size_t>(size)};
}

std::string PemOf(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return Taken(bio.get());
}

std::string PemOf(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(bio.get(), certificate);
  return Taken(bio.get());
}

bool IsAddress(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

bool IsHost(const std::string& host) {
  constexpr std::string_view kCharacters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
  constexpr size_t kLongest = 253;
  return IsAddress(host) ||
         (!host.empty() && host.size() <= kLongest &&
          host.find_first_not_of(kCharacters) == std::string::npos && host.front() != '.' &&
          host.front() != '-' && host.find("..") == std::string::npos);
}

// `DNS:inventory.example,IP:192.0.2.7`
std::string AlternativeNames(const std::vector<std::string>& hosts) {
  std::string names;
  for (const std::string& host : hosts) {
    names += (names.empty() ? "" : ",") + std::string(IsAddress(host) ? "IP:" : "DNS:") + host;
  }
  return names;
}

bool Extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  if (extension == nullptr) return false;
  const bool added = X509_add_ext(certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  return added;
}

// A key and an unsigned certificate for the name, from now on.
absl::StatusOr<Pair> Begin(const std::string& name, int days) {
  Pair pair{Key(EVP_EC_gen("P-256")), Certificate(X509_new())};
  X509* const own = pair.certificate.get();
  std::array<unsigned char, kSerialBytes> serial{};
  if (pair.key == nullptr || own == nullptr || RAND_bytes(serial.data(), kSerialBytes) != 1) {
    return Failed();
  }
  serial[0] = static_cast<unsigned char>((serial[0] & 0x7FU) | 0x40U);
  const std::unique_ptr<BIGNUM, Freed<BN_free>> number(
      BN_bin2bn(serial.data(), kSerialBytes, nullptr));
  const bool made = X509_set_version(own, X509_VERSION_3) == 1 && number != nullptr &&
                    BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(own)) != nullptr &&
                    // Clocks of other machines may be behind.
                    X509_gmtime_adj(X509_getm_notBefore(own), -kDay) != nullptr &&
                    X509_gmtime_adj(X509_getm_notAfter(own), kDay * days) != nullptr &&
                    X509_set_pubkey(own, pair.key.get()) == 1 &&
                    X509_NAME_add_entry_by_txt(X509_get_subject_name(own), "CN", MBSTRING_UTF8,
                                               reinterpret_cast<const unsigned char*>(name.c_str()),
                                               -1, -1, 0) == 1;
  if (!made) return Failed();
  return pair;
}

absl::StatusOr<Pair> NewAuthority(const std::string& host) {
  ASSIGN_OR_RETURN(Pair pair, Begin("Kirikae " + host.substr(0, 40), kAuthorityDays));
  X509* const own = pair.certificate.get();
  const bool made = X509_set_issuer_name(own, X509_get_subject_name(own)) == 1 &&
                    Extend(own, own, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
                    Extend(own, own, NID_key_usage, "critical,keyCertSign,cRLSign") &&
                    Extend(own, own, NID_subject_key_identifier, "hash") &&
                    X509_sign(own, pair.key.get(), EVP_sha256()) > 0;
  if (!made) return Failed();
  return pair;
}

absl::StatusOr<Pair> NewServer(const Pair& authority, const std::vector<std::string>& hosts) {
  constexpr size_t kLongestName = 64;
  ASSIGN_OR_RETURN(Pair pair, Begin(hosts.front().substr(0, kLongestName), kServerDays));
  X509* const own = pair.certificate.get();
  X509* const issuer = authority.certificate.get();
  const bool made = X509_set_issuer_name(own, X509_get_subject_name(issuer)) == 1 &&
                    Extend(own, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
                    Extend(own, issuer, NID_key_usage, "critical,digitalSignature") &&
                    Extend(own, issuer, NID_ext_key_usage, "serverAuth") &&
                    Extend(own, issuer, NID_subject_key_identifier, "hash") &&
                    Extend(own, issuer, NID_authority_key_identifier, "keyid") &&
                    Extend(own, issuer, NID_subject_alt_name, AlternativeNames(hosts)) &&
                    X509_sign(own, authority.key.get(), EVP_sha256()) > 0;
  if (!made) return Failed();
  return pair;
}

bool Exists(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0;
}

absl::StatusOr<Pair> ReadAuthority(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::vector<std::string> texts,
                   ReadTextFiles({folder + "/ca.key", folder + "/ca.crt"}));
  const Bio key(BIO_new_mem_buf(texts[0].data(), static_cast<int>(texts[0].size())));
  const Bio certificate(BIO_new_mem_buf(texts[1].data(), static_cast<int>(texts[1].size())));
  Pair pair{Key(PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr)),
            Certificate(PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr))};
  if (pair.key == nullptr || pair.certificate == nullptr ||
      X509_check_private_key(pair.certificate.get(), pair.key.get()) != 1) {
    return Refused(
        Sentence("$0/ca.key and $0/ca.crt are no authority's key and its certificate. "
                 "Put the right ones there, or name another folder with --to.",
                 {folder}));
  }
  if (X509_cmp_current_time(X509_get0_notAfter(pair.certificate.get())) <= 0) {
    return Refused(
        Sentence("The authority $0/ca.crt has expired. Move $0/ca.crt and $0/ca.key away and run "
                 "this again; then install the new ca.crt on every machine.",
                 {folder}));
  }
  return pair;
}

absl::Status Keep(const std::string& folder, const std::string& name, const Pair& pair) {
  RETURN_IF_ERROR(ReplaceSecret(folder + "/" + name + ".key", PemOf(pair.key.get())));
  return ReplaceSecret(folder + "/" + name + ".crt", PemOf(pair.certificate.get()));
}

absl::Status Make(const Config& config) {
  for (const std::string& host : config.hosts) {
    if (IsHost(host)) continue;
    return Refused(Sentence("$0 is neither a host name nor an address of a machine.", {host}));
  }
  const std::string folder =
      config.certificates_to.empty() ? config.state_dir + "/tls" : config.certificates_to;
  if (config.certificates_to.empty()) RETURN_IF_ERROR(MakeDirectory(config.state_dir));
  RETURN_IF_ERROR(MakeDirectory(folder));
  Pair authority;
  if (Exists(folder + "/ca.key") || Exists(folder + "/ca.crt")) {
    ASSIGN_OR_RETURN(authority, ReadAuthority(folder));
  } else {
    ASSIGN_OR_RETURN(authority, NewAuthority(config.hosts.front()));
    RETURN_IF_ERROR(Keep(folder, "ca", authority));
  }
  ASSIGN_OR_RETURN(const Pair server, NewServer(authority, config.hosts));
  RETURN_IF_ERROR(Keep(folder, "server", server));
  Say(std::cout, Sentence("$0/server.crt holds for $1 days for: $2",
                          {folder, std::to_string(kServerDays), AlternativeNames(config.hosts)}));
  Say(std::cout,
      Sentence("Start the daemon with --tls-cert $0/server.crt --tls-key $0/server.key; a running "
               "one takes them on SIGHUP (systemctl reload kirikaed).",
               {folder}));
  Say(std::cout,
      Sentence("Install $0/ca.crt on every PC: Windows: certutil -addstore -f Root ca.crt (or by "
               "group policy, Trusted Root Certification Authorities); kirikae: --ca ca.crt.",
               {folder}));
  Say(std::cout,
      Sentence("Keep $0/ca.key apart from this machine: who has it can pass for any server. Only "
               "this command needs it, for the next certificate.",
               {folder}));
  return absl::OkStatus();
}

}  // namespace

int MakeCertificate(const Config& config) {
  const absl::Status status = Make(config);
  return status.ok() ? 0 : Fail(status);
}

}  // namespace kirikae::server

#include "tests/http/certificates.h"

#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <atomic>

#include "tests/support/program.h"

namespace kirikae::testing {
namespace {

constexpr long kDaySeconds = 86'400;

void AddName(X509_NAME* subject, const char* part, const std::string& value) {
  X509_NAME_add_entry_by_txt(subject, part, MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(value.data()),
                             static_cast<int>(value.size()), -1, 0);
}

void AddExtension(X509* certificate, int kind, const char* value) {
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

template <typename Write>
std::string Pem(Write write) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
  EXPECT_EQ(write(bio.get()), 1);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<size_t>(size)};
}

}  // namespace

Certificate::Certificate(const std::string& name, const Certificate* issuer)
    : Certificate(name, issuer, Wishes()) {}

Certificate::Certificate(const std::string& name, const Certificate* issuer, const Wishes& wishes)
    : key_(EVP_EC_gen("P-256"), EVP_PKEY_free), certificate_(X509_new(), X509_free) {
  static std::atomic<long> serial{1};
  X509* const own = certificate_.get();
  X509_set_version(own, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(own), serial++);
  X509_gmtime_adj(X509_getm_notBefore(own), wishes.begins * kDaySeconds);
  X509_gmtime_adj(X509_getm_notAfter(own), wishes.ends * kDaySeconds);
  X509_set_pubkey(own, key_.get());
  X509_NAME* const subject = X509_get_subject_name(own);
  if (!wishes.organization.empty()) AddName(subject, "O", wishes.organization);
  AddName(subject, "CN", name);
  X509_set_issuer_name(own,
                       issuer == nullptr ? subject : X509_get_subject_name(issuer->certificate()));
  if (wishes.is_authority) AddExtension(own, NID_basic_constraints, "critical,CA:TRUE");
  AddExtension(own, NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
  X509_sign(own, issuer == nullptr ? key_.get() : issuer->key(), EVP_sha256());
}

std::string Certificate::CertificatePem() const {
  return Pem([this](BIO* bio) { return PEM_write_bio_X509(bio, certificate_.get()); });
}

std::string Certificate::KeyPem() const {
  return Pem([this](BIO* bio) {
    return PEM_write_bio_PrivateKey(bio, key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

std::string Certificate::EncryptedKeyPem() const {
  return Pem([this](BIO* bio) {
    const unsigned char passphrase[] = "secret";
    return PEM_write_bio_PrivateKey(bio, key_.get(), EVP_aes_256_cbc(), passphrase,
                                    sizeof(passphrase) - 1, nullptr, nullptr);
  });
}

void WriteSecret(const std::string& path, const std::string& content) {
  WriteFile(path, content);
  chmod(path.c_str(), S_IRUSR | S_IWUSR);
}

}  // namespace kirikae::testing

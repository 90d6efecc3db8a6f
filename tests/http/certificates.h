// Certificates for tests, made on the spot.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace kirikae::testing {

/// A certificate and its key.
class Certificate {
 public:
  struct Wishes {
    int begins = -1;  ///< days from now
    int ends = 30;    ///< days from now
    bool is_authority = false;
    std::string organization = {};  ///< UTF-8; "" = none
  };

  /// One for the name, which `issuer` signs, or itself when there is none.
  explicit Certificate(const std::string& name, const Certificate* issuer = nullptr);
  Certificate(const std::string& name, const Certificate* issuer, const Wishes& wishes);

  X509* certificate() const { return certificate_.get(); }
  EVP_PKEY* key() const { return key_.get(); }
  std::string CertificatePem() const;
  std::string KeyPem() const;
  /// Encrypted with the passphrase "secret".
  std::string EncryptedKeyPem() const;

 private:
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
  std::unique_ptr<X509, decltype(&X509_free)> certificate_;
};

/// Writes a file that its owner only can read.
void WriteSecret(const std::string& path, const std::string& content);

}  // namespace kirikae::testing

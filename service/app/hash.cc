#include "service/app/hash.h"

#include <sodium.h>

#include <array>

namespace kirikae::app {
namespace {

constexpr size_t kHashBytes = 32;
constexpr size_t kSealBytes = 16;

std::string Hex(const unsigned char* bytes, size_t size) {
  std::string hex(size * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes, size);
  hex.pop_back();
  return hex;
}

}  // namespace

std::string HashHex(std::string_view bytes) {
  std::array<unsigned char, kHashBytes> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  return Hex(hash.data(), hash.size());
}

std::string SealHex(std::string_view bytes) {
  static const std::array<unsigned char, kHashBytes> kKey = [] {
    std::array<unsigned char, kHashBytes> key{};
    randombytes_buf(key.data(), key.size());
    return key;
  }();
  std::array<unsigned char, kSealBytes> seal{};
  crypto_generichash(seal.data(), seal.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), kKey.data(), kKey.size());
  return Hex(seal.data(), seal.size());
}

std::string Sha256Hex(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size());
  return Hex(hash.data(), hash.size());
}

std::string NewSecret() {
  std::array<unsigned char, kHashBytes> secret{};
  randombytes_buf(secret.data(), secret.size());
  return "krk_" + Hex(secret.data(), secret.size());
}

}  // namespace kirikae::app

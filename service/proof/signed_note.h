// Signed notes, as https://c2sp.org/signed-note defines them, with Ed25519.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace kirikae::proof {

/// A public key with its name. Its text is `NAME+ID+KEY`: the id in eight hex digits, then a byte
/// for the kind of key (1) and the key itself in base64.
struct PublicKey {
  std::string name;
  std::array<unsigned char, 32> key{};

  /// The first four bytes of the SHA-256 of the name, a new line, the kind and the key.
  uint32_t id() const;
  std::string Text() const;
  /// Absent for a text of another form, or whose id is not that of its name and key.
  static std::optional<PublicKey> Parse(std::string_view text);
};

/// A key that signs. Its text is `PRIVATE+KEY+NAME+ID+SEED`, the form that Go's package note
/// writes.
class SigningKey {
 public:
  /// A new one. The name has at least one character, no space and no `+`.
  static SigningKey Make(std::string name);
  /// Absent for a text of another form.
  static std::optional<SigningKey> Parse(std::string_view text);

  const PublicKey& public_key() const { return public_; }
  std::string Text() const;
  /// The note of a text that ends with a new line, with a line for the signature.
  std::string Sign(std::string_view text) const;

 private:
  SigningKey(std::string name, const std::array<unsigned char, 32>& seed);

  std::array<unsigned char, 32> seed_;
  std::array<unsigned char, 64> secret_{};
  PublicKey public_;
};

/// What a note's signatures are worth.
enum class Signature {
  kGood,        ///< one is by a known key and right; none by a known key is wrong
  kWrong,       ///< one is by a known key and does not fit the text
  kUnknownKey,  ///< none is by a known key
};

/// A note that was read.
struct Note {
  std::string text;  ///< what is signed; it ends with a new line
  Signature signature = Signature::kUnknownKey;
};

/// Reads a note. INVALID_ARGUMENT for what is no note: no empty line, a malformed line for a
/// signature.
absl::StatusOr<Note> ReadNote(std::string_view bytes, const std::vector<PublicKey>& known);

}  // namespace kirikae::proof

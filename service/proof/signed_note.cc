#include "service/proof/signed_note.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "service/absl_view.h"
#include "service/proof/sha256.h"

namespace kirikae::proof {
namespace {

constexpr char kEd25519 = 1;
constexpr size_t kIdBytes = 4;
constexpr absl::string_view kPrivate = "PRIVATE+KEY+";
constexpr absl::string_view kDash = "\xE2\x80\x94 ";  // an em dash and a space

std::string_view BytesOf(const std::array<unsigned char, 32>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

const unsigned char* Unsigned(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

bool IsName(std::string_view name) {
  return !name.empty() && std::none_of(name.begin(), name.end(), [](char letter) {
    return letter == '+' || static_cast<unsigned char>(letter) <= ' ';
  });
}

// A key's text: its name, its id and 32 bytes.
struct KeyText {
  std::string name;
  uint32_t id = 0;
  std::array<unsigned char, 32> bytes{};
};

std::optional<KeyText> ReadKeyText(std::string_view text) {
  // Base64 may hold a `+` too.
  const std::vector<std::string> parts = absl::StrSplit(AbslView(text), absl::MaxSplits('+', 2));
  KeyText key;
  std::string bytes;
  if (parts.size() != 3 || !IsName(parts[0]) || parts[1].size() != 2 * kIdBytes ||
      !absl::SimpleHexAtoi(parts[1], &key.id) || !absl::Base64Unescape(parts[2], &bytes) ||
      bytes.size() != key.bytes.size() + 1 || bytes.front() != kEd25519) {
    return std::nullopt;
  }
  key.name = parts[0];
  std::copy(bytes.begin() + 1, bytes.end(), key.bytes.begin());
  return key;
}

std::string WriteKeyText(const PublicKey& key, const std::array<unsigned char, 32>& bytes) {
  return absl::StrFormat("%s+%08x+%s", key.name, key.id(),
                         absl::Base64Escape(kEd25519 + std::string(BytesOf(bytes))));
}

// A line of a signature without its dash: `NAME BASE64`.
struct SignatureLine {
  std::string name;
  std::string id;  ///< four bytes
  std::string signature;
};

std::optional<SignatureLine> ReadSignature(absl::string_view line) {
  if (!absl::ConsumePrefix(&line, kDash)) return std::nullopt;
  const std::vector<std::string> parts = absl::StrSplit(line, ' ');
  std::string bytes;
  if (parts.size() != 2 || !IsName(parts[0]) || !absl::Base64Unescape(parts[1], &bytes) ||
      bytes.size() <= kIdBytes) {
    return std::nullopt;
  }
  return SignatureLine{parts[0], bytes.substr(0, kIdBytes), bytes.substr(kIdBytes)};
}

std::string IdBytes(uint32_t id) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(id >> shift));
  return bytes;
}

bool Fits(const SignatureLine& line, const PublicKey& key, std::string_view text) {
  return line.signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(Unsigned(line.signature), Unsigned(text), text.size(),
                                     key.key.data()) == 0;
}

}  // namespace

uint32_t PublicKey::id() const {
  const std::string bytes = name + "\n" + kEd25519 + std::string(BytesOf(key));
  Sha256 sum;
  sum.Add(bytes);
  const std::array<unsigned char, 32> hash = sum.Finish();
  uint32_t id = 0;
  for (size_t i = 0; i < kIdBytes; ++i) id = id << 8U | hash[i];
  return id;
}

std::string PublicKey::Text() const { return WriteKeyText(*this, key); }

std::optional<PublicKey> PublicKey::Parse(std::string_view text) {
  const std::optional<KeyText> read = ReadKeyText(text);
  if (!read.has_value()) return std::nullopt;
  PublicKey key{read->name, read->bytes};
  return key.id() == read->id ? std::optional(std::move(key)) : std::nullopt;
}

SigningKey::SigningKey(std::string name, const std::array<unsigned char, 32>& seed) : seed_(seed) {
  public_.name = std::move(name);
  crypto_sign_seed_keypair(public_.key.data(), secret_.data(), seed_.data());
}

SigningKey SigningKey::Make(std::string name) {
  std::array<unsigned char, 32> seed{};
  randombytes_buf(seed.data(), seed.size());
  return {std::move(name), seed};
}

std::optional<SigningKey> SigningKey::Parse(std::string_view text) {
  absl::string_view rest = AbslView(text);
  if (!absl::ConsumePrefix(&rest, kPrivate)) return std::nullopt;
  const std::optional<KeyText> read = ReadKeyText(std::string(rest));
  if (!read.has_value()) return std::nullopt;
  SigningKey key(read->name, read->bytes);
  return key.public_.id() == read->id ? std::optional(std::move(key)) : std::nullopt;
}

std::string SigningKey::Text() const {
  return std::string(kPrivate) + WriteKeyText(public_, seed_);
}

std::string SigningKey::Sign(std::string_view text) const {
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, Unsigned(text), text.size(), secret_.data());
  const std::string bytes =
      IdBytes(public_.id()) +
      std::string(reinterpret_cast<const char*>(signature.data()), signature.size());
  return absl::StrFormat("%s\n%s%s %s\n", AbslView(text), kDash, public_.name,
                         absl::Base64Escape(bytes));
}

absl::StatusOr<Note> ReadNote(std::string_view bytes, const std::vector<PublicKey>& known) {
  // The last empty line: the text before it may have empty lines of its own.
  const size_t end = bytes.rfind("\n\n");
  if (end == std::string_view::npos) {
    return absl::InvalidArgumentError("no empty line before the signatures");
  }
  Note note;
  note.text = std::string(bytes.substr(0, end + 1));
  absl::string_view lines = AbslView(bytes.substr(end + 2));
  if (!absl::ConsumeSuffix(&lines, "\n")) return absl::InvalidArgumentError("an unfinished line");
  for (const absl::string_view line : absl::StrSplit(lines, '\n')) {
    const std::optional<SignatureLine> signature = ReadSignature(line);
    if (!signature.has_value()) return absl::InvalidArgumentError("a line is no signature");
    for (const PublicKey& key : known) {
      if (key.name != signature->name || IdBytes(key.id()) != signature->id) continue;
      if (!Fits(*signature, key, note.text)) {
        note.signature = Signature::kWrong;
        return note;
      }
      note.signature = Signature::kGood;
    }
  }
  return note;
}

}  // namespace kirikae::proof

// A message in a stream: a byte of flags, four bytes of length (big endian), and its bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kirikae::connect {

/// The message is compressed.
inline constexpr uint8_t kCompressedFlag = 0x01;
/// The last message of an answer: JSON with the error and the trailing metadata.
inline constexpr uint8_t kEndFlag = 0x02;

struct Envelope {
  uint8_t flags = 0;
  std::string bytes;
};

/// The form on the wire.
std::string Write(const Envelope& envelope);

/// Takes a request's body in pieces and gives its messages. Not thread-safe.
class EnvelopeReader {
 public:
  /// A message may have `limit` bytes at most.
  explicit EnvelopeReader(size_t limit) : limit_(limit) {}

  void Add(std::string_view piece);
  /// The next message; nothing while it is not whole. BAD_STREAM or MESSAGE_TOO_LARGE as soon as
  /// its first five bytes say so; then Next is not to be called again.
  absl::StatusOr<std::optional<Envelope>> Next();
  /// How many bytes there are of messages that were not given yet.
  size_t held() const { return buffer_.size() - begin_; }

 private:
  const size_t limit_;
  std::string buffer_;
  size_t begin_ = 0;  ///< where the bytes begin that no message was made of yet
};

}  // namespace kirikae::connect

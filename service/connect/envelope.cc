#include "service/connect/envelope.h"

#include "service/connect/errors.h"

namespace kirikae::connect {
namespace {

constexpr size_t kHead = 5;

}  // namespace

std::string Write(const Envelope& envelope) {
  const auto size = static_cast<uint32_t>(envelope.bytes.size());
  std::string written;
  written.reserve(kHead + size);
  written += static_cast<char>(envelope.flags);
  for (int shift = 24; shift >= 0; shift -= 8) written += static_cast<char>(size >> shift & 0xFFU);
  return written += envelope.bytes;
}

void EnvelopeReader::Add(std::string_view piece) {
  buffer_.erase(0, begin_);
  begin_ = 0;
  buffer_ += piece;
}

absl::StatusOr<std::optional<Envelope>> EnvelopeReader::Next() {
  const std::string_view rest = std::string_view(buffer_).substr(begin_);
  if (rest.size() < kHead) return std::nullopt;
  Envelope envelope;
  envelope.flags = static_cast<uint8_t>(rest[0]);
  if ((envelope.flags & ~kCompressedFlag) != 0) return UnknownFlags(envelope.flags);
  size_t size = 0;
  for (size_t i = 1; i < kHead; ++i) size = size << 8U | static_cast<uint8_t>(rest[i]);
  if (size > limit_) return MessageTooLarge(limit_);
  if (rest.size() < kHead + size) return std::nullopt;
  envelope.bytes = rest.substr(kHead, size);
  begin_ += kHead + size;
  return envelope;
}

}  // namespace kirikae::connect

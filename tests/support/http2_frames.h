// Frames of HTTP/2 by hand, for clients that no library would let be.
#pragma once

#include <cstdint>
#include <string>

namespace kirikae::testing {

/// The types of frames (RFC 9113, 6).
enum FrameType : char {
  kData = 0,
  kHeaders = 1,
  kPriority = 2,
  kReset = 3,
  kSettings = 4,
  kPing = 6,
  kWindowUpdate = 8,
  kContinuation = 9,
};

inline constexpr char kNone = 0;
inline constexpr char kEndStream = 1;
inline constexpr char kEndHeaders = 4;

/// A number in so many bytes, the highest first.
inline std::string Number(uint32_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i) & 0xff);
  return text;
}

inline std::string Frame(FrameType type, char flags, uint32_t stream,
                         const std::string& payload = "") {
  return Number(static_cast<uint32_t>(payload.size()), 3) + std::string{type, flags} +
         Number(stream, 4) + payload;
}

/// How a client begins: the preface and its settings.
inline std::string Opening() {
  return "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Frame(kSettings, kNone, 0);
}

/// A header as a literal that is not indexed (RFC 7541, 6.2.2). Both are shorter than 127 bytes.
inline std::string Literal(const std::string& name, const std::string& value) {
  return std::string(1, '\0') + static_cast<char>(name.size()) + name +
         static_cast<char>(value.size()) + value;
}

/// A whole call of gRPC and, right behind its last byte, its reset: `message` is serialized.
inline std::string CallAndReset(const std::string& path, const std::string& token,
                                const std::string& message, uint32_t stream) {
  constexpr uint32_t kCancel = 8;
  const std::string headers =
      Literal(":method", "POST") + Literal(":scheme", "http") + Literal(":path", path) +
      Literal(":authority", "localhost") + Literal("te", "trailers") +
      Literal("content-type", "application/grpc") + Literal("authorization", "Bearer " + token);
  const std::string framed =
      Number(0, 1) + Number(static_cast<uint32_t>(message.size()), 4) + message;
  return Frame(kHeaders, kEndHeaders, stream, headers) + Frame(kData, kEndStream, stream, framed) +
         Frame(kReset, kNone, stream, Number(kCancel, 4));
}

}  // namespace kirikae::testing

#include "service/connect/compression.h"

#include <zlib.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "service/absl_view.h"
#include "service/connect/errors.h"
#include "service/connect/field_list.h"

namespace kirikae::connect {
namespace {

// zlib's code for a window of 32 KiB with the header and trailer of gzip.
constexpr int kGzipWindow = MAX_WBITS + 16;
// zlib's own choice.
constexpr int kMemoryLevel = 8;

Bytef* Input(std::string_view bytes) {
  // zlib does not write to it.
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}

}  // namespace

absl::StatusOr<Compression> CompressionOf(std::string_view name) {
  const std::string lower = absl::AsciiStrToLower(AbslView(name));
  if (lower.empty() || lower == "identity") return Compression::kIdentity;
  if (lower == "gzip") return Compression::kGzip;
  return UnsupportedCompression(name);
}

bool TakesGzip(std::string_view accepted) {
  for (const std::string& entry : PartsOf(absl::AsciiStrToLower(AbslView(accepted)), ',')) {
    const std::vector<std::string> parts = PartsOf(entry, ';');
    if (parts[0] != "gzip") continue;
    if (parts.size() == 1) return true;
    double weight = 0;
    return parts[1].starts_with("q=") && absl::SimpleAtod(parts[1].substr(2), &weight) &&
           weight > 0;
  }
  return false;
}

std::string Gzip(std::string_view bytes) {
  z_stream stream{};
  // The fastest level: it finds the repeated names of JSON about as well as the others.
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = Input(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

absl::StatusOr<std::string> Gunzip(std::string_view bytes, size_t limit) {
  if (bytes.empty()) return std::string();
  z_stream stream{};
  inflateInit2(&stream, kGzipWindow);
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> end(&stream, &inflateEnd);
  stream.next_in = Input(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string unpacked;
  size_t used = 0;
  int result = Z_OK;
  while (result == Z_OK) {
    if (used == unpacked.size()) {
      if (used > limit) return MessageTooLarge(limit);
      // One byte over the limit tells whether it is passed.
      unpacked.resize(std::min(limit + 1, std::max<size_t>(4096, used * 2)));
    }
    stream.next_out = reinterpret_cast<Bytef*>(unpacked.data() + used);
    stream.avail_out = static_cast<uInt>(unpacked.size() - used);
    result = inflate(&stream, Z_NO_FLUSH);
    used = unpacked.size() - stream.avail_out;
    // A gzip text may have several members, one behind the other.
    if (result == Z_STREAM_END && stream.avail_in > 0) result = inflateReset(&stream);
  }
  if (result != Z_STREAM_END) return BadCompression();
  if (used > limit) return MessageTooLarge(limit);
  unpacked.resize(used);
  return unpacked;
}

}  // namespace kirikae::connect

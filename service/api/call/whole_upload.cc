#include "service/api/call/whole_upload.h"

#include <string>

#include "service/app/hash.h"
#include "service/domain/errors.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

constexpr size_t kFileLimit = size_t{64} << 20U;
constexpr size_t kChunkLimit = size_t{1} << 20U;

}  // namespace

absl::Status CheckAnnounced(int64_t size, const std::string& sha256) {
  if (size < 0 || size > static_cast<int64_t>(kFileLimit)) {
    return domain::InvalidField("chunk", Sentence("The file is larger than $0 MiB. Split it.",
                                                  {std::to_string(kFileLimit >> 20U)}));
  }
  if (!sha256.empty()) return absl::OkStatus();
  return domain::InvalidField(
      "header.sha256", Sentence("Send the file's size and its SHA-256 in hex with the header."));
}

absl::Status CheckChunk(std::string_view chunk, size_t arrived, int64_t size) {
  if (chunk.size() > kChunkLimit) {
    return domain::InvalidField("chunk", Sentence("A chunk may hold at most 1 MiB."));
  }
  if (arrived + chunk.size() > static_cast<size_t>(size)) {
    return domain::InvalidField(
        "chunk", Sentence("More bytes arrived than the header says. Send the file again."));
  }
  return absl::OkStatus();
}

absl::Status CheckWhole(std::string_view content, int64_t size, const std::string& sha256) {
  if (static_cast<int64_t>(content.size()) != size) {
    return domain::InvalidField("header.file_size",
                                Sentence("$0 of $1 bytes arrived. Send the file again.",
                                         {std::to_string(content.size()), std::to_string(size)}));
  }
  if (app::Sha256Hex(content) != sha256) {
    return domain::InvalidField(
        "header.sha256",
        Sentence("The file did not arrive as it was sent: its SHA-256 is another one. Send it "
                 "again."));
  }
  return absl::OkStatus();
}

}  // namespace kirikae::api

#include "service/api/call/whole_upload.h"

#include "service/app/hash.h"
#include "service/domain/errors.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

}  // namespace

absl::Status CheckAnnounced(const std::string& sha256) {
  if (!sha256.empty()) return absl::OkStatus();
  return domain::InvalidField(
      "header.sha256", Sentence("Send the file's size and its SHA-256 in hex with the header."));
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

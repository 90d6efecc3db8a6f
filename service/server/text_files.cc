#include "service/server/text_files.h"

#include <fstream>

#include "service/domain/error_detail.h"

namespace kirikae::server {
namespace {

constexpr std::streamsize kMostBytes = std::streamsize{16} << 20U;

}  // namespace

absl::StatusOr<std::vector<std::string>> ReadTextFiles(const std::vector<std::string>& paths) {
  std::vector<std::string> texts;
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    std::string text(static_cast<size_t>(kMostBytes) + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file.eof() || file.gcount() == 0) {
      return domain::MakeError(
          absl::StatusCode::kInvalidArgument, "FILE_UNREADABLE",
          domain::Sentence("The file $0 can't be read, is empty or has more than 16 MiB.", {path}),
          {{"file", path}});
    }
    text.resize(static_cast<size_t>(file.gcount()));
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace kirikae::server

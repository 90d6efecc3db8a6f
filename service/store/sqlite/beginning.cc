#include "service/store/sqlite/beginning.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "service/domain/error_detail.h"

namespace kirikae::store {
namespace {

using domain::Sentence;

bool IsOfAStart(const std::string& name) {
  constexpr std::string_view kNames[] = {"lock",           "lost+found",         "kirikae.db",
                                         "kirikae.db-shm", "kirikae.db-journal", "audit.key",
                                         "audit.pub",      "config.yaml",        "tls"};
  return name.starts_with('.') || name.ends_with(".log") ||
         std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

// Beside its file, the log is that of a first start that did not end. Alone it belongs to a
// database that is not here.
bool IsLogBesideItsFile(const std::filesystem::path& path) {
  std::error_code ignored;
  return path.filename() == "kirikae.db-wal" &&
         std::filesystem::exists(path.parent_path() / "kirikae.db", ignored);
}

}  // namespace

absl::Status MayBegin(const std::string& directory, bool init) {
  if (init) return absl::OkStatus();
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename();
    if (IsOfAStart(name) || IsLogBesideItsFile(entry.path())) continue;
    return domain::MakeError(
        absl::StatusCode::kFailedPrecondition, "DIRECTORY_NOT_EMPTY",
        Sentence(
            "There is no inventory in $0, but $1 is there: the database may be missing. Put it "
            "back or restore a backup. To begin an empty inventory here, start once with "
            "--init.",
            {directory, name}),
        {{"directory", directory}, {"found", name}});
  }
  return error ? absl::UnavailableError(directory + ": " + error.message()) : absl::OkStatus();
}

}  // namespace kirikae::store

#include "service/store/sqlite/still_file.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "service/status_macros.h"
#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/guard.h"

namespace kirikae::store {
namespace {

namespace fs = std::filesystem;

constexpr char kFolders[] = "/dev/shm/kirikae-XXXXXX";

absl::Status Copy(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::copy_file(from, to, error);
  if (!error) return absl::OkStatus();
  const std::string text = to + ": " + error.message();
  return error == std::errc::no_space_on_device ? absl::ResourceExhaustedError(text)
                                                : absl::UnavailableError(text);
}

}  // namespace

absl::StatusOr<std::unique_ptr<StillFile>> StillFile::Of(const std::string& file) {
  const std::string log = file + "-wal";
  std::error_code ignored;
  if (!fs::exists(log, ignored) || fs::file_size(log, ignored) == 0) {
    return std::unique_ptr<StillFile>(new StillFile(file, ""));
  }
  std::string folder = kFolders;
  if (mkdtemp(folder.data()) == nullptr) return absl::UnavailableError("/dev/shm can't be used");
  auto copy = std::unique_ptr<StillFile>(new StillFile(folder + "/kirikae.db", folder));
  RETURN_IF_ERROR(Copy(file, copy->path()));
  RETURN_IF_ERROR(Copy(log, copy->path() + "-wal"));
  RETURN_IF_ERROR(Guarded([&] {
                    Connection connection(copy->path(), Access::kWrite);
                    connection.Exec("PRAGMA wal_checkpoint(TRUNCATE)");
                    return true;
                  }).status());
  return copy;
}

StillFile::~StillFile() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

}  // namespace kirikae::store

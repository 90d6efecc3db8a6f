#include "service/server/state_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "service/domain/error_detail.h"
#include "service/status_macros.h"

namespace kirikae::server {
namespace {

absl::Status Fault(const std::string& path) {
  const std::string text = path + ": " + std::strerror(errno);
  return errno == EEXIST ? absl::AlreadyExistsError(text) : absl::UnavailableError(text);
}

absl::Status CreateWith(const std::string& path, std::string_view content, int flags, mode_t mode) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, mode);
  if (file < 0) return Fault(path);
  const bool written =
      write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()) &&
      fsync(file) == 0;
  const absl::Status status = written ? absl::OkStatus() : Fault(path);
  close(file);
  return status;
}

}  // namespace

absl::Status MakeDirectory(const std::string& directory) {
  if (mkdir(directory.c_str(), 0700) == 0 || errno == EEXIST) return absl::OkStatus();
  return Fault(directory);
}

absl::Status RequireDatabase(const std::string& directory) {
  const std::string file = directory + "/kirikae.db";
  struct stat info {};
  if (stat(file.c_str(), &info) == 0 && info.st_size > 0) return absl::OkStatus();
  return domain::MakeError(
      absl::StatusCode::kNotFound, "NO_DATABASE",
      domain::Sentence("There is no database $0. Name the daemon's state directory.", {file}),
      {{"file", file}});
}

absl::Status CloseToOthers(const std::string& directory) {
  constexpr mode_t kOthers = S_IRWXG | S_IRWXO;
  struct stat info {};
  if (stat(directory.c_str(), &info) != 0) return Fault(directory);
  if ((info.st_mode & kOthers) == 0) return absl::OkStatus();
  const bool is_for_all = (info.st_mode & S_ISVTX) != 0;
  if (!is_for_all && info.st_uid == geteuid() &&
      chmod(directory.c_str(), info.st_mode & ~kOthers & 07777U) == 0) {
    return absl::OkStatus();
  }
  return domain::MakeError(
      absl::StatusCode::kFailedPrecondition, "DIRECTORY_OPEN",
      domain::Sentence("Other accounts can enter the state directory $0. Make it this account's "
                       "alone: chown it, then chmod 700 $0",
                       {directory}),
      {{"directory", directory}});
}

absl::Status WriteNewFile(const std::string& path, std::string_view content) {
  return CreateWith(path, content, O_EXCL, 0600);
}

absl::Status ReplaceSecret(const std::string& path, std::string_view content) {
  const std::string fresh = path + ".new";
  unlink(fresh.c_str());
  RETURN_IF_ERROR(CreateWith(fresh, content, O_EXCL, 0600));
  return std::rename(fresh.c_str(), path.c_str()) == 0 ? absl::OkStatus() : Fault(path);
}

absl::Status ReplaceFile(const std::string& path, std::string_view content) {
  const std::string fresh = path + ".new";
  RETURN_IF_ERROR(CreateWith(fresh, content, O_TRUNC, 0644));
  return std::rename(fresh.c_str(), path.c_str()) == 0 ? absl::OkStatus() : Fault(path);
}

}  // namespace kirikae::server

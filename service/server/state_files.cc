#include "service/server/state_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "service/status_macros.h"

namespace kirikae::server {
namespace {

absl::Status Fault(const std::string& path) {
  const std::string text = path + ": " + std::strerror(errno);
  return errno == EEXIST ? absl::AlreadyExistsError(text) : absl::UnavailableError(text);
}

absl::Status WriteNew(const std::string& path, std::string_view content, int flags, mode_t mode) {
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

absl::Status WriteSecret(const std::string& path, std::string_view content) {
  return WriteNew(path, content, O_EXCL, 0600);
}

absl::Status ReplaceFile(const std::string& path, std::string_view content) {
  const std::string fresh = path + ".new";
  RETURN_IF_ERROR(WriteNew(fresh, content, O_TRUNC, 0644));
  return std::rename(fresh.c_str(), path.c_str()) == 0 ? absl::OkStatus() : Fault(path);
}

}  // namespace kirikae::server

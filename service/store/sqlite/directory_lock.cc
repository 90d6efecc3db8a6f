#include "service/store/sqlite/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "service/domain/error_detail.h"

namespace kirikae::store {
namespace {

std::string OwnerOf(int file) {
  std::array<char, 32> text{};
  const ssize_t size = pread(file, text.data(), text.size(), 0);
  std::string owner(text.data(), size > 0 ? static_cast<size_t>(size) : 0);
  return owner.substr(0, owner.find('\n'));
}

absl::Status Owned(const std::string& directory, const std::string& owner) {
  return domain::MakeError(
      absl::StatusCode::kFailedPrecondition, "DIRECTORY_OWNED",
      domain::Sentence("Process $0 already serves the state directory $1. Stop it first, or choose "
                       "another directory.",
                       {owner, directory}),
      {{"process", owner}, {"directory", directory}});
}

}  // namespace

absl::StatusOr<std::unique_ptr<DirectoryLock>> DirectoryLock::Take(const std::string& directory) {
  const std::string path = directory + "/lock";
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return absl::UnavailableError(path + ": " + std::strerror(errno));
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    const std::string owner = OwnerOf(file);
    close(file);
    return Owned(directory, owner);
  }
  auto lock = std::unique_ptr<DirectoryLock>(new DirectoryLock(file));
  const std::string pid = std::to_string(getpid()) + "\n";
  if (ftruncate(file, 0) != 0 ||
      pwrite(file, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    return absl::UnavailableError(path + ": " + std::strerror(errno));
  }
  return lock;
}

DirectoryLock::~DirectoryLock() { close(file_); }

}  // namespace kirikae::store

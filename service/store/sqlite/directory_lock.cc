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

// Far behind the bytes that SQLite locks.
constexpr off_t kLockAt = off_t{1} << 40;
constexpr size_t kOwnerBytes = 32;

bool IsDiskFault(int error) {
  return error == EROFS || error == ENOSPC || error == EDQUOT || error == EIO;
}

std::string OwnerOf(int file) {
  std::array<char, kOwnerBytes> text{};
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
  int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0 && !IsDiskFault(errno)) {
    return absl::UnavailableError(path + ": " + std::strerror(errno));
  }
  // On a disk that can't be written, reading goes on: LockDatabase keeps others away.
  if (file < 0) file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  auto lock = std::unique_ptr<DirectoryLock>(new DirectoryLock(file));
  if (file < 0) return lock;
  if (flock(file, LOCK_EX | LOCK_NB) != 0) return Owned(directory, OwnerOf(file));
  // In place, so that a full disk has room for it.
  std::string pid = std::to_string(getpid()) + "\n";
  pid.resize(kOwnerBytes, '\n');
  [[maybe_unused]] const ssize_t written = pwrite(file, pid.data(), pid.size(), 0);
  return lock;
}

absl::Status DirectoryLock::LockDatabase(const std::string& file) {
  database_ = open(file.c_str(), O_RDWR | O_CLOEXEC);
  struct flock range {};
  range.l_type = database_ >= 0 ? F_WRLCK : F_RDLCK;
  range.l_whence = SEEK_SET;
  range.l_start = kLockAt;
  range.l_len = 1;
  if (database_ < 0) database_ = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (database_ < 0) return absl::UnavailableError(file + ": " + std::strerror(errno));
  if (fcntl(database_, F_OFD_SETLK, &range) == 0) return absl::OkStatus();
  if (errno != EAGAIN && errno != EACCES) {
    return absl::UnavailableError(file + ": " + std::strerror(errno));
  }
  return domain::MakeError(
      absl::StatusCode::kFailedPrecondition, "DATABASE_OWNED",
      domain::Sentence("Another process serves the database $0 under another name. Stop it first, "
                       "or choose another directory.",
                       {file}),
      {{"file", file}});
}

DirectoryLock::~DirectoryLock() {
  if (database_ >= 0) close(database_);
  if (file_ >= 0) close(file_);
}

}  // namespace kirikae::store

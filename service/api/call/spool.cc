#include "service/api/call/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "service/api/call/limits.h"

namespace kirikae::api {
namespace {

absl::Status DiskFault(int error) {
  return error == ENOSPC || error == EDQUOT
             ? absl::ResourceExhaustedError("the disk is full")
             : absl::UnavailableError(absl::ErrnoToStatus(error, "an upload").message());
}

// A file without a name in the folder; -1 and errno where there can be none.
int OpenNameless(const std::string& directory) {
  const int file = open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return file;
  // Network file systems have no such files: one loses its name at once.
  std::string name = directory + "/.upload-XXXXXX";
  const int named = mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) unlink(name.c_str());
  return named;
}

}  // namespace

bool ByteBudget::Take(size_t bytes) {
  size_t left = left_.load();
  while (left >= bytes) {
    if (left_.compare_exchange_weak(left, left - bytes)) return true;
  }
  return false;
}

absl::StatusOr<std::unique_ptr<Spool>> Spool::Open(SpoolRoom& room) {
  const int file = OpenNameless(room.directory);
  if (file < 0) return DiskFault(errno);
  return std::unique_ptr<Spool>(new Spool(room, file));
}

Spool::~Spool() {
  close(file_);
  room_.budget.Return(size_);
}

absl::Status Spool::Append(std::string_view bytes) {
  if (!room_.budget.Take(bytes.size())) return UploadsFull();
  size_ += bytes.size();
  while (!bytes.empty()) {
    const ssize_t written = write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return DiskFault(errno);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Spool::ReadAt(size_t offset, size_t most) const {
  std::string bytes(std::min(most, size_ - std::min(offset, size_)), '\0');
  size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t got =
        pread(file_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(offset + at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return DiskFault(errno);
    if (got == 0) return absl::DataLossError("a spooled file was cut short");
    at += static_cast<size_t>(got);
  }
  return bytes;
}

}  // namespace kirikae::api

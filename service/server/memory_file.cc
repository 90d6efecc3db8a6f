#include "service/server/memory_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace kirikae::server {

MemoryFile::~MemoryFile() {
  if (file_ >= 0) close(file_);
}

absl::Status MemoryFile::Replace(std::string_view content) {
  const int fresh = memfd_create("kirikaed", MFD_CLOEXEC);
  const bool written = fresh >= 0 && write(fresh, content.data(), content.size()) ==
                                         static_cast<ssize_t>(content.size());
  if (written && file_ < 0) {
    file_ = fresh;
    return absl::OkStatus();
  }
  const bool replaced = written && dup3(fresh, file_, O_CLOEXEC) >= 0;
  const int error = errno;
  if (fresh >= 0) close(fresh);
  return replaced
             ? absl::OkStatus()
             : absl::UnavailableError(std::string("a file in memory: ") + std::strerror(error));
}

std::string MemoryFile::path() const { return "/proc/self/fd/" + std::to_string(file_); }

}  // namespace kirikae::server

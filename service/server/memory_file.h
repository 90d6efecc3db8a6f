// A file in memory that has a path, for libraries that read only files.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace kirikae::server {

/// A file of this process alone, without a name in any directory. Not thread-safe; readers of its
/// path may be on other threads.
class MemoryFile {
 public:
  MemoryFile() = default;
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  /// Replaces the content in one step: who opens the path reads the old content or the new one,
  /// whole. UNAVAILABLE when there is no memory or no descriptor.
  absl::Status Replace(std::string_view content);
  /// Where this process reads it; valid after the first Replace, and the same for good.
  std::string path() const;

 private:
  int file_ = -1;
};

}  // namespace kirikae::server

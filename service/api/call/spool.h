// What a caller sends in parts, kept out of memory until it is all there.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kirikae::api {

/// How many bytes all uploads together may hold. Thread-safe.
class ByteBudget {
 public:
  explicit ByteBudget(size_t bytes) : left_(bytes) {}
  /// Takes bytes, or none and gives false.
  bool Take(size_t bytes);
  void Return(size_t bytes) { left_ += bytes; }

 private:
  std::atomic<size_t> left_;
};

/// Where uploads are kept. Outlives them.
struct SpoolRoom {
  std::string directory;  ///< exists and is writable
  ByteBudget budget{size_t{256} << 20U};
};

/// Bytes in a file without a name, which is gone with the spool or the process. One thread at a
/// time.
class Spool {
 public:
  /// UNAVAILABLE where the directory can't be written.
  static absl::StatusOr<std::unique_ptr<Spool>> Open(SpoolRoom& room);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  /// RESOURCE_EXHAUSTED where all uploads together are too large, or the disk is full.
  absl::Status Append(std::string_view bytes);
  size_t size() const { return size_; }
  /// At most `most` bytes from the offset on.
  absl::StatusOr<std::string> ReadAt(size_t offset, size_t most) const;
  /// All bytes, in memory.
  absl::StatusOr<std::string> ReadAll() const { return ReadAt(0, size_); }

 private:
  Spool(SpoolRoom& room, int file) : room_(room), file_(file) {}

  SpoolRoom& room_;
  const int file_;
  size_t size_ = 0;
};

}  // namespace kirikae::api

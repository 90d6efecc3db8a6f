// A file descriptor that is closed by its owner's end.
#pragma once

#include <unistd.h>

#include <utility>

namespace kirikae::http {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int file) : file_(file) {}
  Descriptor(Descriptor&& other) noexcept : file_(other.Release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~Descriptor() {
    if (file_ >= 0) close(file_);
  }

  int get() const { return file_; }
  bool ok() const { return file_ >= 0; }
  /// The caller closes it.
  int Release() { return std::exchange(file_, -1); }

 private:
  int file_ = -1;
};

}  // namespace kirikae::http

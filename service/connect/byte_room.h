// Bounds what all requests that are on their way hold of memory.
#pragma once

#include <atomic>
#include <cstddef>

namespace kirikae::connect {

/// Counts bytes. Thread-safe.
class ByteRoom {
 public:
  explicit ByteRoom(size_t most) : most_(most) {}

  /// Takes `more` and gives back `less`; false where there is no room: then nothing changes.
  bool Change(size_t more, size_t less) {
    size_t held = held_.load();
    do {
      if (more > less && held - less + more > most_) return false;
    } while (!held_.compare_exchange_weak(held, held - less + more));
    return true;
  }
  size_t held() const { return held_.load(); }

 private:
  const size_t most_;
  std::atomic<size_t> held_ = 0;
};

/// What one request holds, until its end. Not thread-safe.
class ByteShare {
 public:
  explicit ByteShare(ByteRoom& room) : room_(room) {}
  ~ByteShare() { room_.Change(0, held_); }
  ByteShare(const ByteShare&) = delete;
  ByteShare& operator=(const ByteShare&) = delete;

  /// Holds so many bytes from now on; false where there is no room for more.
  bool Hold(size_t bytes) {
    if (!room_.Change(bytes, held_)) return false;
    held_ = bytes;
    return true;
  }

 private:
  ByteRoom& room_;
  size_t held_ = 0;
};

}  // namespace kirikae::connect

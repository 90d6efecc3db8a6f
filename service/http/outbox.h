// Bytes that wait for a socket.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kirikae::http {

class Outbox {
 public:
  /// Adds bytes; `written`, when given, is called once the socket took the last of them.
  void Add(std::string bytes, std::function<void()> written = nullptr);

  bool empty() const { return size_ == 0; }
  /// How many bytes wait.
  size_t size() const { return size_; }
  /// The next bytes to write; not empty unless the outbox is. They stay where they are until
  /// Took().
  std::string_view Next() const;
  /// The socket took so many of Next().
  void Took(size_t count);

 private:
  std::vector<std::string> chunks_;
  size_t first_ = 0;   // of chunks_, that waits
  size_t offset_ = 0;  // of the first chunk: what is written of it
  size_t size_ = 0;
  uint64_t added_ = 0;
  uint64_t taken_ = 0;
  // Who is told when that many bytes have been taken since the beginning.
  std::vector<std::pair<uint64_t, std::function<void()>>> told_;
};

}  // namespace kirikae::http

// Writes lines to a file, many at a time.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace kirikae::server {

/// Collects lines and writes them from a thread of its own, some 20 ms after the first of them, so
/// that a busy service wakes nobody and calls the system for none of its lines. Who adds a line
/// never waits for the file's reader: when 4 MiB wait, further lines are dropped, and a line says
/// how many. Thread-safe.
class LineWriter {
 public:
  /// `file` is an open descriptor and must outlive the writer.
  explicit LineWriter(int file);
  /// Writes what waits.
  ~LineWriter();
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  /// `line` ends with a line feed. Lines of one thread keep their order.
  void Add(std::string_view line);
  /// Writes what waits and returns when it is written.
  void Flush();

 private:
  void Run();

  const int file_;
  std::mutex writing_;  ///< held before `mutex_`, so that the lines keep their order
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string waiting_;
  int64_t dropped_ = 0;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace kirikae::server

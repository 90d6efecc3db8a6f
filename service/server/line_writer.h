// Writes lines to a file, many at a time.
#pragma once

#include <atomic>
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
  ~LineWriter() { End(); }
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  /// `line` ends with a line feed. Lines of one thread keep their order.
  void Add(std::string_view line);
  /// Writes what waits and returns when it is written.
  void Flush();
  /// Writes what waits and ends the thread; gives up when the file takes nothing for two seconds.
  /// Lines that are added later are dropped.
  void End();

 private:
  void Run();
  void WriteAll(std::string_view bytes);

  const int file_;
  const size_t at_once_;  ///< bytes of a write
  std::mutex writing_;    ///< held before `mutex_`, so that the lines keep their order
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string waiting_;
  int64_t dropped_ = 0;
  bool stopped_ = false;
  std::atomic<bool> hurries_ = false;  ///< at the end nobody waits for a reader who stands still
  std::thread thread_;
};

}  // namespace kirikae::server

// Shows the progress of long commands, only on terminals.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace kirikae::cli {

/// A bar on standard error while bytes are sent; nothing when it is not a terminal. Not
/// thread-safe.
class ProgressBar {
 public:
  /// `total` in bytes; 0 = not known.
  ProgressBar(std::string label, int64_t total);
  /// Clears the line.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void Advance(int64_t bytes);

 private:
  const std::string label_;
  const int64_t total_;
  const bool shown_;
  int64_t done_ = 0;
  int percent_ = -1;
};

/// A label with the seconds elapsed, while the command waits; nothing when standard error is not a
/// terminal.
class WaitClock {
 public:
  explicit WaitClock(std::string label);
  /// Stops and clears the line.
  ~WaitClock();
  WaitClock(const WaitClock&) = delete;
  WaitClock& operator=(const WaitClock&) = delete;

 private:
  void Tick();

  const std::string label_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace kirikae::cli

// Looks at the clock once a second while the daemon serves.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "service/server/clock_watch.h"

namespace kirikae::server {

/// Tells when the clock has become wrong or right, and asks meanwhile whether somebody accepted it.
class ClockKeeper {
 public:
  /// `on_change(status)` is told of the first look and of every change of what ClockWatch::Check
  /// says; `try_accept` is called at each look while the clock is wrong. Both run on a thread of
  /// the keeper; all outlive it.
  ClockKeeper(ClockWatch& watch, std::function<void(const absl::Status&)> on_change,
              std::function<void()> try_accept);
  ~ClockKeeper();
  ClockKeeper(const ClockKeeper&) = delete;
  ClockKeeper& operator=(const ClockKeeper&) = delete;

 private:
  void Run();

  ClockWatch& watch_;
  const std::function<void(const absl::Status&)> on_change_;
  const std::function<void()> try_accept_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace kirikae::server

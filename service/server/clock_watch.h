// Notices when the machine's clock jumps.
#pragma once

#include <functional>
#include <mutex>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace kirikae::server {

/// Compares the clock with how much time has really passed, and with the newest record. A clock
/// that is slowed or hurried by less than a minute between two looks is right; so is one that comes
/// back to where it should be. Thread-safe.
class ClockWatch {
 public:
  using Clock = std::function<absl::Time()>;

  /// `wall` is the machine's clock; `steady` never jumps and counts on while the machine sleeps.
  /// `newest` is the time of the newest record; the infinite past without one.
  ClockWatch(Clock wall, Clock steady, absl::Time newest);

  /// OK, or UNAVAILABLE, CLOCK_JUMPED: what is written now would carry a wrong time.
  absl::Status Check();
  /// Takes the clock as right from now on, whatever it shows.
  void Accept();

 private:
  const Clock wall_;
  const Clock steady_;
  std::mutex mutex_;
  absl::Time newest_;
  absl::Time wall_then_;    // of the last look at which the clock was right
  absl::Time steady_then_;  // of the same
};

/// Time since the machine was started, sleep included; only differences mean anything.
absl::Time TimeSinceBoot();

}  // namespace kirikae::server

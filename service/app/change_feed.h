// Tells whoever waits that something was committed.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace kirikae::app {

/// Wakes its subscribers after commits, several commits at once where they come fast, on a thread
/// of its own. Thread-safe.
class ChangeFeed {
 public:
  ChangeFeed();
  ~ChangeFeed();
  ChangeFeed(const ChangeFeed&) = delete;
  ChangeFeed& operator=(const ChangeFeed&) = delete;

  /// Something was committed. Quick; never waits for a subscriber.
  void Committed();
  /// Calls `wake` after commits from now on, and once when the feed stops. 0 when it has stopped or
  /// too many subscribe already.
  int64_t Subscribe(std::function<void()> wake);
  /// `wake` is not called any more once this returns. Not from within `wake`.
  void Unsubscribe(int64_t id);
  /// Wakes all a last time; from then on stopped() is true.
  void Stop();
  bool stopped() const;

 private:
  void Run();
  void WakeAll();

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  uint64_t commits_ = 0;
  bool stopped_ = false;
  std::mutex subscribers_mutex_;  ///< held while they are woken, so that none goes meanwhile
  std::map<int64_t, std::function<void()>> subscribers_;
  int64_t next_id_ = 1;
  std::thread thread_;
};

}  // namespace kirikae::app

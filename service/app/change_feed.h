// Wakes those who wait for a commit.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace kirikae::app {

/// Wakes its subscribers after commits, on its own thread; one wake may stand for several commits.
/// Thread-safe.
class ChangeFeed {
 public:
  ChangeFeed();
  ~ChangeFeed();
  ChangeFeed(const ChangeFeed&) = delete;
  ChangeFeed& operator=(const ChangeFeed&) = delete;

  /// Reports a commit. Quick; never waits for a subscriber.
  void Committed();
  /// Calls `wake` after commits from now on, and once when the feed stops. Returns an id; 0 when
  /// the feed has stopped or has too many subscribers.
  int64_t Subscribe(std::function<void()> wake);
  /// After this returns, `wake` is not called any more. Must not be called from within `wake`.
  void Unsubscribe(int64_t id);
  /// Wakes all subscribers a last time; stopped() is true from then on.
  void Stop();
  bool stopped() const;

 private:
  void Run();
  void WakeAll();

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  uint64_t commits_ = 0;
  bool stopped_ = false;
  std::mutex
      subscribers_mutex_;  ///< held while they are woken, so that none unsubscribes meanwhile
  std::map<int64_t, std::function<void()>> subscribers_;
  int64_t next_id_ = 1;
  std::thread thread_;
};

}  // namespace kirikae::app

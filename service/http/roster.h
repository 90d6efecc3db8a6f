// The open connections of a server, counted by peer.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "service/http/clock.h"
#include "service/http/limits.h"

namespace kirikae::http {

/// One connection's place in the roster.
struct Seat {
  std::string group;  ///< the Peer's
  bool local = false;
  /// Since when no request is running, as a count of Clock; kBusy while one is.
  std::atomic<Clock::rep> idle_since{0};
  /// Closes the connection. Thread-safe.
  std::function<void()> close;

  static constexpr Clock::rep kBusy = Clock::time_point::max().time_since_epoch().count();
};

/// Decides who may connect. There is room for a new connection as long as another is idle: the one
/// that has been idle for longest is closed. Thread-safe.
class Roster {
 public:
  explicit Roster(const Limits& limits) : limits_(limits) {}

  /// A seat for a connection of that peer; null when there is none and no connection that could
  /// make room is idle. The caller sets `close` before it takes another. Called by one thread.
  std::shared_ptr<Seat> Take(const std::string& group, bool local);
  /// Gives a seat back; nothing happens when it was given back before.
  void Leave(const std::shared_ptr<Seat>& seat);

  /// Closes the connection that has been idle for longest, if any is.
  void CloseLongestIdle();

  size_t size() const;
  /// Waits until all have left; false when that lasts too long.
  bool WaitUntilEmpty(std::chrono::milliseconds patience);

 private:
  template <typename Condition>
  bool MakeRoom(Condition condition);
  void Remove(const std::shared_ptr<Seat>& seat);

  const Limits limits_;
  mutable std::mutex mutex_;
  std::condition_variable left_;
  std::unordered_map<Seat*, std::shared_ptr<Seat>> seats_;
  std::unordered_map<std::string, size_t> groups_;  // peers that are not local
  size_t strangers_ = 0;                            // of those: how many in all
};

}  // namespace kirikae::http

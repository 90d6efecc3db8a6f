// One thread that carries out the work of its connections.
#pragma once

#include <utility>
// Asio 1.74 needs <utility> before it.
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <vector>

namespace kirikae::http {

class Connection;

/// A connection lives on one loop; what belongs to it is touched on that loop's thread alone.
class Loop {
 public:
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Begins to run, in a thread of its own.
  void Start();
  /// Waits until all its work is done, and ends the thread. Every connection is closed before.
  void Stop();

  /// Runs a task on the thread, after the one that runs now. Thread-safe.
  template <typename Task>
  void Post(Task task) {
    boost::asio::post(context_, std::move(task));
  }

  boost::asio::io_context& context() { return context_; }

  // The rest is for the loop's own thread.

  /// The time for a `date` header: `Mon, 30 Nov 2026 01:50:00 GMT`.
  std::string_view Date();
  /// Bytes that are read stand here for a moment.
  std::vector<char>& scratch() { return scratch_; }
  /// Keeps each of its connections until that is closed.
  std::unordered_set<std::shared_ptr<Connection>>& connections() { return connections_; }

 private:
  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
  std::vector<char> scratch_;
  std::unordered_set<std::shared_ptr<Connection>> connections_;
  time_t date_time_ = 0;
  std::string date_;
};

}  // namespace kirikae::http

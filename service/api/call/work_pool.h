// Bounded pools for long work, away from the transport's threads.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "service/in_turn.h"

namespace kirikae::api {

/// Runs jobs on a few threads: the jobs of different callers in turn, those of one caller in their
/// order. Thread-safe. Jobs must not throw, and end soon once stopping() is true.
class WorkPool {
 public:
  /// What is left to do when the work is done and no longer counts as the caller's: the end of the
  /// call. So a caller that has its answer may ask for the next thing at once.
  using Rest = std::function<void()>;
  using Job = std::function<Rest()>;

  struct Limits {
    int threads = 1;
    size_t waiting = 32;  ///< most jobs that wait
    size_t a_caller = 8;  ///< most jobs of one caller that wait or run
    /// 0 to 19: how far the threads give way to the threads that answer calls (see nice(2)).
    int niceness = 0;
  };

  /// What is left of each job runs by `ends`, whose thread gives way to nobody: within the
  /// transport a thread that waits for its turn would hold up all others.
  WorkPool(const Limits& limits, InTurn& ends);
  /// Stops, then waits for the jobs.
  ~WorkPool();
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  /// Queues a job of the caller with this token id. RESOURCE_EXHAUSTED where too many jobs wait, or
  /// too many of this caller; UNAVAILABLE once the pool stops.
  absl::Status Submit(int64_t caller, Job job);
  /// From now on no job is taken, and stopping() is true. Jobs that wait still run: they must end
  /// their calls.
  void Stop();
  bool stopping() const { return stopping_; }

 private:
  struct Queue {
    std::deque<Job> jobs;
    size_t running = 0;
  };

  void Run();
  // The queue whose turn it is; null where no job waits. Under the lock.
  std::map<int64_t, Queue>::iterator Next();

  const Limits limits_;
  InTurn& ends_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::map<int64_t, Queue> queues_;  // by caller; none is empty and idle
  int64_t last_ = 0;                 // the caller whose job was begun last
  size_t waiting_ = 0;
  std::atomic<bool> stopping_ = false;
  std::vector<std::thread> threads_;
};

/// The pools of the service: each kind of work has threads of its own, so that none waits for
/// another.
struct WorkPools {
  InTurn ends;  ///< of the jobs of all pools
  /// Reads that take longer than a look-up. A page asks several things at once, and a help desk may
  /// share one token.
  WorkPool reads{{.threads = 2, .waiting = 256, .a_caller = 32, .niceness = 5}, ends};
  /// Solving and simulating plans: up to a minute each.
  WorkPool plans{{.threads = 1, .waiting = 32, .a_caller = 1, .niceness = 19}, ends};
  /// Files: reading uploads, writing exports and reports, checking the audit log.
  WorkPool files{{.threads = 2, .waiting = 32, .a_caller = 2, .niceness = 19}, ends};
  /// Parts of uploads on their way to the disk. A part is taken once the one before it is there, so
  /// that who sends without end waits for this thread and not the others for them.
  WorkPool spools{{.threads = 1, .waiting = 1000, .a_caller = 4, .niceness = 19}, ends};

  void Stop();
  bool stopping() const { return reads.stopping(); }
};

}  // namespace kirikae::api

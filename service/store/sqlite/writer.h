// The only writer: a thread that commits waiting writes in groups.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "service/in_turn.h"
#include "service/store/sqlite/change_sets.h"
#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/requests.h"
#include "service/store/store.h"

namespace kirikae::store {

/// Runs writes in order, many in one commit; one that fails leaves nothing. Thread-safe. After a
/// failed commit it is unknown what is on the disk: the connection is closed, and writes are
/// refused until the file has been reopened and checked.
class Writer {
 public:
  struct Options {
    std::string file;        ///< the database
    bool run_twice = false;  ///< see OpenOptions::run_writes_twice
    std::chrono::milliseconds idle = std::chrono::seconds(5);  ///< see OpenOptions::idle
    /// Asked before a reopened file is written to; an error leaves it as it is.
    std::function<absl::Status()> may_reopen;
    std::function<void(const Head&)> on_head;  ///< told the head after each commit
  };

  /// Without a connection, the file is opened by the first write that can be made. `committed` is
  /// called after each commit, before its writes are answered.
  Writer(Options options, std::unique_ptr<Connection> connection, std::function<void()> committed);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void Submit(WriteRequest request, WriteDone done);
  /// Answers everything queued, then refuses. A write that is not done after 3 seconds is rolled
  /// back, and it and those behind it are answered UNAVAILABLE.
  void Drain();
  /// Of the writes only.
  StoreFigures Figures();
  /// After Drain: folds the log into the file and closes the connection.
  void Close();

 private:
  struct Job {
    WriteRequest request;
    WriteDone done;
    absl::StatusOr<std::string> answer = absl::UnknownError("not run");
  };

  void Loop();
  bool GivesUp() const;
  // Takes a new connection into use.
  void Use(std::unique_ptr<Connection> connection);
  void CommitGroup(std::vector<Job>& group);
  void Answer(std::vector<Job> group);
  void Begin();
  absl::Status Reopen();
  // Folds the log into the file as far as readers allow.
  void Checkpoint();
  // Folds the whole log into the file and cuts it. False when a reader keeps it from that.
  bool Fold();
  // Gives some of the file's free pages back to the disk. Whether there are none left to give.
  bool GiveBack();
  // What is done when there is nothing to write; whether all of it is done.
  bool Rest();
  // Runs the writes of a group in the transaction that has begun. A savepoint for each costs more
  // than most writes, and few fail after they have written: when one does, all are run again.
  void RunTogether(std::vector<Job>& group);
  // False when a write failed that had written something.
  bool RunWithoutSavepoints(std::vector<Job>& group);
  absl::StatusOr<std::string> RunInSavepoint(const WriteRequest& request);
  /// Runs a group of one write and ends its transaction.
  void RunAlone(Job& job);
  absl::StatusOr<std::string> RunGuarded(const WriteRequest& request);
  absl::StatusOr<std::string> RunOne(const WriteRequest& request);
  absl::StatusOr<std::string> MakeAndWrite(const WriteRequest& request);

  const Options options_;
  const std::function<void()> committed_;
  std::unique_ptr<Connection> connection_;  ///< of the writer's thread; null after a failed commit
  AnswerKeeper answers_;                    ///< of the writer's thread
  Head head_;                               ///< of the writer's thread, within a transaction
  std::atomic<int64_t> commits_ = 0;
  std::atomic<int64_t> writes_ = 0;
  std::atomic<int64_t> failed_commits_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> queue_;
  bool draining_ = false;
  std::atomic<std::chrono::steady_clock::rep> give_up_at_ = 0;  ///< 0 = never
  InTurn answering_;
  std::thread thread_;
};

}  // namespace kirikae::store

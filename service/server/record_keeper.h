// Makes checkpoints of the record while the daemon serves.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "service/app/audit/record_notary.h"
#include "service/app/change_feed.h"
#include "service/app/ward.h"
#include "service/store/store.h"

namespace kirikae::server {

/// Keeps a checkpoint at each approval, every quarter of an hour in which something changed, and
/// when it is told that the daemon stops: in the store, and as a file of its own where a folder is
/// given. All that it is given outlives it.
class RecordKeeper {
 public:
  struct Options {
    store::Store& store;
    app::RecordNotary& notary;
    app::ChangeFeed& feed;
    const app::Ward& ward;
    std::string folder;  ///< for the files; "" = none
  };

  explicit RecordKeeper(const Options& options);
  ~RecordKeeper();
  RecordKeeper(const RecordKeeper&) = delete;
  RecordKeeper& operator=(const RecordKeeper&) = delete;

 private:
  void Run();
  void Wake();
  /// Whether a checkpoint is to be made of what the view shows.
  absl::StatusOr<bool> IsDue(store::ReadView& view, absl::Time now);
  absl::Status Look(bool stopping);
  absl::Status Keep(const app::SignedCheckpoint& checkpoint, absl::Time now);

  const Options options_;
  int64_t seen_ = 0;  ///< change sets that were looked at
  int64_t kept_ = 0;  ///< change sets that a checkpoint covers
  absl::Time last_;   ///< when the last checkpoint was made
  int64_t subscription_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = true;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace kirikae::server

// Records who looked at which record.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "service/api/call/environment.h"

namespace spdlog {
class logger;
}

namespace kirikae::server {

/// Writes `DIR/reads_YYYY-MM-DD.log`, a JSON object a line: when, token id, name, RPC, what was
/// asked for and the code. A file a day, readable by its owner only; those of the last 366 days are
/// kept. A line is written by the call's thread, as a thread of its own would have to be woken for
/// each line, which takes longer; when the disk is slow, reads wait. Where the folder takes no
/// file, or the disk has less than `spare` bytes left, which the database needs, reads go on
/// without a line, and the daemon's own log says how many. Thread-safe.
class ReadLog {
 public:
  explicit ReadLog(std::string state_dir, uint64_t spare = uint64_t{512} << 20U);
  /// Writes what is left.
  ~ReadLog();
  ReadLog(const ReadLog&) = delete;
  ReadLog& operator=(const ReadLog&) = delete;

  /// A line for a read of records. Other calls are passed over: the change sets have the writes.
  void Ended(const api::EndedCall& call);

 private:
  // Whether the disk has room, as it was at most a second ago.
  bool HasRoom();

  const std::string state_dir_;
  const uint64_t spare_;
  std::shared_ptr<spdlog::logger> log_;
  std::atomic<int64_t> looked_at_ = 0;  // second of the monotonic clock
  std::atomic<bool> has_room_ = true;
  std::atomic<int64_t> left_out_ = 0;
};

}  // namespace kirikae::server

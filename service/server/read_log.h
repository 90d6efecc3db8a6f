// Records who looked at which record.
#pragma once

#include <memory>
#include <string>

#include "service/api/call/environment.h"

namespace spdlog {
class logger;
}

namespace kirikae::server {

/// Writes `DIR/reads_YYYY-MM-DD.log`, a JSON object a line: when, token id, name, RPC, what was
/// asked for and the code. A file a day, readable by its owner only; those of the last 366 days are
/// kept. No line is dropped: it is written by the call's thread, as a thread of its own would have
/// to be woken for each line, which takes longer; when the disk is slow, reads wait. Where the
/// folder takes no file, reads go on and the daemon's own log says so. Thread-safe.
class ReadLog {
 public:
  explicit ReadLog(const std::string& state_dir);
  /// Writes what is left.
  ~ReadLog();
  ReadLog(const ReadLog&) = delete;
  ReadLog& operator=(const ReadLog&) = delete;

  /// A line for a read of records. Other calls are passed over: the change sets have the writes.
  void Ended(const api::EndedCall& call);

 private:
  std::shared_ptr<spdlog::logger> log_;
};

}  // namespace kirikae::server

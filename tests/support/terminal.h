// Runs a program on a terminal of its own, as a person would.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace kirikae::testing {

/// A program on a pseudo-terminal of 80 columns and 24 lines. Not thread-safe.
class Terminal {
 public:
  /// Starts `args[0]`; `environment` (`NAME=VALUE`) is added to the caller's.
  Terminal(const std::vector<std::string>& args, const std::vector<std::string>& environment);
  /// Kills it when it still runs.
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// Types.
  void Send(const std::string& text);
  /// Reads until `text` has come, or the program ends, or half a minute goes by; whether it came.
  bool WaitFor(const std::string& text);
  /// All that was shown so far.
  const std::string& shown() const { return shown_; }
  /// Reads to the end and gives its exit code; 128 + the signal's number when a signal ended it.
  int Wait();

 private:
  bool ReadMore();

  pid_t pid_ = -1;
  int file_ = -1;
  bool ended_ = false;
  std::string shown_;
  size_t seen_ = 0;  ///< up to where WaitFor has looked
};

}  // namespace kirikae::testing

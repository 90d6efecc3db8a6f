// Runs a program on its own terminal, as for a person.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace kirikae::testing {

struct TerminalSize {
  unsigned short columns = 80;
  unsigned short lines = 24;
};

/// A program on a pseudo-terminal. Not thread-safe.
class Terminal {
 public:
  /// Starts `args[0]`; `environment` (`NAME=VALUE`) is added to the caller's.
  Terminal(const std::vector<std::string>& args, const std::vector<std::string>& environment,
           TerminalSize size = {});
  /// Kills it if it is still running.
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// Types.
  void Send(const std::string& text) const;
  /// Reads until `text` has come, the program has ended, or half a minute has passed; returns
  /// whether it came.
  bool WaitFor(const std::string& text);
  /// Whether the terminal itself edits and echoes the line that is typed, as a shell leaves it.
  bool EditsLines() const;
  /// Everything shown so far.
  const std::string& shown() const { return shown_; }
  /// Reads to the end and returns its exit code; 128 + the signal's number when a signal ended it.
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

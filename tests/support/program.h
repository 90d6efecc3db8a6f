// Runs programs for tests.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace kirikae::testing {

struct ProgramResult {
  int exit_code = -1;  ///< 128 + the signal's number when a signal ended it
  std::string out;
  std::string err;
};

/// A running program whose standard output and error go to files.
class Program {
 public:
  /// Starts `args[0]`; `environment` (`NAME=VALUE`) is added to the caller's. `input` is what it
  /// reads from standard input.
  Program(const std::vector<std::string>& args, const std::string& folder,
          const std::vector<std::string>& environment = {}, const std::string& input = "");
  /// Kills it if it is still running.
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  pid_t pid() const { return pid_; }
  /// Whether it has ended.
  bool Ended();
  void Signal(int number) const;
  /// Waits for its end.
  ProgramResult Wait();

 private:
  std::string base_;
  pid_t pid_ = -1;
  bool ended_ = false;
  int status_ = 0;
};

/// Runs a program to its end.
ProgramResult RunProgram(const std::vector<std::string>& args,
                         const std::vector<std::string>& environment = {},
                         const std::string& input = "");

/// A temporary folder, removed with its content.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// A file's content; "" when there is no file.
std::string ReadFile(const std::string& path);
void WriteFile(const std::string& path, const std::string& content);

}  // namespace kirikae::testing

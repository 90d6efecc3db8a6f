#include "client/cli/pager.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <string>

namespace kirikae::cli {
namespace {

std::string Command() {
  for (const char* name : {"KIRIKAE_PAGER", "PAGER"}) {
    const char* const value = std::getenv(name);
    if (value != nullptr) return std::string(value) == "cat" ? "" : value;
  }
  return "less";
}

}  // namespace

Pager::~Pager() { Finish(); }

void Pager::Start() {
  const std::string command = Command();
  const char* const terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || std::string(terminal) == "dumb";
  if (pid_ > 0 || command.empty() || dumb || isatty(STDOUT_FILENO) == 0) return;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    setenv("COLUMNS", std::to_string(size.ws_col).c_str(), 0);
  }
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return;
  // Before the fork: few functions are safe after it.
  setenv("LESS", "FRX", 0);
  setenv("LESSCHARSET", "utf-8", 0);
  std::cout.flush();
  pid_ = fork();
  if (pid_ == 0) {
    dup2(ends[0], STDIN_FILENO);
    execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    _exit(127);
  }
  if (pid_ > 0) {
    dup2(ends[1], STDOUT_FILENO);
    // What is said beside a table comes after it, not before.
    if (isatty(STDERR_FILENO) != 0) {
      errors_ = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
      dup2(ends[1], STDERR_FILENO);
    }
  }
  close(ends[0]);
  close(ends[1]);
}

void Pager::Finish() {
  if (pid_ <= 0) return;
  std::cout.flush();
  std::cerr.flush();
  if (errors_ >= 0) {
    dup2(errors_, STDERR_FILENO);
    close(errors_);
    errors_ = -1;
  }
  // The pager sees the end once nobody holds the pipe.
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  dup2(nowhere, STDOUT_FILENO);
  close(nowhere);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

}  // namespace kirikae::cli

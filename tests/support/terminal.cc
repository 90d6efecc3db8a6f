#include "tests/support/terminal.h"

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace kirikae::testing {
namespace {

constexpr int kPatience = 30'000;  // milliseconds

}  // namespace

Terminal::Terminal(const std::vector<std::string>& args,
                   const std::vector<std::string>& environment, TerminalSize size) {
  winsize window{};
  window.ws_col = size.columns;
  window.ws_row = size.lines;
  // Everything that the child needs is made before the fork, because few functions are safe after
  // it.
  std::vector<char*> pointers;
  pointers.reserve(args.size() + 1);
  for (const std::string& arg : args) pointers.push_back(const_cast<char*>(arg.c_str()));
  pointers.push_back(nullptr);
  std::vector<std::string> variables = environment;
  for (char** variable = environ; *variable != nullptr; ++variable) variables.push_back(*variable);
  std::vector<char*> variable_pointers;
  variable_pointers.reserve(variables.size() + 1);
  for (const std::string& each : variables) {
    variable_pointers.push_back(const_cast<char*>(each.c_str()));
  }
  variable_pointers.push_back(nullptr);
  pid_ = forkpty(&file_, nullptr, nullptr, &window);
  if (pid_ < 0) throw std::runtime_error("no pseudo-terminal");
  if (pid_ == 0) {
    execve(pointers[0], pointers.data(), variable_pointers.data());
    _exit(127);
  }
}

Terminal::~Terminal() {
  if (!ended_) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  close(file_);
}

void Terminal::Send(const std::string& text) const {
  if (write(file_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    throw std::runtime_error("the terminal takes no more");
  }
}

bool Terminal::ReadMore() {
  pollfd ready{.fd = file_, .events = POLLIN, .revents = 0};
  if (poll(&ready, 1, kPatience) <= 0) return false;
  std::array<char, 4096> bytes{};
  const ssize_t count = read(file_, bytes.data(), bytes.size());
  if (count <= 0) return false;
  shown_.append(bytes.data(), static_cast<size_t>(count));
  return true;
}

bool Terminal::WaitFor(const std::string& text) {
  while (true) {
    const size_t found = shown_.find(text, seen_);
    if (found != std::string::npos) {
      seen_ = found + text.size();
      return true;
    }
    if (!ReadMore()) return false;
  }
}

bool Terminal::EditsLines() const {
  termios modes{};
  if (tcgetattr(file_, &modes) != 0) throw std::runtime_error("no modes of the terminal");
  return (modes.c_lflag & ICANON) != 0;
}

int Terminal::Wait() {
  while (ReadMore()) {
  }
  int status = 0;
  waitpid(pid_, &status, 0);
  ended_ = true;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace kirikae::testing

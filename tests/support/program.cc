#include "tests/support/program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace kirikae::testing {
namespace {

int ExitCodeOf(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

Program::Program(const std::vector<std::string>& args, const std::string& folder,
                 const std::vector<std::string>& environment, const std::string& input)
    : base_(folder + "/program") {
  WriteFile(base_ + ".in", input);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const int create = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&actions, 0, (base_ + ".in").c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, (base_ + ".out").c_str(), create, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, (base_ + ".err").c_str(), create, 0600);
  std::vector<std::string> variables = environment;
  for (char** variable = environ; *variable != nullptr; ++variable) variables.push_back(*variable);
  const int failed = posix_spawn(&pid_, args.at(0).c_str(), &actions, nullptr,
                                 Pointers(args).data(), Pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("can't start " + args[0]);
}

Program::~Program() {
  if (Ended()) return;
  Signal(SIGKILL);
  Wait();
}

bool Program::Ended() {
  if (!ended_) ended_ = waitpid(pid_, &status_, WNOHANG) == pid_;
  return ended_;
}

void Program::Signal(int number) const {
  if (!ended_) kill(pid_, number);
}

ProgramResult Program::Wait() {
  if (!ended_) waitpid(pid_, &status_, 0);
  ended_ = true;
  return {ExitCodeOf(status_), ReadFile(base_ + ".out"), ReadFile(base_ + ".err")};
}

ProgramResult RunProgram(const std::vector<std::string>& args,
                         const std::vector<std::string>& environment, const std::string& input) {
  const TemporaryFolder folder;
  return Program(args, folder.path(), environment, input).Wait();
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "kirikae-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // a folder left behind fails no test
  std::filesystem::remove_all(path_, ignored);
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void WriteFile(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

}  // namespace kirikae::testing

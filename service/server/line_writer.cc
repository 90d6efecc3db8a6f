#include "service/server/line_writer.h"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace kirikae::server {
namespace {

constexpr std::chrono::milliseconds kRest(20);
// How often a writer that waits for the file's reader looks whether the end has come, and how long
// it waits then.
constexpr std::chrono::milliseconds kLook(100);
constexpr std::chrono::milliseconds kPatience(2000);
constexpr size_t kMostBytes = size_t{4} << 20U;

// Bytes of a write. A pipe that is ready takes PIPE_BUF of them without waiting; more could wait
// for ever.
size_t AtOnce(int file) {
  struct stat about {};
  return fstat(file, &about) == 0 && S_ISREG(about.st_mode) ? kMostBytes : size_t{PIPE_BUF};
}

std::string SayDropped(int64_t count) {
  return R"({"time":")" +
         absl::FormatTime("%Y-%m-%dT%H:%M:%E3S%Ez", absl::Now(), absl::LocalTimeZone()) +
         R"(","level":"warning","event":"log lines dropped","count":)" + std::to_string(count) +
         "}\n";
}

}  // namespace

LineWriter::LineWriter(int file)
    : file_(file), at_once_(AtOnce(file)), thread_([this] { Run(); }) {}

void LineWriter::End() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  hurries_ = true;
  changed_.notify_one();
  if (!thread_.joinable()) return;
  thread_.join();
  Flush();
}

void LineWriter::WriteAll(std::string_view bytes) {
  int still = 0;  // times that nothing was taken
  while (!bytes.empty() && !(hurries_ && still * kLook >= kPatience)) {
    pollfd ready{.fd = file_, .events = POLLOUT, .revents = 0};
    if (poll(&ready, 1, static_cast<int>(kLook.count())) <= 0) {
      ++still;
      continue;
    }
    still = 0;
    const ssize_t written = write(file_, bytes.data(), std::min(bytes.size(), at_once_));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

void LineWriter::Add(std::string_view line) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (stopped_ || waiting_.size() + line.size() > kMostBytes) {
      ++dropped_;
      return;
    }
    first = waiting_.empty();
    if (dropped_ > 0) waiting_ += SayDropped(std::exchange(dropped_, 0));
    waiting_ += line;
  }
  if (first) changed_.notify_one();
}

void LineWriter::Flush() {
  const std::lock_guard writing(writing_);
  std::string lines;
  {
    const std::lock_guard lock(mutex_);
    lines.swap(waiting_);
  }
  WriteAll(lines);
}

void LineWriter::Run() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    changed_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
    changed_.wait_for(lock, kRest, [this] { return stopped_; });
    lock.unlock();
    Flush();
    lock.lock();
  }
}

}  // namespace kirikae::server

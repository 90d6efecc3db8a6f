#include "service/server/line_writer.h"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace kirikae::server {
namespace {

constexpr std::chrono::milliseconds kRest(20);
constexpr size_t kMostBytes = size_t{4} << 20U;

// Writes all bytes; gives up where the file takes none.
void WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

std::string SayDropped(int64_t count) {
  return R"({"time":")" +
         absl::FormatTime("%Y-%m-%dT%H:%M:%E3S%Ez", absl::Now(), absl::LocalTimeZone()) +
         R"(","level":"warning","event":"log lines dropped","count":)" + std::to_string(count) +
         "}\n";
}

}  // namespace

LineWriter::LineWriter(int file) : file_(file), thread_([this] { Run(); }) {}

LineWriter::~LineWriter() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_one();
  thread_.join();
  Flush();
}

void LineWriter::Add(std::string_view line) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() + line.size() > kMostBytes) {
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
  WriteAll(file_, lines);
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

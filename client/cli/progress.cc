#include "client/cli/progress.h"

#include <unistd.h>

#include <chrono>
#include <iostream>
#include <utility>

namespace kirikae::cli {
namespace {

constexpr int kWidth = 30;

bool OnTerminal() { return isatty(STDERR_FILENO) != 0; }

void ClearLine() { std::cerr << "\r\x1b[K" << std::flush; }

}  // namespace

ProgressBar::ProgressBar(std::string label, int64_t total)
    : label_(std::move(label)), total_(total), shown_(total > 0 && OnTerminal()) {}

ProgressBar::~ProgressBar() {
  if (shown_) ClearLine();
}

void ProgressBar::Advance(int64_t bytes) {
  done_ += bytes;
  if (!shown_) return;
  const auto percent = static_cast<int>(done_ * 100 / total_);
  if (percent == percent_) return;
  percent_ = percent;
  const auto filled = static_cast<size_t>(percent * kWidth / 100);
  std::cerr << "\r" << label_ << " [" << std::string(filled, '#')
            << std::string(kWidth - filled, '.') << "] " << percent << " %" << std::flush;
}

WaitClock::WaitClock(std::string label) : label_(std::move(label)) {
  if (OnTerminal()) thread_ = std::thread([this] { Tick(); });
}

WaitClock::~WaitClock() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  stop_.notify_one();
  thread_.join();
  ClearLine();
}

void WaitClock::Tick() {
  std::unique_lock lock(mutex_);
  for (int seconds = 0; !stopped_; ++seconds) {
    std::cerr << "\r" << label_ << " " << seconds << " s" << std::flush;
    stop_.wait_for(lock, std::chrono::seconds(1), [this] { return stopped_; });
  }
}

}  // namespace kirikae::cli

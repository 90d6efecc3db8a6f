#include "service/connect/long_work.h"

#include <utility>

namespace kirikae::connect {

LongWork::~LongWork() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void LongWork::Run(size_t bytes, std::function<void()> job) {
  if (bytes <= kLong) {
    job();
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  changed_.notify_one();
}

void LongWork::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    std::function<void()> job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
    // What the job keeps is given up without the lock too.
    job = nullptr;
    lock.lock();
  }
}

}  // namespace kirikae::connect

#include "service/app/change_feed.h"

#include <utility>

namespace kirikae::app {
namespace {

constexpr size_t kMostSubscribers = 500;

}  // namespace

ChangeFeed::ChangeFeed() : thread_([this] { Run(); }) {}

ChangeFeed::~ChangeFeed() {
  Stop();
  thread_.join();
}

void ChangeFeed::Committed() {
  {
    const std::lock_guard lock(mutex_);
    ++commits_;
  }
  changed_.notify_one();
}

int64_t ChangeFeed::Subscribe(std::function<void()> wake) {
  const std::lock_guard lock(subscribers_mutex_);
  if (stopped() || subscribers_.size() >= kMostSubscribers) return 0;
  const int64_t id = next_id_++;
  subscribers_[id] = std::move(wake);
  return id;
}

void ChangeFeed::Unsubscribe(int64_t id) {
  const std::lock_guard lock(subscribers_mutex_);
  subscribers_.erase(id);
}

void ChangeFeed::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_one();
}

bool ChangeFeed::stopped() const {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

void ChangeFeed::WakeAll() {
  const std::lock_guard lock(subscribers_mutex_);
  for (const auto& [id, wake] : subscribers_) wake();
}

void ChangeFeed::Run() {
  uint64_t seen = 0;
  while (true) {
    bool last = false;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || commits_ != seen; });
      seen = commits_;
      last = stopped_;
    }
    WakeAll();
    if (last) return;
  }
}

}  // namespace kirikae::app

#include "service/server/clock_keeper.h"

#include <chrono>
#include <optional>
#include <utility>

namespace kirikae::server {
namespace {

constexpr std::chrono::seconds kLookEvery(1);

}  // namespace

ClockKeeper::ClockKeeper(ClockWatch& watch, std::function<void(const absl::Status&)> on_change,
                         std::function<void()> try_accept)
    : watch_(watch),
      on_change_(std::move(on_change)),
      try_accept_(std::move(try_accept)),
      thread_([this] { Run(); }) {}

ClockKeeper::~ClockKeeper() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

void ClockKeeper::Run() {
  std::optional<bool> was_right;
  while (true) {
    absl::Status status = watch_.Check();
    if (!status.ok()) {
      try_accept_();
      status = watch_.Check();
    }
    if (was_right != status.ok()) on_change_(status);
    was_right = status.ok();
    std::unique_lock lock(mutex_);
    if (stop_.wait_for(lock, kLookEvery, [this] { return stopped_; })) return;
  }
}

}  // namespace kirikae::server

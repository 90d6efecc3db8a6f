#include "service/server/scheduler.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "service/app/change_feed.h"
#include "service/app/rollouts/advance.h"

namespace kirikae::server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kInterval(30);
constexpr std::chrono::minutes kBetweenChores(15);
// A check takes a while in a large ward. It must not take the machine away from users.
constexpr int kRest = 20;

}  // namespace

Scheduler::Scheduler(api::Environment& env, std::function<void()> chores)
    : env_(env), chores_(std::move(chores)) {
  subscription_ = env_.feed->Subscribe([this] { Wake(); });
  thread_ = std::thread([this] { Run(); });
}

Scheduler::~Scheduler() {
  env_.feed->Unsubscribe(subscription_);
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Scheduler::Wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_one();
}

void Scheduler::Run() {
  Clock::time_point chores_done = Clock::now();
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, kInterval, [this] { return woken_ || stopping_; });
      if (stopping_) return;
      woken_ = false;
    }
    const Clock::time_point begin = Clock::now();
    if (const absl::Status status = app::CatchUp(env_.ward, env_.store); !status.ok()) {
      spdlog::warn("scheduler status={}", status.ToString());
    }
    if (Clock::now() - chores_done >= kBetweenChores) {
      chores_();
      chores_done = Clock::now();
    }
    const auto rest = std::min<Clock::duration>((Clock::now() - begin) * kRest, kInterval);
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, rest, [this] { return stopping_; });
  }
}

}  // namespace kirikae::server

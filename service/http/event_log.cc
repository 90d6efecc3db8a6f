#include "service/http/event_log.h"

#include <chrono>

namespace kirikae::http {
namespace {

constexpr size_t kMostASecond = 20;

}  // namespace

void EventLog::Add(std::string_view reason, std::string_view peer, std::string_view detail) {
  if (!log_) return;
  std::string event = "http " + std::string(reason) + " address=" + std::string(peer);
  if (!detail.empty()) event += " " + std::string(detail);
  {
    const std::lock_guard lock(mutex_);
    const Instant now = Clock::now();
    if (now - second_ >= std::chrono::seconds(1)) {
      second_ = now;
      count_ = 0;
    }
    if (++count_ > kMostASecond) {
      ++left_out_;
      return;
    }
    if (left_out_ > 0) event += " left_out=" + std::to_string(left_out_);
    left_out_ = 0;
  }
  log_(event);
}

}  // namespace kirikae::http

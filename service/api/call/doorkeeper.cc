#include "service/api/call/doorkeeper.h"

#include <algorithm>
#include <cstddef>

namespace kirikae::api {
namespace {

constexpr int64_t kFree = 5;
constexpr absl::Duration kFirstDelay = absl::Milliseconds(100);
constexpr absl::Duration kMostDelay = absl::Seconds(3);
constexpr absl::Duration kForgetAfter = absl::Minutes(10);
constexpr size_t kMostAddresses = 10'000;

bool IsPowerOfTwo(int64_t number) { return (number & (number - 1)) == 0; }

}  // namespace

std::string_view AddressOf(std::string_view peer) {
  if (peer.starts_with("unix")) return "unix";
  return peer.substr(0, peer.rfind(':'));
}

absl::Duration Doorkeeper::Wrong(std::string_view peer, absl::Time now) {
  const std::string_view address = AddressOf(peer);
  int64_t count = 0;
  {
    const std::lock_guard lock(mutex_);
    if (tries_.size() >= kMostAddresses) {
      std::erase_if(tries_,
                    [&](const auto& entry) { return entry.second.last < now - kForgetAfter; });
      if (tries_.size() >= kMostAddresses) tries_.clear();
    }
    Tries& tries = tries_[std::string(address)];
    if (tries.last < now - kForgetAfter) tries.count = 0;
    tries.last = now;
    count = ++tries.count;
  }
  if (on_wrong_ && IsPowerOfTwo(count)) on_wrong_(address, count);
  if (count <= kFree) return absl::ZeroDuration();
  return std::min(kMostDelay,
                  kFirstDelay * (int64_t{1} << std::min<int64_t>(count - kFree - 1, 10)));
}

}  // namespace kirikae::api

#include "service/server/call_log.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <string>

namespace kirikae::server {

void CallLog::Ended(const api::EndedCall& call) {
  const double seconds = absl::ToDoubleSeconds(call.taken);
  {
    const auto bucket = std::lower_bound(kLatencyBounds.begin(), kLatencyBounds.end(), seconds) -
                        kLatencyBounds.begin();
    const std::lock_guard lock(mutex_);
    CallCount& count = counts_[{call.rpc, call.code}];
    ++count.calls;
    count.seconds += seconds;
    ++count.buckets[static_cast<size_t>(bucket)];
  }
  spdlog::info("call method={} code={} ms={:.1f} request={} token={}", call.rpc,
               absl::StatusCodeToString(call.code), seconds * 1000, call.request_id, call.token);
}

CallLog::Counts CallLog::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

}  // namespace kirikae::server

#include "service/server/call_log.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <string>

#include "service/server/log.h"

namespace kirikae::server {

CallLog::CallLog() : json_(LogIsJson() ? MemberLog() : nullptr) {}

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
  const std::string code = absl::StatusCodeToString(call.code);
  if (json_ != nullptr) {
    json_->info(R"("event":"call","method":"{}","code":"{}","ms":{:.1f},"request":{},"token":{})",
                call.rpc, code, seconds * 1000, JsonQuoted(call.request_id), call.token);
  } else {
    spdlog::info("call method={} code={} ms={:.1f} request={} token={}", call.rpc, code,
                 seconds * 1000, call.request_id, call.token);
  }
}

CallLog::Counts CallLog::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

}  // namespace kirikae::server

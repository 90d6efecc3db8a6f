// Records calls: a log line each, and counters for metrics.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "service/api/call/environment.h"

namespace spdlog {
class logger;
}

namespace kirikae::server {

/// Upper bounds of the latency buckets, in seconds; one more bucket takes longer calls.
inline constexpr std::array<double, 11> kLatencyBounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                          0.05,   0.1,   0.5,    1.0,   5.0};

/// How often an RPC ended with a code, and the time it took.
struct CallCount {
  int64_t calls = 0;
  double seconds = 0;  ///< all calls together
  std::array<int64_t, kLatencyBounds.size() + 1> buckets{};
};

/// Thread-safe.
class CallLog {
 public:
  /// The key's text is the role table's, which lives as long as the program.
  using Counts = std::map<std::pair<std::string_view, absl::StatusCode>, CallCount>;

  /// After SetUpLog.
  CallLog();

  /// Counts the call and logs one line: method, code, milliseconds, request id, token id. No names
  /// of people.
  void Ended(const api::EndedCall& call);
  /// The counts so far.
  Counts counts() const;

 private:
  const std::shared_ptr<spdlog::logger> json_;  // null = lines for people
  mutable std::mutex mutex_;
  Counts counts_;
};

}  // namespace kirikae::server

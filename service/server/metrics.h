// What monitoring reads.
#pragma once

#include <prometheus/collectable.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "service/api/call/environment.h"
#include "service/server/call_log.h"

namespace kirikae::server {

/// The figures of the daemon in Prometheus' text form. Names and units follow Prometheus' rules:
/// seconds, bytes, counters end in `_total`. No name of a person stands in them. Thread-safe; what
/// it is given must outlive it.
class Metrics {
 public:
  /// What of the daemon it reads.
  struct Sources {
    api::Environment& env;
    const CallLog& calls;
    /// Further gauges by name, such as connections of the HTTP port.
    std::function<std::map<std::string, double>()> gauges = nullptr;
  };

  explicit Metrics(Sources sources) : sources_(std::move(sources)) {}

  /// The figures now. Reads the store; where it can't be read, `kirikae_store_readable` is 0 and
  /// the figures of rollouts are left out.
  std::string Text() const;

 private:
  const Sources sources_;
};

}  // namespace kirikae::server

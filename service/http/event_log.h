// What is logged of clients that are turned away.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "service/http/clock.h"

namespace kirikae::http {

/// At most twenty events a second are logged, so that whoever floods the server does not flood its
/// log; the first event after that says how many were left out. Thread-safe.
class EventLog {
 public:
  using Log = std::function<void(const std::string& event)>;

  explicit EventLog(Log log) : log_(std::move(log)) {}

  /// Logs `http REASON address=PEER`, and the detail behind it.
  void Add(std::string_view reason, std::string_view peer, std::string_view detail = "");

 private:
  const Log log_;
  std::mutex mutex_;
  Instant second_;
  size_t count_ = 0;
  size_t left_out_ = 0;
};

}  // namespace kirikae::http

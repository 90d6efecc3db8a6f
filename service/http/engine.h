// A version of HTTP, as its connection sees it.
#pragma once

#include <string_view>

#include "service/http/clock.h"

namespace kirikae::http {

/// Turns bytes into exchanges and exchanges into bytes. Everything happens on the connection's
/// thread.
class Engine {
 public:
  virtual ~Engine() = default;

  /// Takes what the client sent.
  virtual void OnBytes(std::string_view bytes) = 0;
  /// Whether it can take more now. Once it can again, it wakes the connection.
  virtual bool WantsBytes() const = 0;
  /// Everything that was given to the connection is written; gives more when there is more.
  virtual void Fill() {}
  /// The connection is closed: exchanges that still run are told.
  virtual void OnClosed() = 0;
  /// Begins no more exchanges; the connection is to be closed after those that run.
  virtual void Drain() = 0;
  /// The next time at which something is too late; Instant::max() = never.
  virtual Instant NextTime() const = 0;
  /// Ends what is too late.
  virtual void OnTime(Instant now) = 0;
};

}  // namespace kirikae::http

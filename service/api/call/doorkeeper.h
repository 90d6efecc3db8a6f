// Slows down whoever tries tokens that are not valid.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace kirikae::api {

/// Counts the calls with a wrong token by the address they come from. A call with a valid token is
/// never slowed, whatever else comes from its address. Thread-safe.
class Doorkeeper {
 public:
  /// `on_wrong(address, count)` is told of the first wrong token of an address and then each time
  /// that their number has doubled.
  explicit Doorkeeper(std::function<void(std::string_view address, int64_t count)> on_wrong)
      : on_wrong_(std::move(on_wrong)) {}

  /// Counts a wrong token; gives how long its answer is to be held back: nothing for the first 5 of
  /// an address, then 100 ms, doubling up to 3 s. An address is forgotten when it sends no wrong
  /// token for 10 minutes. `peer` as gRPC writes it, `ipv4:10.0.0.1:50123`; `now` by any clock.
  absl::Duration Wrong(std::string_view peer, absl::Time now);

 private:
  struct Tries {
    int64_t count = 0;
    absl::Time last;
  };

  const std::function<void(std::string_view address, int64_t count)> on_wrong_;
  std::mutex mutex_;
  std::map<std::string, Tries, std::less<>> tries_;  // by address
};

/// The address of a peer without its port.
std::string_view AddressOf(std::string_view peer);

}  // namespace kirikae::api

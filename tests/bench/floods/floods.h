// What a caller can do to keep others from being served.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace kirikae::bench {

/// The daemon, and whose tokens the floods use.
struct Target {
  std::string address;              ///< `127.0.0.1:50051`
  std::vector<std::string> tokens;  ///< of viewers, at least one
  std::string planner;              ///< a planner's
};

/// Whether the flood goes on. Thread-safe.
using Running = std::function<bool()>;

struct Flood {
  std::string name;
  size_t workers = 1;  ///< threads that do it at once
  /// Does it until `running` says no. `worker` counts from 0.
  std::function<void(const Target& target, const Running& running, size_t worker)> run;
};

const std::vector<Flood>& AllFloods();

}  // namespace kirikae::bench

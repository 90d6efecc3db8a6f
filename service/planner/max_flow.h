// The largest flow through a network, for bounds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kirikae::planner {

/// Dinic's algorithm (1970). Arcs may be added between two calls of Augment(); the flow so far
/// stays. Not thread-safe.
class MaxFlow {
 public:
  int AddNode();
  void AddArc(int from, int to, int64_t capacity);
  /// Sends what can still be sent from `source` to `sink`, and returns how much that was.
  int64_t Augment(int source, int sink);

 private:
  struct Arc {
    int to;
    int back;
    int64_t left;
  };

  bool Level(int source, int sink);
  int64_t Send(int node, int sink, int64_t most);

  std::vector<std::vector<Arc>> arcs_;
  std::vector<int> level_;
  std::vector<size_t> next_;
};

}  // namespace kirikae::planner

#include "service/planner/max_flow.h"

#include <algorithm>

namespace kirikae::planner {

int MaxFlow::AddNode() {
  arcs_.emplace_back();
  return static_cast<int>(arcs_.size()) - 1;
}

void MaxFlow::AddArc(int from, int to, int64_t capacity) {
  arcs_[from].push_back({to, static_cast<int>(arcs_[to].size()), capacity});
  arcs_[to].push_back({from, static_cast<int>(arcs_[from].size()) - 1, 0});
}

bool MaxFlow::Level(int source, int sink) {
  level_.assign(arcs_.size(), -1);
  std::vector<int> queue{source};
  level_[source] = 0;
  for (size_t head = 0; head < queue.size(); ++head) {
    for (const Arc& arc : arcs_[queue[head]]) {
      if (arc.left <= 0 || level_[arc.to] >= 0) continue;
      level_[arc.to] = level_[queue[head]] + 1;
      queue.push_back(arc.to);
    }
  }
  return level_[sink] >= 0;
}

int64_t MaxFlow::Send(int node, int sink, int64_t most) {
  if (node == sink) return most;
  int64_t sent = 0;
  for (size_t& k = next_[node]; k < arcs_[node].size(); ++k) {
    Arc& arc = arcs_[node][k];
    if (arc.left <= 0 || level_[arc.to] != level_[node] + 1) continue;
    const int64_t part = Send(arc.to, sink, std::min(most - sent, arc.left));
    arc.left -= part;
    arcs_[arc.to][arc.back].left += part;
    sent += part;
    if (sent == most) break;
  }
  return sent;
}

int64_t MaxFlow::Augment(int source, int sink) {
  int64_t sent = 0;
  while (Level(source, sink)) {
    next_.assign(arcs_.size(), 0);
    sent += Send(source, sink, int64_t{1} << 60);
  }
  return sent;
}

}  // namespace kirikae::planner

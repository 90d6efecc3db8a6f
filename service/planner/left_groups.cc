#include "service/planner/left_groups.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace kirikae::planner {

std::vector<LeftGroup> GroupLeft(const PlanProblem& problem, const PlanSolution& solution) {
  std::unordered_map<std::string, const Left*> left;
  for (const Left& row : solution.left) left.emplace(row.item, &row);
  using Key = std::tuple<std::vector<LeftCode>, std::string, std::string>;
  std::map<Key, size_t> known;
  std::vector<LeftGroup> groups;
  for (const Item& item : problem.items) {
    const auto row = left.find(item.id);
    if (row == left.end()) continue;
    const std::vector<LeftReason>& reasons = row->second->reasons;
    std::vector<LeftCode> codes;
    for (const LeftReason& reason : reasons) {
      if (std::count(codes.begin(), codes.end(), reason.code) == 0) codes.push_back(reason.code);
    }
    Key key(codes, item.group, item.group.empty() ? item.department : "");
    const auto [at, is_new] = known.emplace(std::move(key), groups.size());
    if (is_new) {
      groups.emplace_back();
      groups.back().codes = std::move(codes);
      groups.back().reasons = reasons;
      groups.back().group = item.group;
      groups.back().department = item.department;
    }
    LeftGroup& group = groups[at->second];
    std::erase_if(group.reasons, [&](const LeftReason& reason) {
      return std::count(reasons.begin(), reasons.end(), reason) == 0;
    });
    group.items.push_back(item.id);
    group.minutes += item.minutes;
    group.weight += item.weight;
  }
  std::stable_sort(groups.begin(), groups.end(), [](const LeftGroup& a, const LeftGroup& b) {
    return a.items.size() > b.items.size();
  });
  return groups;
}

}  // namespace kirikae::planner

#include "service/planner/objectives.h"

#include <algorithm>

namespace kirikae::planner {
namespace {

void AddMissing(std::vector<Objective>& order, Objective objective) {
  if (!Lists(order, objective)) order.push_back(objective);
}

}  // namespace

bool Lists(const std::vector<Objective>& objectives, Objective objective) {
  return std::count(objectives.begin(), objectives.end(), objective) > 0;
}

std::vector<Objective> ObjectivesOf(const Policy& policy) {
  if (!policy.objectives.empty()) return policy.objectives;
  return {Objective::kPlaced, Objective::kFinish, Objective::kStability, Objective::kVisits,
          Objective::kLevel};
}

std::vector<Objective> CoreOrder(const std::vector<Objective>& objectives) {
  std::vector<Objective> order;
  for (const Objective objective : objectives) {
    if (objective == Objective::kVisits || objective == Objective::kLevel) continue;
    order.push_back(objective);
  }
  AddMissing(order, Objective::kPlaced);
  AddMissing(order, Objective::kFinish);
  return order;
}

std::vector<Objective> WholeOrder(const std::vector<Objective>& objectives, bool stability) {
  std::vector<Objective> order;
  for (const Objective objective : objectives) {
    if (objective == Objective::kVisits || objective == Objective::kLevel) {
      AddMissing(order, Objective::kPlaced);
    }
    if (objective != Objective::kStability || stability) AddMissing(order, objective);
  }
  AddMissing(order, Objective::kPlaced);
  AddMissing(order, Objective::kFinish);
  return order;
}

bool StabilityBefore(const std::vector<Objective>& order, Objective other) {
  const auto at = std::find(order.begin(), order.end(), Objective::kStability);
  return std::find(at, order.end(), other) != order.end();
}

}  // namespace kirikae::planner

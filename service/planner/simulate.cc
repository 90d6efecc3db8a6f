#include "service/planner/simulate.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/planner/model.h"
#include "service/planner/validate.h"

namespace kirikae::planner {
namespace {

constexpr int kMaxFreeingRounds = 8;

absl::Status Refuse(const std::vector<Fault>& faults) {
  std::string text = faults.front().path + ": " + faults.front().text.English();
  if (faults.size() > 1) text += " (and " + std::to_string(faults.size() - 1) + " more)";
  return absl::InvalidArgumentError(absl::string_view(text.data(), text.size()));
}

/// The index of the item that a fault says can't stay fixed, or -1 for any other fault.
int FixedItemOf(const std::string& path) {
  const std::string_view list = "items[";
  const size_t close = path.find("].fixed");
  if (path.compare(0, list.size(), list) != 0 || close == std::string::npos) return -1;
  int index = 0;
  for (size_t i = list.size(); i < close; ++i) {
    if (path[i] < '0' || path[i] > '9') return -1;
    index = index * 10 + (path[i] - '0');
  }
  return index;
}

/// Frees fixed items that may not keep their places under the changes. Returns all other faults.
std::vector<Fault> FreeFixed(PlanProblem& problem, std::vector<std::string>& freed) {
  for (int round = 0; round < kMaxFreeingRounds; ++round) {
    std::vector<Fault> faults = Validate(problem);
    if (faults.empty()) return {};
    std::vector<Fault> others;
    std::set<int> items;
    for (Fault& fault : faults) {
      const int item = FixedItemOf(fault.path);
      if (item < 0) {
        others.push_back(std::move(fault));
      } else {
        items.insert(item);
      }
    }
    if (!others.empty()) return others;
    for (int item : items) {
      problem.items[item].fixed.reset();
      freed.push_back(problem.items[item].id);
    }
  }
  return Validate(problem);
}

void Publish(const PlanSolution& before, PlanProblem& problem) {
  std::unordered_map<std::string, const Placement*> placed;
  for (const Placement& row : before.placements) placed.emplace(row.item, &row);
  for (Item& item : problem.items) {
    if (const auto at = placed.find(item.id); at != placed.end()) {
      item.published = Position{at->second->day, at->second->slot, at->second->team};
    }
  }
}

std::vector<PhaseShift> ShiftsOf(const Simulation& simulation) {
  const std::vector<absl::CivilDay> days = OpenDays(simulation.changed.calendar);
  const auto number = [&](absl::CivilDay day) {
    return std::lower_bound(days.begin(), days.end(), day) - days.begin();
  };
  std::vector<PhaseShift> shifts;
  for (const PhaseResult& after : simulation.after.phases) {
    PhaseShift shift;
    shift.id = after.id;
    shift.first_after = after.first_day;
    shift.last_after = after.last_day;
    for (const PhaseResult& before : simulation.before.phases) {
      if (before.id != after.id) continue;
      shift.first_before = before.first_day;
      shift.last_before = before.last_day;
    }
    if (shift.last_before.has_value() && shift.last_after.has_value()) {
      shift.open_days_later = number(*shift.last_after) - number(*shift.last_before);
    }
    shifts.push_back(std::move(shift));
  }
  return shifts;
}

/// Removes items that the problem does not have.
void Restrict(const PlanProblem& problem, PlanSolution& solution) {
  std::unordered_set<std::string> items;
  for (const Item& item : problem.items) items.insert(item.id);
  std::erase_if(solution.placements, [&](const Placement& p) { return items.count(p.item) == 0; });
  std::erase_if(solution.left, [&](const Left& left) { return items.count(left.item) == 0; });
}

}  // namespace

absl::StatusOr<Simulation> Simulate(const PlanProblem& problem, PlanSolution before,
                                    const std::vector<Change>& changes,
                                    const SolveOptions& options) {
  if (const std::vector<Fault> faults = Validate(problem); !faults.empty()) return Refuse(faults);
  Simulation simulation;
  simulation.before = std::move(before);
  Restrict(problem, simulation.before);
  simulation.changed = problem;
  if (const auto faults = Apply(changes, &simulation.before, simulation.changed); !faults.empty()) {
    return Refuse(faults);
  }
  Publish(simulation.before, simulation.changed);
  if (const auto faults = FreeFixed(simulation.changed, simulation.freed); !faults.empty()) {
    return Refuse(faults);
  }
  absl::StatusOr<PlanSolution> after = Solve(simulation.changed, options);
  if (!after.ok()) return after.status();
  simulation.after = *std::move(after);
  simulation.phases = ShiftsOf(simulation);
  simulation.difference = ComparePlans(simulation.changed, simulation.before, simulation.after);
  std::unordered_set<std::string> stood;
  for (const Placement& row : simulation.before.placements) stood.insert(row.item);
  for (const Left& left : simulation.after.left) {
    if (stood.count(left.item) > 0) simulation.newly_left.push_back(left);
  }
  return simulation;
}

}  // namespace kirikae::planner

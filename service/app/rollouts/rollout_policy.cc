#include "service/app/rollouts/rollout_policy.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "service/domain/readiness.h"
#include "service/planner/solution.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

planner::HelpDesk ReadHelpDesk(YamlReader map) {
  planner::HelpDesk help_desk;
  help_desk.tickets_per_device = map.Numbers("tickets_per_device");
  help_desk.daily_limit = map.Number("daily_limit").value_or(0);
  if (help_desk.daily_limit > 0 && help_desk.tickets_per_device.empty()) {
    map.Fault("tickets_per_device",
              Sentence("A limit of tickets needs the tickets that a device brings."));
  }
  map.RefuseUnknown();
  return help_desk;
}

std::vector<planner::Objective> ReadObjectives(YamlReader& map) {
  using planner::Objective;
  constexpr Objective kAll[] = {Objective::kPlaced, Objective::kFinish, Objective::kStability,
                                Objective::kVisits, Objective::kLevel};
  std::vector<Objective> objectives;
  for (const std::string& text : map.Texts("objectives")) {
    const auto* const found =
        std::find_if(std::begin(kAll), std::end(kAll),
                     [&](Objective objective) { return planner::Name(objective) == text; });
    if (found == std::end(kAll)) {
      map.Fault("objectives", Sentence("There is no objective $0.", {text}));
    } else if (std::count(objectives.begin(), objectives.end(), *found) != 0) {
      map.Fault("objectives", Sentence("The objective $0 is listed twice", {text}));
    } else {
      objectives.push_back(*found);
    }
  }
  return objectives;
}

// Minutes of work by kind of device.
void ReadMinutes(YamlReader map, PolicySpec& policy) {
  for (const auto& [key, value] : map.Pairs()) {
    const auto kind = domain::FromName<domain::DeviceKind>(key);
    int number = 0;
    if (!absl::SimpleAtoi(value, &number) || number <= 0 || number > 1440) {
      map.Fault(key, Sentence("$0 is not a number of minutes from 1 to 1,440.", {value}));
    } else if (kind.has_value()) {
      policy.minutes[*kind] = number;
    } else if (key == "default") {
      policy.default_minutes = number;
    } else {
      map.Fault(key, Sentence("There is no kind of device $0.", {key}));
    }
  }
}

}  // namespace

PolicySpec ReadPolicy(YamlReader map) {
  constexpr std::string_view kLabels = "labels.";
  PolicySpec policy;
  policy.department_daily_share = map.Share("department_daily_share").value_or(1.0);
  policy.counter_daily_share = map.Share("counter_daily_share");
  policy.visit_minutes = map.Whole("visit_minutes").value_or(0);
  policy.group_by = map.Text("group_by");
  if (policy.group_by.starts_with(kLabels)) {
    policy.group_by.erase(0, kLabels.size());
  } else if (!policy.group_by.empty()) {
    map.Fault("group_by", Sentence("Groups go by a label, such as labels.bundle."));
  }
  policy.minimum_os = map.Text("minimum_os");
  if (!policy.minimum_os.empty() && !domain::IsOsVersion(policy.minimum_os)) {
    map.Fault("minimum_os", Sentence("$0 names no OS with its version; write it like Windows 11.",
                                     {policy.minimum_os}));
  }
  policy.help_desk = ReadHelpDesk(map.Map("help_desk"));
  policy.objectives = ReadObjectives(map);
  ReadMinutes(map.Map("minutes"), policy);
  map.RefuseUnknown();
  return policy;
}

}  // namespace kirikae::app

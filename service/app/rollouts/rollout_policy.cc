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

// After how many open days a kind of blocker should be gone.
void ReadExpectations(YamlReader map, PolicySpec& policy) {
  using domain::Awaited;
  constexpr std::pair<const char*, Awaited> kKinds[] = {
      {"enrolment", Awaited::kEnrolment}, {"camera", Awaited::kCamera}, {"os", Awaited::kOs}};
  // About a year of open days: whoever waits for longer knows nothing.
  constexpr int kMost = 250;
  for (const auto& [key, kind] : kKinds) {
    const std::optional<int> days = map.Whole(key);
    if (!days.has_value()) continue;
    if (*days < 1 || *days > kMost) {
      map.Fault(key, Sentence("$0 is not a number of open days from 1 to $1.",
                              {std::to_string(*days), std::to_string(kMost)}));
    } else if (*days < policy.ReadyBefore()) {
      map.Fault(key,
                Sentence("A device has to be ready $0 open days before its wave (ready_before), "
                         "so write $0 or more.",
                         {std::to_string(policy.ReadyBefore())}));
    } else {
      policy.expect[kind] = *days;
    }
  }
  map.RefuseUnknown();
}

std::optional<int> ReadReadyBefore(YamlReader& map) {
  constexpr int kMost = 20;
  const std::optional<int> days = map.Whole("ready_before");
  if (!days.has_value() || *days <= kMost) return days;
  map.Fault("ready_before", Sentence("$0 is not a number of open days from 0 to $1.",
                                     {std::to_string(*days), std::to_string(kMost)}));
  return std::nullopt;
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
  policy.ready_before = ReadReadyBefore(map);
  ReadExpectations(map.Map("expect"), policy);
  policy.help_desk = ReadHelpDesk(map.Map("help_desk"));
  policy.objectives = ReadObjectives(map);
  ReadMinutes(map.Map("minutes"), policy);
  map.RefuseUnknown();
  return policy;
}

}  // namespace kirikae::app

#include "service/app/rollouts/rollout_file.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_join.h"
#include "service/app/inventory/device_filter.h"
#include "service/app/rollouts/rollout_policy.h"
#include "service/app/rollouts/yaml_reader.h"
#include "service/domain/errors.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr size_t kSizeLimit = size_t{1} << 20U;
// More than a file within the limit can have without aliases.
constexpr size_t kMostValues = 1'000'000;
// Deeper than anything that is read.
constexpr int kDepth = 16;

// Whether a node holds at most `left` values, each counted as often as aliases name it: a list of
// aliases of lists of aliases would fill the memory. An alias may also name what it is in.
bool HoldsAtMost(const YAML::Node& node, int depth, size_t& left) {
  if (left == 0) return false;
  --left;
  if (depth == 0) return true;
  for (const auto& entry : node) {
    if (node.IsMap()) {
      if (!HoldsAtMost(entry.second, depth - 1, left)) return false;
    } else if (!HoldsAtMost(entry, depth - 1, left)) {
      return false;
    }
  }
  return true;
}

std::string Listed(const std::vector<std::string>& names) { return absl::StrJoin(names, ", "); }

void CheckFilter(YamlReader& map, const char* key, const std::string& filter) {
  const auto parsed = ParseDeviceSelector(filter);
  if (parsed.ok()) return;
  const auto detail = domain::DetailOf(parsed.status());
  map.Fault(key, detail.has_value() ? detail->sentence : Sentence("This can't be read."));
}

std::optional<domain::AuthMethod> Method(YamlReader& map, const char* key) {
  const std::string name = map.Text(key, true);
  const auto method = domain::FromName<domain::AuthMethod>(name);
  if (!method.has_value() && !name.empty()) {
    map.Fault(key, Sentence("$0 is not a method of this ward; a method has two kinds of factor.",
                            {name}));
  }
  return method;
}

// The confidence with which a sample must prove the share.
std::optional<double> ReadConfidence(YamlReader& map, const GateSpec& gate) {
  const std::optional<double> confidence = map.Share("confidence");
  if (!confidence.has_value()) return confidence;
  if (*confidence < 0.5 || *confidence >= 1) {
    map.Fault("confidence", Sentence("A confidence is from 50% to below 100%."));
  } else if (!gate.success_share.has_value()) {
    map.Fault("confidence",
              Sentence("A confidence needs a success_rate that is a share, such as 97%."));
  }
  return confidence;
}

std::optional<domain::SequentialTest> ReadSequential(YamlReader& gate) {
  if (!gate.Has("sequential")) return std::nullopt;
  YamlReader map = gate.Map("sequential");
  const auto good = map.Share("good", true);
  const auto bad = map.Share("bad", true);
  const auto error = map.Share("error", true);
  map.RefuseUnknown();
  if (!good.has_value() || !bad.has_value() || !error.has_value()) return std::nullopt;
  if (*bad <= 0 || *bad >= *good || *good >= 1) {
    map.Fault("good", Sentence("good has to be above bad, and both between 0% and 100%."));
  }
  if (*error <= 0 || *error >= 0.5) {
    map.Fault("error", Sentence("error has to be above 0% and below 50%."));
  }
  return domain::SequentialTest{*good, *bad, *error};
}

// A threshold is a percentage or a count. An unreadable one is refused here, not when the gate is
// evaluated.
GateSpec ReadGate(YamlReader map) {
  GateSpec gate;
  const std::string rate = map.Text("success_rate");
  if (rate.find_first_of("%.") != std::string::npos) {
    gate.success_share = map.Share("success_rate");
  } else {
    gate.success_count = map.Whole("success_rate");
  }
  gate.minimum_sample = map.Whole("minimum_sample").value_or(0);
  gate.incidents = map.Whole("incidents");
  gate.approval = map.Flag("approval");
  gate.confidence = ReadConfidence(map, gate);
  gate.sequential = ReadSequential(map);
  map.RefuseUnknown();
  return gate;
}

PhaseSpec ReadPhase(YamlReader& map) {
  PhaseSpec phase;
  phase.id = map.Text("id", true);
  phase.title = map.Text("title");
  phase.select = map.Text("select");
  CheckFilter(map, "select", phase.select);
  phase.not_before = map.Day("not_before");
  phase.deadline = map.Day("deadline");
  if (phase.not_before.has_value() && phase.deadline.has_value() &&
      *phase.deadline < *phase.not_before) {
    map.Fault("deadline", Sentence("The deadline is before the first day."));
  }
  phase.soak_days = map.Whole("soak_days").value_or(0);
  phase.gate = ReadGate(map.Map("gate"));
  return phase;
}

planner::CapacityChange ReadChange(YamlReader& row) {
  planner::CapacityChange change;
  change.from = row.Day("from");
  change.to = row.Day("to");
  if (change.from.has_value() && change.to.has_value() && *change.to < *change.from) {
    row.Fault("to", Sentence("The last day is before the first."));
  }
  change.weekday = row.Weekday("weekday");
  change.slot = row.Text("slot");
  change.set_minutes = row.Whole("set_minutes");
  change.set_devices = row.Whole("set_devices");
  const auto add_minutes = row.Signed("add_minutes");
  const auto add_devices = row.Signed("add_devices");
  change.add_minutes = add_minutes.value_or(0);
  change.add_devices = add_devices.value_or(0);
  if (!change.set_minutes.has_value() && !change.set_devices.has_value() &&
      !add_minutes.has_value() && !add_devices.has_value()) {
    row.Fault("set_minutes", Sentence("A change sets or adds minutes or devices."));
  }
  return change;
}

TeamSpec ReadTeam(YamlReader& map) {
  TeamSpec team;
  team.id = map.Text("id", true);
  team.minutes_per_slot = map.Whole("minutes_per_slot");
  team.devices_per_slot = map.Whole("devices_per_slot");
  team.sites = map.Texts("sites");
  map.Each("changes", [&](YamlReader& row) { team.changes.push_back(ReadChange(row)); });
  if (!team.minutes_per_slot.has_value() && !team.devices_per_slot.has_value()) {
    map.Fault("minutes_per_slot", Sentence("A team needs minutes or devices per slot."));
  }
  return team;
}

PoolSpec ReadPool(YamlReader& map) {
  PoolSpec pool;
  pool.id = map.Text("id", true);
  pool.select = map.Text("select");
  CheckFilter(map, "select", pool.select);
  pool.size = map.Whole("size");
  pool.daily_share = map.Share("daily_share");
  pool.daily_limit = map.Whole("daily_limit").value_or(0);
  if (!pool.daily_share.has_value() && pool.daily_limit == 0) {
    map.Fault("daily_share", Sentence("A pool needs a daily share or a daily limit."));
  }
  return pool;
}

// A capacity change may name a slot. The slots are in the calendar, which is read later.
void CheckSlots(const RolloutFile& file, std::vector<domain::Violation>& violations) {
  const std::vector<std::string> slots =
      file.calendar.slots.empty() ? std::vector<std::string>{"day"} : file.calendar.slots;
  for (size_t t = 0; t < file.teams.size(); ++t) {
    for (size_t c = 0; c < file.teams[t].changes.size(); ++c) {
      const std::string& slot = file.teams[t].changes[c].slot;
      if (slot.empty() || std::find(slots.begin(), slots.end(), slot) != slots.end()) continue;
      violations.push_back(
          {"teams[" + std::to_string(t) + "].changes[" + std::to_string(c) + "].slot",
           Sentence("There is no slot $0; there are: $1.", {slot, Listed(slots)})});
    }
  }
}

CalendarSpec ReadCalendar(YamlReader map, const std::vector<PhaseSpec>& phases) {
  CalendarSpec calendar;
  calendar.slots = map.Texts("slots");
  calendar.weekly_open = map.Weekdays("weekly_open");
  if (std::set<std::string>(calendar.slots.begin(), calendar.slots.end()).size() !=
      calendar.slots.size()) {
    map.Fault("slots", Sentence("A slot is there twice."));
  }
  calendar.open_days = map.Days("open_days");
  calendar.closed_days = map.Days("closed_days");
  calendar.first_day = map.Day("first_day");
  calendar.last_day = map.Day("last_day");
  if (calendar.first_day.has_value() && calendar.last_day.has_value() &&
      *calendar.last_day < *calendar.first_day) {
    map.Fault("last_day", Sentence("The last day is before the first."));
  }
  map.Each("blackouts", [&](YamlReader& row) {
    BlackoutSpec blackout;
    const auto from = row.Day("from");
    const auto to = row.Day("to");
    blackout.department = row.Text("department");
    blackout.site = row.Text("site");
    blackout.phase = row.Text("phase");
    blackout.why = row.Text("why");
    const auto is_named = [&](const PhaseSpec& phase) { return phase.id == blackout.phase; };
    if (!blackout.phase.empty() && std::none_of(phases.begin(), phases.end(), is_named)) {
      std::vector<std::string> ids;
      ids.reserve(phases.size());
      for (const PhaseSpec& phase : phases) ids.push_back(phase.id);
      row.Fault("phase",
                Sentence("There is no phase $0; there are: $1.", {blackout.phase, Listed(ids)}));
    }
    if (!from.has_value() || !to.has_value() || *to < *from) {
      row.Fault("to", Sentence("A blackout needs a first day and a last day not before it."));
      return;
    }
    blackout.from = *from;
    blackout.to = *to;
    calendar.blackouts.push_back(std::move(blackout));
  });
  map.RefuseUnknown();
  return calendar;
}

template <typename Specs>
void RefuseTwice(const Specs& specs, std::string_view list,
                 std::vector<domain::Violation>& violations) {
  std::set<std::string> ids;
  for (size_t i = 0; i < specs.size(); ++i) {
    if (ids.insert(specs[i].id).second) continue;
    violations.push_back({std::string(list) + "[" + std::to_string(i) + "].id",
                          Sentence("The id $0 is there twice.", {specs[i].id})});
  }
}

template <typename Specs>
void RequireSome(const Specs& specs, std::string_view list,
                 std::vector<domain::Violation>& violations) {
  if (!specs.empty()) return;
  violations.push_back({std::string(list), Sentence("At least one is needed.")});
}

std::map<std::string, std::string> TopLevel(const std::string& yaml) {
  std::map<std::string, std::string> fields;
  const YAML::Node root = YAML::Load(yaml);
  if (!root.IsMap()) return fields;
  for (const auto& entry : root) fields[entry.first.Scalar()] = YAML::Dump(entry.second);
  return fields;
}

RolloutFile ReadFile(const YAML::Node& root, std::vector<domain::Violation>& violations) {
  RolloutFile file;
  YamlReader map(root, "", violations);
  file.id = map.Text("rollout", true);
  if (file.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") != std::string::npos) {
    map.Fault("rollout", Sentence("An id has small letters, digits, - and _ only."));
  }
  file.title = map.Text("title");
  const auto from = Method(map, "from");
  const auto to = Method(map, "to");
  file.from = from.value_or(file.from);
  file.to = to.value_or(file.to);
  if (from.has_value() && from == to) {
    map.Fault("to", Sentence("The methods before and after are the same."));
  }
  file.scope = map.Text("scope");
  CheckFilter(map, "scope", file.scope);
  map.Each("phases", [&](YamlReader& row) { file.phases.push_back(ReadPhase(row)); });
  RefuseTwice(file.phases, "phases", violations);
  RequireSome(file.phases, "phases", violations);
  file.policy = ReadPolicy(map.Map("policy"));
  map.Each("teams", [&](YamlReader& row) { file.teams.push_back(ReadTeam(row)); });
  RefuseTwice(file.teams, "teams", violations);
  RequireSome(file.teams, "teams", violations);
  map.Each("pools", [&](YamlReader& row) { file.pools.push_back(ReadPool(row)); });
  RefuseTwice(file.pools, "pools", violations);
  file.calendar = ReadCalendar(map.Map("calendar"), file.phases);
  CheckSlots(file, violations);
  map.RefuseUnknown();
  return file;
}

}  // namespace

absl::StatusOr<RolloutFile> ParseRolloutFile(std::string_view yaml) {
  if (yaml.size() > kSizeLimit) {
    return domain::InvalidField("content", Sentence("A rollout file may hold at most 1 MiB."));
  }
  std::vector<domain::Violation> violations;
  RolloutFile file;
  try {
    const YAML::Node root = YAML::Load(std::string(yaml));
    size_t left = kMostValues;
    if (!HoldsAtMost(root, kDepth, left)) {
      return domain::InvalidField(
          "content", Sentence("With its aliases, the file has more than $0 values. Write fewer.",
                              {"1,000,000"}));
    }
    file = ReadFile(root, violations);
  } catch (const YAML::Exception& exception) {
    return domain::InvalidField("content",
                                Sentence("The file is not YAML at line $0: $1.",
                                         {std::to_string(exception.mark.line + 1), exception.msg}));
  }
  if (!violations.empty()) return domain::InvalidRequest(std::move(violations));
  return file;
}

std::vector<std::string> DifferingFields(const std::string& before, const std::string& after) {
  std::map<std::string, std::string> old_fields;
  std::map<std::string, std::string> new_fields;
  try {
    old_fields = TopLevel(before);
    new_fields = TopLevel(after);
  } catch (const YAML::Exception&) {
    return {"content"};
  }
  std::set<std::string> names;
  for (const auto& [name, value] : old_fields) {
    const auto now = new_fields.find(name);
    if (now == new_fields.end() || now->second != value) names.insert(name);
  }
  for (const auto& [name, value] : new_fields) {
    if (old_fields.count(name) == 0) names.insert(name);
  }
  return {names.begin(), names.end()};
}

}  // namespace kirikae::app

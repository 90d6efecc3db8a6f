#include "service/app/rollouts/rollout_rules.h"

#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "service/domain/values.h"

namespace kirikae::app {
namespace {

struct Rule {
  std::string path;
  std::string text;
};

std::string TextOf(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? absl::FormatCivilTime(*day) : std::string();
}

std::string TextOf(int count) { return count == 0 ? std::string() : std::to_string(count); }

// `97%`, `33.5%`.
std::string PercentOf(double share) { return absl::StrFormat("%.10g%%", share * 100); }

std::string TextOf(const std::optional<domain::SequentialTest>& test) {
  if (!test.has_value()) return "";
  return "good " + PercentOf(test->good) + ", bad " + PercentOf(test->bad) + ", error " +
         PercentOf(test->error);
}

// A share or a number of devices.
std::string SuccessOf(const GateSpec& gate) {
  if (gate.success_share.has_value()) return PercentOf(*gate.success_share);
  return gate.success_count.has_value() ? std::to_string(*gate.success_count) : std::string();
}

void AddPhase(const PhaseSpec& phase, std::vector<Rule>& rules) {
  const std::string path = "phases." + phase.id + ".";
  rules.push_back({path + "select", phase.select});
  rules.push_back({path + "not_before", TextOf(phase.not_before)});
  rules.push_back({path + "deadline", TextOf(phase.deadline)});
  rules.push_back({path + "soak_days", TextOf(phase.soak_days)});
  rules.push_back({path + "gate.success_rate", SuccessOf(phase.gate)});
  rules.push_back({path + "gate.minimum_sample", TextOf(phase.gate.minimum_sample)});
  rules.push_back({path + "gate.incidents", phase.gate.incidents.has_value()
                                                ? std::to_string(*phase.gate.incidents)
                                                : std::string()});
  rules.push_back({path + "gate.approval", phase.gate.approval ? "true" : ""});
  rules.push_back({path + "gate.confidence", phase.gate.confidence.has_value()
                                                 ? PercentOf(*phase.gate.confidence)
                                                 : std::string()});
  rules.push_back({path + "gate.sequential", TextOf(phase.gate.sequential)});
}

std::vector<Rule> RulesOf(const RolloutFile& file) {
  const auto id = [](std::string* out, const PhaseSpec& phase) { out->append(phase.id); };
  std::vector<Rule> rules = {{"from", std::string(domain::Name(file.from))},
                             {"to", std::string(domain::Name(file.to))},
                             {"scope", file.scope},
                             {"policy.minimum_os", file.policy.minimum_os},
                             {"phases", absl::StrJoin(file.phases, ", ", id)}};
  for (const PhaseSpec& phase : file.phases) AddPhase(phase, rules);
  return rules;
}

}  // namespace

std::vector<RuleDifference> CompareRules(const RolloutFile& before, const RolloutFile& after) {
  const std::vector<Rule> old_rules = RulesOf(before);
  const std::vector<Rule> new_rules = RulesOf(after);
  std::map<std::string_view, std::string_view> old_texts;
  for (const Rule& rule : old_rules) old_texts[rule.path] = rule.text;
  std::vector<RuleDifference> differences;
  for (const Rule& rule : new_rules) {
    const auto old = old_texts.extract(rule.path);
    const std::string_view text = old.empty() ? std::string_view() : old.mapped();
    if (text != rule.text) differences.push_back({rule.path, std::string(text), rule.text});
  }
  for (const Rule& rule : old_rules) {
    if (!rule.text.empty() && old_texts.contains(rule.path)) {
      differences.push_back({rule.path, rule.text, ""});
    }
  }
  return differences;
}

}  // namespace kirikae::app

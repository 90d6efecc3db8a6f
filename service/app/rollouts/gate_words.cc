#include "service/app/rollouts/gate_words.h"

#include <cmath>

#include "absl/strings/str_format.h"

namespace kirikae::app {
namespace {

using domain::GateBlock;
using domain::Sentence;

std::string Percent(double share) { return absl::StrFormat("%.1f", share * 100); }

std::string Rate(int64_t succeeded, int64_t attempted) {
  if (attempted == 0) return "-";
  // Rounded down: 96.96 % must not look like the 97 % that it misses.
  const double share = static_cast<double>(succeeded) / static_cast<double>(attempted);
  return absl::StrFormat("%.1f", std::floor(share * 1000 + 1e-9) / 10);
}

Sentence RateSentence(const GateSpec& gate, int64_t succeeded, int64_t attempted) {
  if (gate.success_share.has_value()) {
    return Sentence("$0 of $1 attempted devices were switched ($2 %); the gate asks for $3 %.",
                    {std::to_string(succeeded), std::to_string(attempted),
                     Rate(succeeded, attempted), Percent(*gate.success_share)});
  }
  return Sentence("$0 of $1 attempted devices were switched; the gate asks for $2.",
                  {std::to_string(succeeded), std::to_string(attempted),
                   std::to_string(gate.success_count.value_or(0))});
}

Sentence IncidentSentence(const GateSpec& gate, int64_t incidents) {
  return Sentence("$0 devices were switched back; the gate allows $1.",
                  {std::to_string(incidents), std::to_string(gate.incidents.value_or(0))});
}

Sentence SoakSentence(const PhaseNow& phase) {
  if (!phase.status.done_on.has_value()) {
    return Sentence("$0 working days have to pass after the last device.",
                    {std::to_string(phase.spec.soak_days)});
  }
  return Sentence(
      "$0 working days have to pass after $1.",
      {std::to_string(phase.spec.soak_days), absl::FormatCivilTime(*phase.status.done_on)});
}

Sentence SentenceOf(const PhaseNow& phase, GateBlock block) {
  const domain::Tally& tally = phase.facts.tally;
  switch (block) {
    case GateBlock::kUnfinished:
      return Sentence("$0 devices are neither finished nor excused.",
                      {std::to_string(tally.Open())});
    case GateBlock::kSoak:
      return SoakSentence(phase);
    case GateBlock::kSuccessRate:
      return RateSentence(phase.spec.gate, tally.Succeeded(), tally.Attempted());
    case GateBlock::kIncidents:
      return IncidentSentence(phase.spec.gate, tally.Incidents());
    case GateBlock::kApproval:
      break;
  }
  return Sentence("An approver has to release it: kirikae phase release $0 --remark TEXT",
                  {phase.spec.id});
}

}  // namespace

std::vector<GateCondition> OpenConditions(const PhaseNow& phase) {
  std::vector<GateCondition> conditions;
  for (const GateBlock block :
       domain::GateBlocks(PolicyOf(phase.spec), phase.status, phase.facts)) {
    GateCondition& condition = conditions.emplace_back();
    condition.block = block;
    condition.sentence = SentenceOf(phase, block);
    if (block == GateBlock::kUnfinished) condition.asset_tags = phase.open;
  }
  return conditions;
}

std::optional<Sentence> HoldSentence(const PhaseNow& phase) {
  const domain::PhaseStatus& status = phase.status;
  if (!IsHeld(status)) return std::nullopt;
  switch (*status.hold_rule) {
    case domain::HoldRule::kSuccessRate:
      return RateSentence(phase.spec.gate, status.held_succeeded, status.held_attempted);
    case domain::HoldRule::kIncidents:
      return IncidentSentence(phase.spec.gate, status.held_incidents);
    case domain::HoldRule::kPerson:
      break;
  }
  return std::nullopt;
}

bool IsHeld(const domain::PhaseStatus& status) {
  return status.state == domain::PhaseState::kHeld && status.hold_rule.has_value();
}

}  // namespace kirikae::app

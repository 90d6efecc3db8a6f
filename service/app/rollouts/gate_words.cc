#include "service/app/rollouts/gate_words.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_format.h"
#include "service/domain/proportion.h"

namespace kirikae::app {
namespace {

using domain::GateBlock;
using domain::Sentence;

std::string Percent(double share) { return absl::StrFormat("%.1f", share * 100); }

std::string Rate(int64_t succeeded, int64_t attempted) {
  if (attempted == 0) return "-";
  return PercentDown(static_cast<double>(succeeded) / static_cast<double>(attempted));
}

// The rate, the numbers behind it, and what they prove at least.
Sentence RateSentence(const GateSpec& gate, int64_t succeeded, int64_t attempted) {
  const std::string proven =
      PercentDown(domain::LowerBound(succeeded, attempted, domain::kShownConfidence));
  if (gate.success_share.has_value()) {
    return Sentence(
        "$0 of $1 attempted devices were switched ($2 %; that proves at least $3 %); the gate asks "
        "for $4 %.",
        {std::to_string(succeeded), std::to_string(attempted), Rate(succeeded, attempted), proven,
         Percent(*gate.success_share)});
  }
  return Sentence(
      "$0 of $1 attempted devices were switched ($2 %; that proves at least $3 %); the gate asks "
      "for $4.",
      {std::to_string(succeeded), std::to_string(attempted), Rate(succeeded, attempted), proven,
       std::to_string(gate.success_count.value_or(0))});
}

Sentence ConfidenceSentence(const GateSpec& gate, int64_t succeeded, int64_t attempted) {
  const double confidence = gate.confidence.value_or(domain::kShownConfidence);
  return Sentence(
      "$0 of $1 attempted devices were switched ($2 %); with a confidence of $3 % that proves at "
      "least $4 %, and the gate asks for $5 %.",
      {std::to_string(succeeded), std::to_string(attempted), Rate(succeeded, attempted),
       Percent(confidence), PercentDown(domain::LowerBound(succeeded, attempted, confidence)),
       Percent(gate.success_share.value_or(0))});
}

Sentence SequentialSentence(const GateSpec& gate, int64_t succeeded, int64_t attempted) {
  return Sentence(
      "$0 of $1 attempted devices were switched ($2 %): the sequential test calls this a rate of "
      "$3 % and not of $4 %.",
      {std::to_string(succeeded), std::to_string(attempted), Rate(succeeded, attempted),
       Percent(gate.sequential->bad), Percent(gate.sequential->good)});
}

// Whether the figures hold the phase by its sequential test, and not by its threshold.
bool IsHeldEarly(const PhaseNow& phase) {
  const domain::PhaseStatus& status = phase.status;
  const GateSpec& gate = phase.spec.gate;
  const int64_t failed = status.held_attempted - status.held_succeeded;
  if (!gate.sequential.has_value() ||
      !domain::CallsBad(*gate.sequential, status.held_succeeded, failed)) {
    return false;
  }
  return status.held_attempted < gate.minimum_sample || !gate.success_share.has_value() ||
         static_cast<double>(status.held_succeeded) >=
             *gate.success_share * static_cast<double>(status.held_attempted);
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
    case GateBlock::kBlocked:
      return Sentence(
          "$0 devices of them are blocked, and nobody has said until when. Remove what "
          "blocks them, put them off or exempt them.",
          {std::to_string(phase.blocked_count)});
    case GateBlock::kNothingAttempted:
      return Sentence(
          "Nothing was attempted in this phase ($0 devices, all put off or exempt), so "
          "there is no rate to judge. A person decides: kirikae phase release $1 "
          "--remark <TEXT>",
          {std::to_string(tally.Total()), phase.spec.id});
    case GateBlock::kSoak:
      return SoakSentence(phase);
    case GateBlock::kConfidence:
      return ConfidenceSentence(phase.spec.gate, tally.Succeeded(), tally.Attempted());
    case GateBlock::kSuccessRate:
      return RateSentence(phase.spec.gate, tally.Succeeded(), tally.Attempted());
    case GateBlock::kIncidents:
      return IncidentSentence(phase.spec.gate, tally.Incidents());
    case GateBlock::kApproval:
      break;
  }
  return Sentence("An approver has to release it: kirikae phase release $0 --remark <TEXT>",
                  {phase.spec.id});
}

// The tags for a command; of many, those that fit into a line.
std::string TagList(const std::vector<std::string>& tags) {
  constexpr size_t kMost = 10;
  std::string text;
  for (size_t i = 0; i < std::min(tags.size(), kMost); ++i) text += (i == 0 ? "" : " ") + tags[i];
  return text;
}

std::vector<std::string> CommandsFor(const PhaseNow& phase, GateBlock block) {
  switch (block) {
    case GateBlock::kUnfinished:
      if (phase.facts.tally.Count(domain::PlacementState::kUnplanned) == 0) return {};
      return {"kirikae plan create " + phase.status.rollout};
    case GateBlock::kBlocked: {
      const std::string tags = TagList(phase.blocked);
      return {"kirikae mark deferred " + tags + " --until <DAY> --reason <TEXT>",
              "kirikae mark exempt " + tags + " --reason <TEXT>"};
    }
    case GateBlock::kNothingAttempted:
    case GateBlock::kApproval:
      return {"kirikae phase release " + phase.spec.id + " --remark <TEXT>"};
    case GateBlock::kSuccessRate:
    case GateBlock::kConfidence:
    case GateBlock::kIncidents:
      if (phase.status.state != domain::PhaseState::kGate) return {};
      return {"kirikae phase release " + phase.spec.id + " --override --remark <TEXT>"};
    case GateBlock::kSoak:
      break;
  }
  return {};
}

void AddCondition(const PhaseNow& phase, GateBlock block, std::vector<GateCondition>& conditions) {
  GateCondition& condition = conditions.emplace_back();
  condition.block = block;
  condition.sentence = SentenceOf(phase, block);
  condition.commands = CommandsFor(phase, block);
  if (block == GateBlock::kUnfinished) condition.asset_tags = phase.open;
  if (block == GateBlock::kBlocked) condition.asset_tags = phase.blocked;
}

}  // namespace

std::string PercentDown(double share) {
  return absl::StrFormat("%.1f", std::floor(share * 1000 + 1e-9) / 10);
}

std::vector<GateCondition> OpenConditions(const PhaseNow& phase) {
  std::vector<GateCondition> conditions;
  for (const GateBlock block :
       domain::GateBlocks(PolicyOf(phase.spec), phase.status, phase.facts)) {
    AddCondition(phase, block, conditions);
    if (block == GateBlock::kUnfinished && phase.blocked_count > 0) {
      AddCondition(phase, GateBlock::kBlocked, conditions);
    }
  }
  return conditions;
}

std::optional<Sentence> HoldSentence(const PhaseNow& phase) {
  const domain::PhaseStatus& status = phase.status;
  if (!IsHeld(status)) return std::nullopt;
  switch (*status.hold_rule) {
    case domain::HoldRule::kSuccessRate:
      if (IsHeldEarly(phase)) {
        return SequentialSentence(phase.spec.gate, status.held_succeeded, status.held_attempted);
      }
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

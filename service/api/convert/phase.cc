#include "service/api/convert/phase.h"

#include <optional>
#include <string>

#include "service/api/convert/records.h"
#include "service/app/rollouts/gate_words.h"
#include "service/domain/proportion.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

using domain::GateBlock;

std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? absl::FormatCivilTime(*day) : std::string();
}

std::string TimeText(const std::optional<absl::Time>& time, const absl::TimeZone& zone) {
  return time.has_value() ? absl::FormatTime(absl::RFC3339_sec, *time, zone) : "";
}

const char* CodeOf(GateBlock block) {
  switch (block) {
    case GateBlock::kUnfinished:
      return "UNFINISHED";
    case GateBlock::kBlocked:
      return "BLOCKED";
    case GateBlock::kNothingAttempted:
      return "NOTHING_ATTEMPTED";
    case GateBlock::kConfidence:
      return "CONFIDENCE";
    case GateBlock::kSoak:
      return "SOAK";
    case GateBlock::kSuccessRate:
      return "SUCCESS_RATE";
    case GateBlock::kIncidents:
      return "INCIDENTS";
    case GateBlock::kApproval:
      break;
  }
  return "APPROVAL";
}

void FillGate(const app::GateSpec& gate, v1::Gate* proto) {
  proto->set_success_share(gate.success_share.value_or(0));
  proto->set_success_count(gate.success_count.value_or(0));
  proto->set_minimum_sample(gate.minimum_sample);
  proto->set_incidents(gate.incidents.value_or(-1));
  proto->set_approval(gate.approval);
  proto->set_confidence(gate.confidence.value_or(0));
  if (gate.sequential.has_value()) {
    proto->mutable_sequential()->set_good(gate.sequential->good);
    proto->mutable_sequential()->set_bad(gate.sequential->bad);
    proto->mutable_sequential()->set_error(gate.sequential->error);
  }
}

void AddHold(const app::PhaseNow& phase, const absl::TimeZone& zone, v1::Phase* proto) {
  const domain::PhaseStatus& status = phase.status;
  if (!app::IsHeld(status)) return;
  auto* const hold = proto->mutable_hold();
  hold->set_rule(static_cast<v1::HoldRule>(*status.hold_rule));
  hold->set_held_by(status.held_by);
  hold->set_hold_time(TimeText(status.hold_time, zone));
  hold->set_returns_to(static_cast<v1::PhaseState>(status.returns_to));
  if (const auto sentence = app::HoldSentence(phase)) {
    ToProto(*sentence, hold->mutable_text());
  } else {
    hold->mutable_text()->set_en(status.hold_reason);
    hold->mutable_text()->set_ja(status.hold_reason);
  }
}

}  // namespace

void ToProto(const app::PhaseSpec& spec, v1::Phase* proto) {
  proto->set_id(spec.id);
  proto->set_title(spec.title);
  proto->set_selector(spec.select);
  proto->set_not_before(DayText(spec.not_before));
  proto->set_deadline(DayText(spec.deadline));
  proto->set_soak_days(spec.soak_days);
}

void ToProto(const app::PhaseNow& phase, const absl::TimeZone& zone, v1::Phase* proto) {
  const domain::PhaseStatus& status = phase.status;
  ToProto(phase.spec, proto);
  proto->set_name(domain::PhaseName(status.rollout, phase.spec.id));
  proto->set_state(static_cast<v1::PhaseState>(status.state));
  proto->set_opened_on(DayText(status.opened_on));
  proto->set_done_on(DayText(status.done_on));
  proto->set_passed_on(DayText(status.passed_on));
  proto->set_released_by(status.released_by);
  proto->set_remark(status.remark);
  proto->set_release_time(TimeText(status.release_time, zone));
  proto->set_overridden(status.overridden);
  proto->set_succeeded(static_cast<int>(phase.facts.tally.Succeeded()));
  proto->set_attempted(static_cast<int>(phase.facts.tally.Attempted()));
  proto->set_incidents(static_cast<int>(phase.facts.tally.Incidents()));
  const domain::Tally& tally = phase.facts.tally;
  proto->set_size(static_cast<int>(tally.Total()));
  if (tally.Attempted() > 0) {
    proto->set_success_rate(static_cast<double>(tally.Succeeded()) /
                            static_cast<double>(tally.Attempted()));
    proto->set_proven_rate(
        domain::LowerBound(tally.Succeeded(), tally.Attempted(), domain::kShownConfidence));
  }
  FillGate(phase.spec.gate, proto->mutable_gate());
  AddHold(phase, zone, proto);
  for (const app::GateCondition& condition : app::OpenConditions(phase)) {
    auto* const row = proto->add_open_conditions();
    row->set_code(CodeOf(condition.block));
    ToProto(condition.sentence, row->mutable_text());
    for (const std::string& tag : condition.asset_tags) row->add_asset_tags(tag);
    for (const std::string& command : condition.commands) row->add_commands(command);
  }
}

}  // namespace kirikae::api

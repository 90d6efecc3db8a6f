#include "service/app/rollouts/phases.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "service/api/convert/records.h"
#include "service/app/rollouts/working_days.h"
#include "service/domain/record_name.h"
#include "service/planner/model.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::GateBlock;
using domain::PhaseState;
using domain::Sentence;

std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? absl::FormatCivilTime(*day) : std::string();
}

std::string TimeText(const std::optional<absl::Time>& time, const absl::TimeZone& zone) {
  return time.has_value() ? absl::FormatTime(absl::RFC3339_sec, *time, zone) : "";
}

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

Sentence SentenceOf(const PhaseNow& phase, GateBlock block) {
  const domain::Tally& tally = phase.facts.tally;
  switch (block) {
    case GateBlock::kUnfinished:
      return Sentence("$0 devices are neither finished nor excused.",
                      {std::to_string(tally.Open())});
    case GateBlock::kSoak:
      return phase.status.done_on.has_value()
                 ? Sentence("$0 working days have to pass after $1.",
                            {std::to_string(phase.spec->soak_days), DayText(phase.status.done_on)})
                 : Sentence("$0 working days have to pass after the last device.",
                            {std::to_string(phase.spec->soak_days)});
    case GateBlock::kSuccessRate:
      return RateSentence(phase.spec->gate, tally.Succeeded(), tally.Attempted());
    case GateBlock::kIncidents:
      return IncidentSentence(phase.spec->gate, tally.Incidents());
    case GateBlock::kApproval:
      break;
  }
  return Sentence("An approver has to release it: kirikae phase release $0 --remark TEXT",
                  {phase.spec->id});
}

std::string CodeOf(GateBlock block) {
  constexpr const char* kCodes[] = {"UNFINISHED", "SOAK", "SUCCESS_RATE", "INCIDENTS", "APPROVAL"};
  return kCodes[static_cast<size_t>(block) - 1];
}

void AddHold(const PhaseNow& phase, v1::Phase* proto) {
  const domain::PhaseStatus& status = phase.status;
  if (status.state != PhaseState::kHeld || !status.hold_rule.has_value()) return;
  auto* const hold = proto->mutable_hold();
  hold->set_rule(static_cast<v1::HoldRule>(*status.hold_rule));
  hold->set_held_by(status.held_by);
  hold->set_hold_time(TimeText(status.hold_time, phase.zone));
  hold->set_returns_to(static_cast<v1::PhaseState>(status.returns_to));
  switch (*status.hold_rule) {
    case domain::HoldRule::kSuccessRate:
      api::ToProto(RateSentence(phase.spec->gate, status.held_succeeded, status.held_attempted),
                   hold->mutable_text());
      break;
    case domain::HoldRule::kIncidents:
      api::ToProto(IncidentSentence(phase.spec->gate, status.held_incidents), hold->mutable_text());
      break;
    case domain::HoldRule::kPerson:
      // In the words of the person.
      hold->mutable_text()->set_en(status.hold_reason);
      hold->mutable_text()->set_ja(status.hold_reason);
      break;
  }
}

}  // namespace

bool SoakPassed(const CalendarSpec& calendar, const OfficeCalendar& office, absl::CivilDay done_on,
                int soak_days, absl::CivilDay today) {
  if (soak_days <= 0) return true;
  if (today - done_on <= soak_days) return false;
  const auto passed = planner::OpenDays(CalendarOf(calendar, office, done_on + 1, today - 1));
  return passed.size() >= static_cast<size_t>(soak_days);
}

absl::StatusOr<std::vector<domain::PhaseStatus>> StatusesOf(store::ReadView& view,
                                                            const domain::Rollout& rollout,
                                                            const ParsedRollout& file) {
  ASSIGN_OR_RETURN(const std::vector<domain::PhaseStatus> kept, view.ListPhases(rollout.id));
  std::vector<domain::PhaseStatus> statuses;
  for (const PhaseSpec& spec : file.file().phases) {
    const auto found = std::find_if(kept.begin(), kept.end(),
                                    [&](const auto& each) { return each.id == spec.id; });
    domain::PhaseStatus status;
    status.rollout = rollout.id;
    status.id = spec.id;
    statuses.push_back(found == kept.end() ? status : *found);
  }
  return statuses;
}

absl::StatusOr<std::vector<PhaseNow>> PhasesNow(const api::Environment& env, store::ReadView& view,
                                                const domain::Rollout& rollout,
                                                const ParsedRollout& file) {
  ASSIGN_OR_RETURN(std::vector<domain::PhaseStatus> statuses, StatusesOf(view, rollout, file));
  ASSIGN_OR_RETURN(auto counts, CountPhases(view, rollout, file));
  ASSIGN_OR_RETURN(const OfficeCalendar office, OfficeCalendar::Read(view));
  std::vector<PhaseNow> phases;
  bool before_passed = true;
  for (size_t i = 0; i < statuses.size(); ++i) {
    PhaseNow phase;
    phase.spec = &file.file().phases[i];
    phase.zone = env.ward.zone;
    phase.status = std::move(statuses[i]);
    PhaseCount& count = counts[phase.spec->id];
    phase.open = std::move(count.open);
    domain::PhaseFacts& facts = phase.facts;
    facts.tally = count.tally;
    facts.now = env.ward.now();
    facts.today = env.ward.DayOf(facts.now);
    facts.may_open =
        rollout.state == domain::RolloutState::kActive && before_passed &&
        (!phase.spec->not_before.has_value() || *phase.spec->not_before <= facts.today);
    ASSIGN_OR_RETURN(const std::optional<absl::Time> last,
                     view.LastMark(rollout.id, phase.spec->id));
    if (last.has_value()) facts.last_work = env.ward.DayOf(*last);
    const std::optional<absl::CivilDay> done =
        phase.status.done_on.has_value() ? phase.status.done_on : facts.last_work;
    facts.soak_passed = !done.has_value() || SoakPassed(file.file().calendar, office, *done,
                                                        phase.spec->soak_days, facts.today);
    before_passed = phase.status.state == PhaseState::kPassed;
    phases.push_back(std::move(phase));
  }
  return phases;
}

void ToProto(const PhaseNow& phase, const std::string& rollout, v1::Phase* proto) {
  const domain::PhaseStatus& status = phase.status;
  const GateSpec& gate = phase.spec->gate;
  proto->set_name(domain::PhaseName(rollout, phase.spec->id));
  proto->set_id(phase.spec->id);
  proto->set_title(phase.spec->title);
  proto->set_selector(phase.spec->select);
  proto->set_not_before(DayText(phase.spec->not_before));
  proto->set_deadline(DayText(phase.spec->deadline));
  proto->set_soak_days(phase.spec->soak_days);
  proto->set_state(static_cast<v1::PhaseState>(status.state));
  proto->set_opened_on(DayText(status.opened_on));
  proto->set_done_on(DayText(status.done_on));
  proto->set_passed_on(DayText(status.passed_on));
  proto->set_released_by(status.released_by);
  proto->set_remark(status.remark);
  proto->set_release_time(TimeText(status.release_time, phase.zone));
  proto->set_overridden(status.overridden);
  proto->set_succeeded(static_cast<int>(phase.facts.tally.Succeeded()));
  proto->set_attempted(static_cast<int>(phase.facts.tally.Attempted()));
  proto->set_incidents(static_cast<int>(phase.facts.tally.Incidents()));
  proto->mutable_gate()->set_success_share(gate.success_share.value_or(0));
  proto->mutable_gate()->set_success_count(gate.success_count.value_or(0));
  proto->mutable_gate()->set_minimum_sample(gate.minimum_sample);
  proto->mutable_gate()->set_incidents(gate.incidents.value_or(-1));
  proto->mutable_gate()->set_approval(gate.approval);
  AddHold(phase, proto);
  for (const GateBlock block : domain::GateBlocks(PolicyOf(*phase.spec), status, phase.facts)) {
    auto* const condition = proto->add_open_conditions();
    condition->set_code(CodeOf(block));
    api::ToProto(SentenceOf(phase, block), condition->mutable_text());
    if (block != GateBlock::kUnfinished) continue;
    for (const std::string& tag : phase.open) condition->add_asset_tags(tag);
  }
}

}  // namespace kirikae::app

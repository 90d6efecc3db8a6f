#include "service/store/history/record_fields.h"
#include "service/domain/record_name.h"

#include <sodium.h>

#include <array>
#include <optional>
#include <string_view>

namespace kirikae::store {
namespace {

// To the microsecond, as rows keep it: an undo compares a row with what history says it was.
std::string Text(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", absl::FromUnixMicros(absl::ToUnixMicros(time)),
                          absl::UTCTimeZone());
}

std::string Text(const std::optional<absl::Time>& time) {
  return time.has_value() ? Text(*time) : std::string();
}

std::string Text(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? absl::FormatCivilTime(*day) : std::string();
}

std::string Text(bool flag) { return flag ? "true" : ""; }

template <typename Enum>
std::string Term(Enum value) {
  return std::string(domain::Name(value));
}

// What stands for bytes that history need not repeat.
std::string Digest(std::string_view bytes) {
  if (bytes.empty()) return "";
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::array<char, 33> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return std::to_string(bytes.size()) + " bytes " + hex.data();
}

}  // namespace

Fields FieldsOf(const domain::Rollout& rollout) {
  return {{"title", rollout.title},
          {"source", rollout.source},
          {"from_method", Term(rollout.from_method)},
          {"to_method", Term(rollout.to_method)},
          {"minimum_os", rollout.minimum_os},
          {"approved_plan", std::to_string(rollout.approved_plan)},
          {"waves_go_on_until", Text(rollout.waves_go_on_until)},
          {"state", Term(rollout.state)}};
}

Fields FieldsOf(const domain::Plan& plan) {
  return {{"solution", Digest(plan.solution)},
          {"creator", plan.creator},
          {"submitter", plan.submitter},
          {"approver", plan.approver},
          {"remark", plan.remark},
          {"approve_time", Text(plan.approve_time)},
          {"planned_count", std::to_string(plan.planned_count)},
          {"left_count", std::to_string(plan.left_count)},
          {"blocked_count", std::to_string(plan.blocked_count)},
          {"state", Term(plan.state)}};
}

Fields FieldsOf(const domain::Wave& wave) {
  return {{"plan", std::to_string(wave.plan)},
          {"phase", wave.phase},
          {"day", absl::FormatCivilTime(wave.day)},
          {"slot", wave.slot},
          {"team", wave.team},
          {"make_up", wave.make_up ? "true" : ""},
          {"state", Term(wave.state)}};
}

Fields FieldsOf(const domain::PhaseStatus& phase) {
  return {{"returns_to", Term(phase.returns_to)},
          {"hold_rule", phase.hold_rule.has_value() ? Term(*phase.hold_rule) : ""},
          {"hold_reason", phase.hold_reason},
          {"held_by", phase.held_by},
          {"hold_time", Text(phase.hold_time)},
          {"held_succeeded", std::to_string(phase.held_succeeded)},
          {"held_attempted", std::to_string(phase.held_attempted)},
          {"held_incidents", std::to_string(phase.held_incidents)},
          {"forgiven_failures", std::to_string(phase.forgiven_failures)},
          {"forgiven_incidents", std::to_string(phase.forgiven_incidents)},
          {"done_on", Text(phase.done_on)},
          {"released_by", phase.released_by},
          {"remark", phase.remark},
          {"release_time", Text(phase.release_time)},
          {"approved", Text(phase.approved)},
          {"overridden", Text(phase.overridden)},
          {"opened_on", Text(phase.opened_on)},
          {"passed_on", Text(phase.passed_on)},
          {"state", Term(phase.state)}};
}

Fields FieldsOf(const domain::Token& token) {
  return {{"display_name", token.display_name},
          {"role", Term(token.role)},
          {"secret", Digest(token.hash)},
          {"expire_time", Text(token.expire_time)},
          {"revoked", Text(token.revoked)}};
}

Fields FieldsOf(const domain::ImportPreview& import) {
  return {{"kind", Term(import.kind)},
          {"payload", Digest(import.payload)},
          {"change_set", std::to_string(import.change_set)}};
}

Fields FieldsOf(const domain::ImportProfile& profile) {
  return {{"kind", Term(profile.kind)}, {"source", profile.source}};
}

std::string RecordName(const domain::Device& device) {
  return domain::DeviceName(device.asset_tag);
}
std::string RecordName(const domain::Staff& staff) { return domain::StaffName(staff.staff_number); }
std::string RecordName(const domain::Rollout& rollout) { return domain::RolloutName(rollout.id); }
std::string RecordName(const domain::Plan& plan) {
  return domain::PlanName(plan.rollout, plan.number);
}
std::string RecordName(const domain::Wave& wave) {
  return domain::WaveName(wave.rollout, wave.number);
}
std::string RecordName(const domain::Placement& placement) {
  return domain::PlacementName(placement.rollout, placement.asset_tag);
}
std::string RecordName(const domain::PhaseStatus& phase) {
  return domain::PhaseName(phase.rollout, phase.id);
}
std::string RecordName(const domain::Token& token) { return domain::TokenName(token.id); }
std::string RecordName(const domain::ImportPreview& import) {
  return domain::ImportName(import.id);
}

std::string RecordName(const domain::CalendarDay& day) { return domain::CalendarDayName(day.day); }

std::string RecordName(const domain::ImportProfile& profile) {
  return domain::ImportProfileName(profile.name);
}

}  // namespace kirikae::store

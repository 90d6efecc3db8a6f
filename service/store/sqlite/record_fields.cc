#include "service/store/sqlite/record_fields.h"

#include <sodium.h>

#include <array>
#include <optional>
#include <string_view>

#include "service/store/sqlite/labels.h"

namespace kirikae::store {
namespace {

std::string Text(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", time, absl::UTCTimeZone());
}

std::string Text(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? absl::FormatCivilTime(*day) : std::string();
}

template <typename Enum>
std::string Term(Enum value) {
  return std::string(domain::Name(value));
}

template <typename Enum>
std::string Term(const std::optional<Enum>& value) {
  return value.has_value() ? Term(*value) : std::string();
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

std::string UsersText(const std::vector<domain::DeviceUser>& users) {
  std::string text;
  for (const domain::DeviceUser& user : users) {
    if (!text.empty()) text += "; ";
    text += user.staff_number + " " + user.name + " (" + user.kana + ")";
  }
  return text;
}

}  // namespace

Fields FieldsOf(const domain::Device& device) {
  return {{"host_name", device.host_name},
          {"serial", device.serial},
          {"model", device.model},
          {"os", device.os},
          {"kind", Term(device.kind)},
          {"network", Term(device.network)},
          {"department", device.department},
          {"site", device.site},
          {"floor", device.floor},
          {"users", UsersText(device.users)},
          {"camera", Term(device.camera)},
          {"auth_method_since", Text(device.auth_method_since)},
          {"auth_method", Term(device.auth_method)},
          {"state", Term(device.state)},
          {"labels", PackLabels(device.labels)},
          {"note", device.note},
          {"inventoried_on", Text(device.inventoried_on)}};
}

Fields FieldsOf(const domain::Staff& staff) {
  return {{"name", staff.name},
          {"kana", staff.kana},
          {"department", staff.department},
          {"title", staff.title},
          {"role", Term(staff.role)},
          {"enrolment", Term(staff.enrolment)},
          {"enrolled_on", Text(staff.enrolled_on)}};
}

Fields FieldsOf(const domain::Rollout& rollout) {
  return {{"title", rollout.title},
          {"source", rollout.source},
          {"from_method", Term(rollout.from_method)},
          {"to_method", Term(rollout.to_method)},
          {"approved_plan", std::to_string(rollout.approved_plan)},
          {"state", Term(rollout.state)}};
}

Fields FieldsOf(const domain::Plan& plan) {
  return {{"solution", Digest(plan.solution)},
          {"creator", plan.creator},
          {"submitter", plan.submitter},
          {"approver", plan.approver},
          {"remark", plan.remark},
          {"approve_time", plan.approve_time.has_value() ? Text(*plan.approve_time) : ""},
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
          {"state", Term(wave.state)}};
}

Fields FieldsOf(const domain::Placement& placement) {
  return {{"placement.wave", std::to_string(placement.wave)},
          {"placement.phase", placement.phase},
          {"placement.day", Text(placement.day)},
          {"placement.slot", placement.slot},
          {"placement.team", placement.team},
          {"placement.cause", Term(placement.cause)},
          {"placement.method_before", Term(placement.method_before)},
          {"placement.off_schedule", placement.off_schedule ? "true" : ""},
          {"placement.state", Term(placement.state)}};
}

Fields FieldsOf(const domain::Token& token) {
  return {{"display_name", token.display_name},
          {"role", Term(token.role)},
          {"secret", Digest(token.hash)},
          {"expire_time", Text(token.expire_time)},
          {"revoked", token.revoked ? "true" : ""}};
}

Fields FieldsOf(const domain::ImportPreview& import) {
  return {{"kind", Term(import.kind)},
          {"payload", Digest(import.payload)},
          {"change_set", std::to_string(import.change_set)}};
}

std::string RecordName(const domain::Device& device) { return "devices/" + device.asset_tag; }
std::string RecordName(const domain::Staff& staff) { return "staff/" + staff.staff_number; }
std::string RecordName(const domain::Rollout& rollout) { return "rollouts/" + rollout.id; }
std::string RecordName(const domain::Plan& plan) {
  return "rollouts/" + plan.rollout + "/plans/" + std::to_string(plan.number);
}
std::string RecordName(const domain::Wave& wave) {
  return "rollouts/" + wave.rollout + "/waves/" + std::to_string(wave.number);
}
std::string RecordName(const domain::Placement& placement) {
  return "rollouts/" + placement.rollout + "/placements/" + placement.asset_tag;
}
std::string RecordName(const domain::Token& token) { return "tokens/" + std::to_string(token.id); }
std::string RecordName(const domain::ImportPreview& import) {
  return "imports/" + std::to_string(import.id);
}

}  // namespace kirikae::store

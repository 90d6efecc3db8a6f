#include "service/store/sqlite/record_rows.h"

#include "service/domain/labels.h"
#include "service/domain/record_fields.h"

namespace kirikae::store {
namespace {

constexpr char kPutDevice[] = R"sql(
INSERT INTO devices (asset_tag, host_name, serial, model, os, kind, network, department, site,
                     floor, camera, auth_method, auth_method_since, state, labels, note,
                     inventoried_on, exception, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
ON CONFLICT (asset_tag) DO UPDATE SET
  host_name = excluded.host_name, serial = excluded.serial, model = excluded.model,
  os = excluded.os, kind = excluded.kind, network = excluded.network,
  department = excluded.department, site = excluded.site, floor = excluded.floor,
  camera = excluded.camera, auth_method = excluded.auth_method,
  auth_method_since = excluded.auth_method_since, state = excluded.state,
  labels = excluded.labels, note = excluded.note, inventoried_on = excluded.inventoried_on,
  exception = excluded.exception, version = excluded.version
)sql";
constexpr char kDropUsers[] = "DELETE FROM device_users WHERE asset_tag = ?1";
constexpr char kPutUser[] = R"sql(
INSERT INTO device_users (asset_tag, position, staff_number, name, kana)
VALUES (?1, ?2, ?3, ?4, ?5)
)sql";
constexpr char kDropKeys[] = "DELETE FROM search_keys WHERE asset_tag = ?1";
constexpr char kPutKey[] = R"sql(
INSERT OR IGNORE INTO search_keys (tier, key, asset_tag, field) VALUES (?1, ?2, ?3, ?4)
)sql";
constexpr char kPutStaff[] = R"sql(
INSERT OR REPLACE INTO staff (staff_number, name, kana, department, title, role, enrolment,
                              enrolled_on, consent_withheld, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
)sql";
constexpr char kPutRollout[] = R"sql(
INSERT INTO rollouts (id, title, source, from_method, to_method, state, approved_plan, version,
                      waves_go_on_until)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (id) DO UPDATE SET
  title = excluded.title, source = excluded.source, from_method = excluded.from_method,
  to_method = excluded.to_method, state = excluded.state,
  approved_plan = excluded.approved_plan, version = excluded.version,
  waves_go_on_until = excluded.waves_go_on_until
)sql";
constexpr char kPutPlan[] = R"sql(
INSERT OR REPLACE INTO plans (rollout, number, state, solution, creator, create_time, submitter,
                              approver, remark, approve_time, planned_count, left_count,
                              blocked_count, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, nullif(?10, 0), ?11, ?12, ?13, ?14)
)sql";
constexpr char kPutWave[] = R"sql(
INSERT OR REPLACE INTO waves (rollout, number, plan, phase, day, slot, team, state, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
)sql";
constexpr char kPutPlacement[] = R"sql(
INSERT INTO placements (rollout, asset_tag, wave, phase, day, slot, team, state, cause,
                        method_before, off_schedule, version, until, marked_time)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
ON CONFLICT (rollout, asset_tag) DO UPDATE SET
  wave = excluded.wave, phase = excluded.phase, day = excluded.day, slot = excluded.slot,
  team = excluded.team, state = excluded.state, cause = excluded.cause,
  method_before = excluded.method_before, off_schedule = excluded.off_schedule,
  version = excluded.version, until = excluded.until, marked_time = excluded.marked_time
)sql";
constexpr char kPutPhase[] = R"sql(
INSERT OR REPLACE INTO phases (rollout, id, state, returns_to, hold_rule, hold_reason, held_by,
                               hold_time, held_succeeded, held_attempted, held_incidents,
                               forgiven_failures, forgiven_incidents, done_on, released_by,
                               remark, release_time, approved, overridden, opened_on, passed_on,
                               version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
        ?21, ?22)
)sql";
constexpr char kPutToken[] = R"sql(
INSERT OR REPLACE INTO tokens (id, display_name, role, hash, expire_time, revoked, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
)sql";
constexpr char kPutImport[] = R"sql(
INSERT OR REPLACE INTO imports (id, kind, payload, change_set, version)
VALUES (?1, ?2, ?3, ?4, ?5)
)sql";
constexpr char kPutImportProfile[] = R"sql(
INSERT OR REPLACE INTO import_profiles (name, kind, source, version) VALUES (?1, ?2, ?3, ?4)
)sql";
constexpr char kRemoveImportProfile[] = "DELETE FROM import_profiles WHERE name = ?1";
constexpr char kRemoveDevice[] = "DELETE FROM devices WHERE asset_tag = ?1";
constexpr char kRemoveStaff[] = "DELETE FROM staff WHERE staff_number = ?1";
constexpr char kRemovePlacement[] = "DELETE FROM placements WHERE rollout = ?1 AND asset_tag = ?2";
constexpr char kNextToken[] = "SELECT coalesce(max(id), 0) + 1 FROM tokens";
constexpr char kNextImport[] = "SELECT coalesce(max(id), 0) + 1 FROM imports";

template <typename Enum>
int64_t Code(Enum value) {
  return static_cast<int64_t>(value);
}

template <typename Enum>
int64_t Code(const std::optional<Enum>& value) {
  return value.has_value() ? Code(*value) : 0;
}

// 0 = none; nothing happened at the epoch.
int64_t Micros(const std::optional<absl::Time>& time) {
  return time.has_value() ? absl::ToUnixMicros(*time) : 0;
}

}  // namespace

void WriteRow(Connection& connection, const domain::Device& device, int64_t version) {
  connection.Use(kPutDevice)
      .Bind(device.asset_tag)
      .Bind(device.host_name)
      .Bind(device.serial)
      .Bind(device.model)
      .Bind(device.os)
      .Bind(Code(device.kind))
      .Bind(Code(device.network))
      .Bind(device.department)
      .Bind(device.site)
      .Bind(device.floor)
      .Bind(Code(device.camera))
      .Bind(Code(device.auth_method))
      .Bind(device.auth_method_since)
      .Bind(Code(device.state))
      .Bind(domain::PackLabels(device.labels))
      .Bind(device.note)
      .Bind(device.inventoried_on)
      .Bind(domain::PackException(device.exception))
      .Bind(version)
      .Run();
  connection.Use(kDropUsers).Bind(device.asset_tag).Run();
  for (size_t i = 0; i < device.users.size(); ++i) {
    const domain::DeviceUser& user = device.users[i];
    connection.Use(kPutUser)
        .Bind(device.asset_tag)
        .Bind(static_cast<int64_t>(i))
        .Bind(user.staff_number)
        .Bind(user.name)
        .Bind(user.kana)
        .Run();
  }
}

void WriteKeys(Connection& connection, const std::string& asset_tag,
               const std::vector<SearchKey>& keys) {
  connection.Use(kDropKeys).Bind(asset_tag).Run();
  for (const SearchKey& key : keys) {
    connection.Use(kPutKey).Bind(key.tier).Bind(key.key).Bind(asset_tag).Bind(key.field).Run();
  }
}

void WriteRow(Connection& connection, const domain::Staff& staff, int64_t version) {
  connection.Use(kPutStaff)
      .Bind(staff.staff_number)
      .Bind(staff.name)
      .Bind(staff.kana)
      .Bind(staff.department)
      .Bind(staff.title)
      .Bind(Code(staff.role))
      .Bind(Code(staff.enrolment))
      .Bind(staff.enrolled_on)
      .Bind(staff.consent_withheld)
      .Bind(version)
      .Run();
}

void WriteRow(Connection& connection, const domain::Rollout& rollout, int64_t version) {
  connection.Use(kPutRollout)
      .Bind(rollout.id)
      .Bind(rollout.title)
      .Bind(rollout.source)
      .Bind(Code(rollout.from_method))
      .Bind(Code(rollout.to_method))
      .Bind(Code(rollout.state))
      .Bind(rollout.approved_plan)
      .Bind(version)
      .Bind(rollout.waves_go_on_until)
      .Run();
}

void WriteRow(Connection& connection, const domain::Plan& plan, int64_t version) {
  connection.Use(kPutPlan)
      .Bind(plan.rollout)
      .Bind(plan.number)
      .Bind(Code(plan.state))
      .BindBlob(plan.solution)
      .Bind(plan.creator)
      .Bind(plan.create_time)
      .Bind(plan.submitter)
      .Bind(plan.approver)
      .Bind(plan.remark)
      .Bind(Micros(plan.approve_time))
      .Bind(plan.planned_count)
      .Bind(plan.left_count)
      .Bind(plan.blocked_count)
      .Bind(version)
      .Run();
}

void WriteRow(Connection& connection, const domain::Wave& wave, int64_t version) {
  connection.Use(kPutWave)
      .Bind(wave.rollout)
      .Bind(wave.number)
      .Bind(wave.plan)
      .Bind(wave.phase)
      .Bind(std::optional<absl::CivilDay>(wave.day))
      .Bind(wave.slot)
      .Bind(wave.team)
      .Bind(Code(wave.state))
      .Bind(version)
      .Run();
}

void WriteRow(Connection& connection, const domain::Placement& placement, int64_t version) {
  connection.Use(kPutPlacement)
      .Bind(placement.rollout)
      .Bind(placement.asset_tag)
      .Bind(placement.wave)
      .Bind(placement.phase)
      .Bind(placement.day)
      .Bind(placement.slot)
      .Bind(placement.team)
      .Bind(Code(placement.state))
      .Bind(Code(placement.cause))
      .Bind(Code(placement.method_before))
      .Bind(static_cast<int64_t>(placement.off_schedule))
      .Bind(version)
      .Bind(placement.until)
      .Bind(Micros(placement.marked_time))
      .Run();
}

void WriteRow(Connection& connection, const domain::PhaseStatus& phase, int64_t version) {
  connection.Use(kPutPhase)
      .Bind(phase.rollout)
      .Bind(phase.id)
      .Bind(Code(phase.state))
      .Bind(Code(phase.returns_to))
      .Bind(Code(phase.hold_rule))
      .Bind(phase.hold_reason)
      .Bind(phase.held_by)
      .Bind(Micros(phase.hold_time))
      .Bind(phase.held_succeeded)
      .Bind(phase.held_attempted)
      .Bind(phase.held_incidents)
      .Bind(phase.forgiven_failures)
      .Bind(phase.forgiven_incidents)
      .Bind(phase.done_on)
      .Bind(phase.released_by)
      .Bind(phase.remark)
      .Bind(Micros(phase.release_time))
      .Bind(static_cast<int64_t>(phase.approved))
      .Bind(static_cast<int64_t>(phase.overridden))
      .Bind(phase.opened_on)
      .Bind(phase.passed_on)
      .Bind(version)
      .Run();
}

void WriteRow(Connection& connection, const domain::Token& token, int64_t version) {
  connection.Use(kPutToken)
      .Bind(token.id)
      .Bind(token.display_name)
      .Bind(Code(token.role))
      .Bind(token.hash)
      .Bind(token.expire_time)
      .Bind(static_cast<int64_t>(token.revoked))
      .Bind(version)
      .Run();
}

void WriteRow(Connection& connection, const domain::ImportPreview& import, int64_t version) {
  connection.Use(kPutImport)
      .Bind(import.id)
      .Bind(Code(import.kind))
      .BindBlob(import.payload)
      .Bind(import.change_set)
      .Bind(version)
      .Run();
}

int64_t NextId(Connection& connection, std::string_view table) {
  Query next = connection.Use(table == "tokens" ? kNextToken : kNextImport);
  next.Next();
  return next.Number(0);
}

void WriteRow(Connection& connection, const domain::ImportProfile& profile, int64_t version) {
  connection.Use(kPutImportProfile)
      .Bind(profile.name)
      .Bind(Code(profile.kind))
      .Bind(profile.source)
      .Bind(version)
      .Run();
}

void RemoveRow(Connection& connection, const domain::ImportProfile& profile) {
  connection.Use(kRemoveImportProfile).Bind(profile.name).Run();
}

void RemoveRow(Connection& connection, const domain::Device& device) {
  connection.Use(kDropUsers).Bind(device.asset_tag).Run();
  connection.Use(kDropKeys).Bind(device.asset_tag).Run();
  connection.Use(kRemoveDevice).Bind(device.asset_tag).Run();
}

void RemoveRow(Connection& connection, const domain::Staff& staff) {
  connection.Use(kRemoveStaff).Bind(staff.staff_number).Run();
}

void RemoveRow(Connection& connection, const domain::Placement& placement) {
  connection.Use(kRemovePlacement).Bind(placement.rollout).Bind(placement.asset_tag).Run();
}

}  // namespace kirikae::store

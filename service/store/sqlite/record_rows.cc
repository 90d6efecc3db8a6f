#include "service/store/sqlite/record_rows.h"

#include <algorithm>

#include "service/domain/labels.h"
#include "service/domain/record_fields.h"

namespace kirikae::store {
namespace {

constexpr char kNewDevice[] = R"sql(
INSERT OR IGNORE INTO devices (asset_tag, host_name, serial, model, os, kind, network, department,
                               site, floor, camera, auth_method, auth_method_since, state, labels,
                               note, inventoried_on, exception, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
)sql";
constexpr char kChangeDevice[] = R"sql(
UPDATE devices SET host_name = ?2, serial = ?3, model = ?4, os = ?5, kind = ?6, network = ?7,
  department = ?8, site = ?9, floor = ?10, camera = ?11, auth_method = ?12,
  auth_method_since = ?13, state = ?14, labels = ?15, note = ?16, inventoried_on = ?17,
  exception = ?18, version = ?19
WHERE asset_tag = ?1 AND version = ?20
)sql";
constexpr char kDropUsers[] = "DELETE FROM device_users WHERE asset_tag = ?1";
constexpr char kPutUser[] = R"sql(
INSERT INTO device_users (asset_tag, position, staff_number, name, kana)
VALUES (?1, ?2, ?3, ?4, ?5)
)sql";
constexpr char kPutStaff[] = R"sql(
INSERT OR REPLACE INTO staff (staff_number, name, kana, department, title, role, enrolment,
                              enrolled_on, consent_withheld, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
)sql";
constexpr char kPutRollout[] = R"sql(
INSERT INTO rollouts (id, title, source, from_method, to_method, state, approved_plan, version,
                      waves_go_on_until, minimum_os)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (id) DO UPDATE SET
  title = excluded.title, source = excluded.source, from_method = excluded.from_method,
  to_method = excluded.to_method, state = excluded.state,
  approved_plan = excluded.approved_plan, version = excluded.version,
  waves_go_on_until = excluded.waves_go_on_until, minimum_os = excluded.minimum_os
)sql";
constexpr char kPutPlan[] = R"sql(
INSERT OR REPLACE INTO plans (rollout, number, state, solution, creator, create_time, submitter,
                              approver, remark, approve_time, planned_count, left_count,
                              blocked_count, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, nullif(?10, 0), ?11, ?12, ?13, ?14)
)sql";
constexpr char kPutWave[] = R"sql(
INSERT OR REPLACE INTO waves (rollout, number, plan, phase, day, slot, team, state, version,
                              make_up)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
)sql";
constexpr char kPutPlacement[] = R"sql(
INSERT INTO placements (rollout, asset_tag, wave, phase, day, slot, team, state, cause,
                        method_before, off_schedule, version, until, marked_time,
                        failures, absences)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
ON CONFLICT (rollout, asset_tag) DO UPDATE SET
  wave = excluded.wave, phase = excluded.phase, day = excluded.day, slot = excluded.slot,
  team = excluded.team, state = excluded.state, cause = excluded.cause,
  method_before = excluded.method_before, off_schedule = excluded.off_schedule,
  version = excluded.version, until = excluded.until, marked_time = excluded.marked_time,
  failures = excluded.failures, absences = excluded.absences
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
INSERT INTO imports (id, kind, payload, change_set, version) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, payload = excluded.payload,
  change_set = excluded.change_set, version = excluded.version
)sql";
constexpr char kPutImportPart[] =
    "INSERT INTO import_parts (import, number, payload) VALUES (?1, ?2, ?3)";
constexpr char kPutImportProfile[] = R"sql(
INSERT OR REPLACE INTO import_profiles (name, kind, source, version) VALUES (?1, ?2, ?3, ?4)
)sql";
constexpr char kRemoveImportProfile[] = "DELETE FROM import_profiles WHERE name = ?1";
constexpr char kPutCalendarDay[] = R"sql(
INSERT OR REPLACE INTO calendar_days (day, holiday, office, reason, version)
VALUES (?1, ?2, ?3, ?4, ?5)
)sql";
constexpr char kRemoveCalendarDay[] = "DELETE FROM calendar_days WHERE day = ?1";
constexpr char kRemoveDevice[] = "DELETE FROM devices WHERE asset_tag = ?1 AND version = ?2";
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

namespace {

void PutUsers(Connection& connection, const domain::Device& device) {
  for (size_t i = 0; i < device.users.size(); ++i) {
    const domain::DeviceUser& user = device.users[i];
    connection.Use(kPutUser)
        .BindHere(device.asset_tag)
        .Bind(static_cast<int64_t>(i))
        .BindHere(user.staff_number)
        .BindHere(user.name)
        .BindHere(user.kana)
        .Run();
  }
}

bool SameUsers(const domain::Device& a, const domain::Device& b) {
  return std::equal(a.users.begin(), a.users.end(), b.users.begin(), b.users.end(),
                    [](const domain::DeviceUser& x, const domain::DeviceUser& y) {
                      return x.staff_number == y.staff_number && x.name == y.name &&
                             x.kana == y.kana;
                    });
}

}  // namespace

bool WriteDevice(Connection& connection, const std::optional<domain::Device>& old,
                 const domain::Device& device) {
  const std::string labels = domain::PackLabels(device.labels);
  const std::string exception = domain::PackException(device.exception);
  {
    Query put = connection.Use(old.has_value() ? kChangeDevice : kNewDevice);
    put.BindHere(device.asset_tag)
        .BindHere(device.host_name)
        .BindHere(device.serial)
        .BindHere(device.model)
        .BindHere(device.os)
        .Bind(Code(device.kind))
        .Bind(Code(device.network))
        .BindHere(device.department)
        .BindHere(device.site)
        .BindHere(device.floor)
        .Bind(Code(device.camera))
        .Bind(Code(device.auth_method))
        .Bind(device.auth_method_since)
        .Bind(Code(device.state))
        .BindHere(labels)
        .BindHere(device.note)
        .Bind(device.inventoried_on)
        .BindHere(exception)
        .Bind(old.has_value() ? old->version + 1 : 1);
    if (old.has_value()) put.Bind(old->version);
    put.Run();
  }
  if (connection.Changes() != 1) return false;
  if (old.has_value() && SameUsers(*old, device)) return true;
  if (old.has_value()) connection.Use(kDropUsers).BindHere(device.asset_tag).Run();
  PutUsers(connection, device);
  return true;
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
      .Bind(rollout.minimum_os)
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
      .Bind(static_cast<int64_t>(wave.make_up))
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
      .Bind(placement.failures)
      .Bind(placement.absences)
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
  for (size_t i = 0; i < import.parts.size(); ++i) {
    connection.Use(kPutImportPart)
        .Bind(import.id)
        .Bind(static_cast<int64_t>(i))
        .BindBlobHere(import.parts[i])
        .Run();
  }
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

void WriteRow(Connection& connection, const domain::CalendarDay& day, int64_t version) {
  connection.Use(kPutCalendarDay)
      .Bind(std::optional(day.day))
      .Bind(day.holiday)
      .Bind(Code(day.office))
      .Bind(day.reason)
      .Bind(version)
      .Run();
}

void RemoveRow(Connection& connection, const domain::CalendarDay& day) {
  connection.Use(kRemoveCalendarDay).Bind(std::optional(day.day)).Run();
}

bool RemoveDevice(Connection& connection, const domain::Device& device) {
  connection.Use(kDropUsers).BindHere(device.asset_tag).Run();
  connection.Use(kRemoveDevice).BindHere(device.asset_tag).Bind(device.version).Run();
  return connection.Changes() == 1;
}

void RemoveRow(Connection& connection, const domain::Staff& staff) {
  connection.Use(kRemoveStaff).Bind(staff.staff_number).Run();
}

void RemoveRow(Connection& connection, const domain::Placement& placement) {
  connection.Use(kRemovePlacement).Bind(placement.rollout).Bind(placement.asset_tag).Run();
}

}  // namespace kirikae::store

#include "client/cli/words.h"

#include <google/protobuf/descriptor.h>

#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "client/cli/catalogue.h"
#include "client/cli/terms.h"
#include "kirikae/v1/access_service.pb.h"
#include "kirikae/v1/calendar_service.pb.h"
#include "kirikae/v1/import_service.pb.h"
#include "kirikae/v1/rollout_service.pb.h"

namespace kirikae::cli {
namespace {

using Words = std::map<std::string, std::string>;

Cell In(const Words& words, const std::string& code) {
  const auto word = words.find(code);
  return word == words.end() ? Cell(code) : Cell(word->second, code);
}

// `devices` of `devices/TSM-00123`, `placements` of `rollouts/face2025/placements/TSM-00123`.
std::string CollectionOf(const std::string& record) {
  const size_t last = record.rfind('/');
  if (last == std::string::npos) return "";
  const size_t before = record.rfind('/', last - 1);
  const size_t begin = before == std::string::npos ? 0 : before + 1;
  return record.substr(begin, last - begin);
}

// The history of a device has its placements' fields under this name.
constexpr std::string_view kPlacement = "placement.";

std::string PlainField(const std::string& field) {
  return field.starts_with(kPlacement) ? field.substr(kPlacement.size()) : field;
}

// The enumeration of a field that has one name in all records.
const google::protobuf::EnumDescriptor* SetOf(const std::string& field) {
  static const std::map<std::string, const google::protobuf::EnumDescriptor*> kSets = {
      {"auth_method", v1::AuthMethod_descriptor()},
      {"method_before", v1::AuthMethod_descriptor()},
      {"from_method", v1::AuthMethod_descriptor()},
      {"to_method", v1::AuthMethod_descriptor()},
      {"network", v1::Network_descriptor()},
      {"camera", v1::Camera_descriptor()},
      {"enrolment", v1::EnrolmentState_descriptor()},
      {"cause", v1::FailureCause_descriptor()},
      {"hold_rule", v1::HoldRule_descriptor()},
      {"returns_to", v1::PhaseState_descriptor()},
      {"office", v1::OfficeDay_descriptor()}};
  const auto set = kSets.find(field);
  return set == kSets.end() ? nullptr : set->second;
}

// The enumeration of `kind`, `role` or `state` of a record of the collection.
const google::protobuf::EnumDescriptor* SetOf(const std::string& collection,
                                              const std::string& field) {
  static const std::map<std::pair<std::string, std::string>,
                        const google::protobuf::EnumDescriptor*>
      kSets = {{{"devices", "kind"}, v1::DeviceKind_descriptor()},
               {{"devices", "state"}, v1::DeviceState_descriptor()},
               {{"staff", "role"}, v1::StaffRole_descriptor()},
               {{"tokens", "role"}, v1::Role_descriptor()},
               {{"imports", "kind"}, v1::ImportKind_descriptor()},
               {{"placements", "state"}, v1::PlacementState_descriptor()},
               {{"waves", "state"}, v1::WaveState_descriptor()},
               {{"phases", "state"}, v1::PhaseState_descriptor()},
               {{"plans", "state"}, v1::PlanState_descriptor()},
               {{"proposals", "state"}, v1::ProposalState_descriptor()},
               {{"rollouts", "state"}, v1::RolloutState_descriptor()}};
  const auto set = kSets.find({collection, field});
  return set == kSets.end() ? SetOf(field) : set->second;
}

// A value of a set by its short name, such as `FACE_AND_PASSWORD`; absent words stand as they are.
Cell ValueOf(const google::protobuf::EnumDescriptor& set, const std::string& value) {
  constexpr size_t kUnspecified = std::char_traits<char>::length("UNSPECIFIED");
  const std::string& first = set.FindValueByNumber(0)->name();
  const auto* const found =
      set.FindValueByName(first.substr(0, first.size() - kUnspecified) + value);
  return found == nullptr ? Cell(value) : Cell(Term(set, found->number()), value);
}

}  // namespace

Cell ActCell(const std::string& act) {
  static const Words kWords = {{"FIRST_START", Tr("first start")},
                               {"UNDO", Tr("undo")},
                               {"CREATE_DEVICE", Tr("device added")},
                               {"UPDATE_DEVICE", Tr("device changed")},
                               {"BATCH_UPDATE_DEVICES", Tr("devices changed")},
                               {"RETIRE_DEVICE", Tr("device retired")},
                               {"RESTORE_DEVICE", Tr("device restored")},
                               {"GRANT_EXCEPTION", Tr("exception granted")},
                               {"END_EXCEPTION", Tr("exception ended")},
                               {"EXCEPTION_ENDED", Tr("exception ended")},
                               {"CORRECT_METHOD", Tr("method corrected")},
                               {"UPDATE_STAFF", Tr("staff changed")},
                               {"PREVIEW_IMPORT", Tr("import previewed")},
                               {"APPLY_IMPORT", Tr("import applied")},
                               {"SAVE_PROFILE", Tr("import profile kept")},
                               {"DELETE_PROFILE", Tr("import profile removed")},
                               {"SET_DAY", Tr("day set")},
                               {"CLEAR_DAY", Tr("day cleared")},
                               {"IMPORT_HOLIDAYS", Tr("holidays imported")},
                               {"MARK_MIGRATED", Tr("marked as switched")},
                               {"MARK_FAILED", Tr("marked as failed")},
                               {"MARK_VERIFIED", Tr("marked as verified")},
                               {"MARK_ROLLED_BACK", Tr("marked as rolled back")},
                               {"MARK_DEFERRED", Tr("marked as deferred")},
                               {"MARK_EXEMPT", Tr("marked as exempt")},
                               {"APPLY_ROLLOUT", Tr("rollout applied")},
                               {"START_ROLLOUT", Tr("rollout started")},
                               {"PAUSE_ROLLOUT", Tr("rollout paused")},
                               {"RESUME_ROLLOUT", Tr("rollout resumed")},
                               {"CANCEL_ROLLOUT", Tr("rollout cancelled")},
                               {"COMPLETE_ROLLOUT", Tr("rollout completed")},
                               {"PROPOSE_ROLLOUT", Tr("rules proposed")},
                               {"ACCEPT_PROPOSAL", Tr("proposal accepted")},
                               {"DECLINE_PROPOSAL", Tr("proposal declined")},
                               {"CREATE_PLAN", Tr("plan made")},
                               {"SUBMIT_PLAN", Tr("plan submitted")},
                               {"APPROVE_PLAN", Tr("plan approved")},
                               {"REJECT_PLAN", Tr("plan sent back")},
                               {"START_WAVE", Tr("wave started")},
                               {"FINISH_WAVE", Tr("wave finished")},
                               {"SOAK_PASSED", Tr("verified by its soak")},
                               {"HOLD_PHASE", Tr("phase held")},
                               {"PHASE_HELD", Tr("phase held")},
                               {"RELEASE_PHASE", Tr("phase released")},
                               {"OVERRIDE_GATE", Tr("gate overridden")},
                               {"PHASE_WAITING", Tr("phase waits")},
                               {"PHASE_OPEN", Tr("phase opened")},
                               {"PHASE_SOAKING", Tr("soak began")},
                               {"PHASE_GATE", Tr("gate reached")},
                               {"PHASE_PASSED", Tr("phase passed")},
                               {"CREATE_TOKEN", Tr("token made")},
                               {"REVOKE_TOKEN", Tr("token revoked")},
                               {"ACCEPT_CLOCK", Tr("clock accepted")},
                               {"ACCEPT_LOSS", Tr("loss accepted")},
                               {"RESTORE_BACKUP", Tr("backup restored")},
                               {"USE_AUDIT_KEY", Tr("signing key taken")},
                               {"DROP_UNREADY", Tr("taken off its wave, not ready")}};
  return In(kWords, act);
}

Cell FieldCell(const std::string& record, const std::string& field) {
  static const Words kWords = {{"exists", Tr("record")},
                               {"state", Tr("state")},
                               {"wave", Tr("wave")},
                               {"plan", Tr("plan")},
                               {"phase", Tr("phase")},
                               {"day", Tr("day")},
                               {"slot", Tr("slot")},
                               {"team", Tr("team")},
                               {"cause", Tr("cause")},
                               {"method_before", Tr("method before")},
                               {"off_schedule", Tr("off schedule")},
                               {"until", Tr("until")},
                               {"marked_time", Tr("marked at")},
                               {"failures", Tr("failures")},
                               {"absences", Tr("absences")},
                               {"make_up", Tr("make-up")},
                               {"name", Tr("name")},
                               {"display_name", Tr("name")},
                               {"kana", Tr("kana")},
                               {"department", Tr("department")},
                               {"title", Tr("title")},
                               {"role", Tr("role")},
                               {"enrolment", Tr("face")},
                               {"enrolled_on", Tr("registered on")},
                               {"consent_withheld", Tr("consent withheld")},
                               {"hold_rule", Tr("held by rule")},
                               {"hold_reason", Tr("held because")},
                               {"held_by", Tr("held by")},
                               {"hold_time", Tr("held since")},
                               {"returns_to", Tr("state before")},
                               {"opened_on", Tr("opened")},
                               {"done_on", Tr("work done")},
                               {"passed_on", Tr("passed")},
                               {"released_by", Tr("released by")},
                               {"release_time", Tr("released")},
                               {"overridden", Tr("overridden")},
                               {"remark", Tr("remark")},
                               {"reason", Tr("why")},
                               {"creator", Tr("made by")},
                               {"author", Tr("by")},
                               {"create_time", Tr("made")},
                               {"submitter", Tr("submitted by")},
                               {"approver", Tr("approved by")},
                               {"approve_time", Tr("approved")},
                               {"approved_plan", Tr("approved plan")},
                               {"decider", Tr("decided by")},
                               {"decide_time", Tr("decided")},
                               {"planned_count", Tr("planned")},
                               {"left_count", Tr("left out")},
                               {"blocked_count", Tr("blocked")},
                               {"from_method", Tr("method before")},
                               {"to_method", Tr("method after")},
                               {"expire_time", Tr("until")},
                               {"revoked", Tr("revoked")},
                               {"certificate", Tr("certificate")},
                               {"holiday", Tr("holiday")},
                               {"office", Tr("office")},
                               {"kind", Tr("kind")},
                               {"source", Tr("file")},
                               {"change_set", Tr("change set")}};
  if (CollectionOf(record) == "devices" && !field.starts_with(kPlacement)) {
    const std::string label = FieldLabel("Device", field);
    if (label != field) return {label, field};
  }
  return {In(kWords, PlainField(field)).text, field};
}

Cell RecordCell(const std::string& record) {
  const std::string collection = CollectionOf(record);
  const std::string id = record.substr(record.rfind('/') + 1);
  if (collection == "devices" || collection == "staff") return {id, record};
  if (!record.starts_with("rollouts/")) return record;
  const std::string rest = record.substr(record.find('/') + 1);
  if (collection != "placements") return {rest, record};
  return {id + " (" + rest.substr(0, rest.find('/')) + ")", record};
}

Cell ValueCell(const std::string& record, const std::string& field, const std::string& value) {
  if (value.empty()) return value;
  if (field == "exists") return {value == "true" ? Tr("added") : Tr("removed"), value};
  if (value == "true" || value == "false") return {YesOrNo(value == "true").text, value};
  const std::string collection =
      field.starts_with(kPlacement) ? "placements" : CollectionOf(record);
  if (const auto* const set = SetOf(collection, PlainField(field)); set != nullptr) {
    return ValueOf(*set, value);
  }
  const std::string time = value.ends_with('Z') ? LocalTime(value) : "";
  return time.empty() ? Cell(value) : Cell(time, value);
}

Cell BlockerCell(const std::string& code) {
  static const Words kWords = {
      {"NO_CAMERA", Tr("no camera")},
      {"CAMERA_BROKEN", Tr("broken camera")},
      {"NO_USER", Tr("no user")},
      {"USER_NOT_ENROLLED", Tr("a user's face is not registered")},
      {"CONSENT_WITHHELD", Tr("a user withholds consent")},
      {"NOT_ACTIVE", Tr("not in use")},
      {"OS_TOO_OLD", Tr("operating system too old")},
      {"DUE_DATE_PASSED", Tr("the day by which it should have been solved has passed")},
      {"LEASE_ENDS", Tr("its lease ends before it could be switched")}};
  return In(kWords, code);
}

Cell LeftCell(const std::string& code) {
  static const Words kWords = {{"NO_OPEN_SLOT", Tr("no open slot")},
                               {"NOT_READY_IN_TIME", Tr("not ready in time")},
                               {"BLACKED_OUT", Tr("its days must not be used")},
                               {"DEADLINE", Tr("not possible before the deadline")},
                               {"CAPACITY", Tr("the teams' time is used up")},
                               {"POOL_LIMIT", Tr("the daily share is used up")},
                               {"GROUP_TOO_LARGE", Tr("its group is too large for one slot")},
                               {"NO_TEAM_FOR_SITE", Tr("no team serves its site")},
                               {"PHASE_ORDER", Tr("the phase before ends too late")},
                               {"HELP_DESK", Tr("the help desk's limit is reached")}};
  return In(kWords, code);
}

Cell BoundCell(const std::string& code) {
  static const Words kWords = {{"NONE", ""},
                               {"CAPACITY", Tr("team capacity")},
                               {"DEVICE_COUNT", Tr("devices per slot")},
                               {"POOL_LIMIT", Tr("daily share")},
                               {"NOT_READY", Tr("devices not ready")},
                               {"NOT_BEFORE", Tr("first day set")},
                               {"PHASE_ORDER", Tr("phase before and its soak")},
                               {"BLACKOUT", Tr("blackouts")},
                               {"HELP_DESK", Tr("help desk limit")},
                               {"FIXED", Tr("fixed devices")},
                               {"SEARCH", Tr("search")}};
  return In(kWords, code);
}

std::string PlanStatusWord(const std::string& status) {
  static const Words kWords = {{"OPTIMAL", Tr("the best plan that there is")},
                               {"FEASIBLE", Tr("a plan for all devices; a better one may exist")},
                               {"PARTIAL", Tr("a plan for a part of the devices")},
                               {"INFEASIBLE", Tr("no plan exists")}};
  return In(kWords, status).text;
}

Cell ObjectiveCell(const std::string& name) {
  static const Words kWords = {{"PLACED", Tr("devices planned")},
                               {"FINISH", Tr("finish of the phases")},
                               {"STABILITY", Tr("published dates kept")},
                               {"VISITS", Tr("visits of teams")},
                               {"LEVEL", Tr("even load")}};
  return In(kWords, name);
}

Cell RoleCell(const std::string& role) {
  return ValueOf(*v1::Role_descriptor(), absl::AsciiStrToUpper(role));
}

}  // namespace kirikae::cli

#include "service/domain/terms.h"

namespace kirikae::domain {
namespace {

constexpr Term kAuthMethod[] = {{"IC_CARD_AND_PASSWORD", "IC card + password"},
                                {"FACE_AND_PASSWORD", "face + password"},
                                {"FACE_AND_IC_CARD", "face + IC card"}};
constexpr Term kDeviceKind[] = {{"MANAGER_TERMINAL", "manager terminal"},
                                {"STAFF_DEVICE", "staff device"},
                                {"SHARED_COUNTER_TERMINAL", "shared counter terminal"},
                                {"SPARE", "spare"}};
constexpr Term kNetwork[] = {
    {"LGWAN", "LGWAN"}, {"MY_NUMBER", "My Number"}, {"INTERNET", "internet"}};
constexpr Term kCamera[] = {{"BUILT_IN", "built in"},
                            {"EXTERNAL", "external"},
                            {"NONE", "none"},
                            {"BROKEN", "broken"},
                            {"UNKNOWN", "not known"}};
constexpr Term kDeviceState[] = {
    {"ACTIVE", "in use"}, {"SPARE", "kept as a spare"}, {"RETIRED", "retired"}};
constexpr Term kStaffRole[] = {
    {"MANAGER", "manager"}, {"PROMOTION_OFFICER", "promotion officer"}, {"STAFF", "staff"}};
constexpr Term kEnrolmentState[] = {
    {"NONE", "not registered"}, {"ENROLLED", "registered"}, {"FAILED", "failed"}};
constexpr Term kPlacementState[] = {
    {"UNPLANNED", "not planned"},   {"PLANNED", "planned"},   {"DUE", "due"},
    {"MIGRATED", "migrated"},       {"VERIFIED", "verified"}, {"FAILED", "failed"},
    {"ROLLED_BACK", "rolled back"}, {"DEFERRED", "deferred"}, {"EXEMPT", "exempt"}};
constexpr Term kFailureCause[] = {{"NO_CAMERA", "no camera"},
                                  {"CAMERA_FAULT", "camera fault"},
                                  {"ENROLMENT_FAILED", "enrolment failed"},
                                  {"USER_ABSENT", "user absent"},
                                  {"SOFTWARE_FAULT", "software fault"},
                                  {"HARDWARE_FAULT", "hardware fault"},
                                  {"USER_REFUSED", "user refused"},
                                  {"OTHER", "other"}};
constexpr Term kRolloutState[] = {{"DRAFT", "draft"},
                                  {"ACTIVE", "active"},
                                  {"PAUSED", "paused"},
                                  {"COMPLETED", "completed"},
                                  {"CANCELLED", "cancelled"}};
constexpr Term kPlanState[] = {{"DRAFT", "draft"},
                               {"SUBMITTED", "submitted"},
                               {"APPROVED", "approved"},
                               {"SUPERSEDED", "superseded"},
                               {"REJECTED", "sent back"}};
constexpr Term kProposalState[] = {{"OPEN", "awaits approval"},
                                   {"ACCEPTED", "accepted"},
                                   {"DECLINED", "declined"},
                                   {"SUPERSEDED", "replaced"}};
constexpr Term kWaveState[] = {{"PLANNED", "planned"},
                               {"IN_PROGRESS", "in progress"},
                               {"DONE", "done"},
                               {"CANCELLED", "cancelled"}};
constexpr Term kPhaseState[] = {{"WAITING", "waiting"}, {"OPEN", "running"},
                                {"SOAKING", "soaking"}, {"GATE", "at its gate"},
                                {"PASSED", "passed"},   {"HELD", "held"}};
constexpr Term kHoldRule[] = {
    {"SUCCESS_RATE", "success rate"}, {"INCIDENTS", "incidents"}, {"PERSON", "by a person"}};
constexpr Term kOfficeDay[] = {{"OPEN", "open"}, {"CLOSED", "closed"}};
constexpr Term kDayCause[] = {{"WEEKDAY", "weekday"},
                              {"WEEKEND", "weekend"},
                              {"HOLIDAY", "holiday"},
                              {"YEAR_END", "year's end"},
                              {"WARD", "set by the ward"}};
constexpr Term kMarkOutcome[] = {{"MIGRATED", "migrated"}, {"FAILED", "failed"},
                                 {"VERIFIED", "verified"}, {"ROLLED_BACK", "rolled back"},
                                 {"DEFERRED", "deferred"}, {"EXEMPT", "exempt"}};
constexpr Term kRole[] = {{"VIEWER", "viewer"},   {"OPERATOR", "operator"},
                          {"PLANNER", "planner"}, {"APPROVER", "approver"},
                          {"AUDITOR", "auditor"}, {"ADMIN", "admin"}};
constexpr Term kImportKind[] = {
    {"DEVICES", "devices"}, {"STAFF", "staff"}, {"ENROLMENTS", "enrolments"}};
constexpr Term kImportAction[] = {{"CREATE", "new"},          {"UPDATE", "update"},
                                  {"UNCHANGED", "unchanged"}, {"ERROR", "error"},
                                  {"MISSING", "stays"},       {"RETIRE", "retired"}};
constexpr Term kMatchKind[] = {{"EXACT", "exact"},      {"FOLDED", "other width or case"},
                               {"PREFIX", "beginning"}, {"SUFFIX", "end"},
                               {"KANA", "kana"},        {"VARIANT", "variant kanji"},
                               {"CONTAINS", "inside"},  {"NEAR", "near spelling"}};

constexpr TermSet kSets[] = {{"AuthMethod", kAuthMethod},
                             {"DeviceKind", kDeviceKind},
                             {"Network", kNetwork},
                             {"Camera", kCamera},
                             {"DeviceState", kDeviceState},
                             {"StaffRole", kStaffRole},
                             {"EnrolmentState", kEnrolmentState},
                             {"PlacementState", kPlacementState},
                             {"FailureCause", kFailureCause},
                             {"RolloutState", kRolloutState},
                             {"PlanState", kPlanState},
                             {"ProposalState", kProposalState},
                             {"WaveState", kWaveState},
                             {"PhaseState", kPhaseState},
                             {"HoldRule", kHoldRule},
                             {"OfficeDay", kOfficeDay},
                             {"DayCause", kDayCause},
                             {"MarkOutcome", kMarkOutcome},
                             {"Role", kRole},
                             {"ImportKind", kImportKind},
                             {"ImportAction", kImportAction},
                             {"MatchKind", kMatchKind}};

constexpr Term kDeviceFields[] = {{"asset_tag", "tag"},
                                  {"host_name", "host"},
                                  {"serial", "serial"},
                                  {"model", "model"},
                                  {"os", "system"},
                                  {"kind", "kind"},
                                  {"network", "network"},
                                  {"department", "department"},
                                  {"site", "site"},
                                  {"floor", "floor"},
                                  {"users", "users"},
                                  {"camera", "camera"},
                                  {"auth_method", "method set"},
                                  {"auth_method_since", "since"},
                                  {"state", "state"},
                                  {"labels", "labels"},
                                  {"note", "note"},
                                  {"inventoried_on", "last inventory"},
                                  {"exception", "exception"},
                                  {"effective_method", "method now"},
                                  {"lease_ends_on", "lease ends"},
                                  {"camera_due_on", "camera due"}};
constexpr Term kMatchedFields[] = {{"asset_tag", "tag"},
                                   {"host_name", "host"},
                                   {"serial", "serial"},
                                   {"staff_number", "staff number"},
                                   {"name", "name"},
                                   {"kana", "kana"},
                                   {"department", "department"}};

constexpr TermSet kLabels[] = {{"Device", kDeviceFields}, {"FieldMatch", kMatchedFields}};

consteval const TermSet* SetCalled(std::string_view name) {
  for (const TermSet& set : kSets) {
    if (set.name == name) return &set;
  }
  throw "there is no such set";
}

}  // namespace

std::span<const TermSet> TermSets() { return kSets; }
std::span<const TermSet> FieldLabels() { return kLabels; }

// The name of an enumeration in the API.
template <typename Enum>
constexpr std::string_view kNameOf;

template <typename Enum>
const TermSet& TermsOf() {
  static constexpr const TermSet* kSet = SetCalled(kNameOf<Enum>);
  return *kSet;
}

#define KIRIKAE_TERMS(Enum, name)                  \
  template <>                                      \
  constexpr std::string_view kNameOf<Enum> = name; \
  template const TermSet& TermsOf<Enum>()
KIRIKAE_TERMS(AuthMethod, "AuthMethod");
KIRIKAE_TERMS(DeviceKind, "DeviceKind");
KIRIKAE_TERMS(Network, "Network");
KIRIKAE_TERMS(Camera, "Camera");
KIRIKAE_TERMS(DeviceState, "DeviceState");
KIRIKAE_TERMS(StaffRole, "StaffRole");
KIRIKAE_TERMS(EnrolmentState, "EnrolmentState");
KIRIKAE_TERMS(PlacementState, "PlacementState");
KIRIKAE_TERMS(FailureCause, "FailureCause");
KIRIKAE_TERMS(RolloutState, "RolloutState");
KIRIKAE_TERMS(PlanState, "PlanState");
KIRIKAE_TERMS(ProposalState, "ProposalState");
KIRIKAE_TERMS(WaveState, "WaveState");
KIRIKAE_TERMS(PhaseState, "PhaseState");
KIRIKAE_TERMS(HoldRule, "HoldRule");
KIRIKAE_TERMS(OfficeDay, "OfficeDay");
KIRIKAE_TERMS(Outcome, "MarkOutcome");
KIRIKAE_TERMS(Role, "Role");
KIRIKAE_TERMS(ImportKind, "ImportKind");
#undef KIRIKAE_TERMS

}  // namespace kirikae::domain

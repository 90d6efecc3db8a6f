#include "service/api/call/role_table.h"

namespace kirikae::api {
namespace {

using domain::Role;

constexpr uint32_t Roles(std::initializer_list<Role> roles) {
  uint32_t bits = 1U << static_cast<int>(Role::kAdmin);
  for (const Role role : roles) bits |= 1U << static_cast<int>(role);
  return bits;
}

constexpr uint32_t kEveryone =
    Roles({Role::kViewer, Role::kOperator, Role::kPlanner, Role::kApprover, Role::kAuditor});
constexpr uint32_t kOperators = Roles({Role::kOperator, Role::kPlanner});
// An approver exempts; which mark is whose is the domain's.
constexpr uint32_t kMarkers = Roles({Role::kOperator, Role::kPlanner, Role::kApprover});
constexpr uint32_t kPlanners = Roles({Role::kPlanner});
constexpr uint32_t kApprovers = Roles({Role::kApprover});
constexpr uint32_t kAuditors = Roles({Role::kAuditor});
// Who may undo must find what to undo.
constexpr uint32_t kAuditorsAndOperators = Roles({Role::kAuditor, Role::kOperator, Role::kPlanner});
constexpr uint32_t kAdmins = Roles({});

constexpr RoleRow kTable[] = {
    {"InventoryService/GetDevice", kEveryone},
    {"InventoryService/ListDevices", kEveryone},
    {"InventoryService/LookupDevices", kEveryone},
    {"InventoryService/ListDeviceHistory", kEveryone},
    {"InventoryService/GetStaff", kEveryone},
    {"InventoryService/ListStaff", kEveryone},
    {"InventoryService/UpdateStaff", kOperators},
    {"InventoryService/CreateDevice", kOperators},
    {"InventoryService/UpdateDevice", kOperators},
    {"InventoryService/BatchUpdateDevices", kOperators},
    {"InventoryService/RetireDevice", kOperators},
    {"InventoryService/RestoreDevice", kOperators},
    {"InventoryService/GrantException", kOperators},
    {"InventoryService/EndException", kOperators},
    {"ImportService/PreviewImport", kEveryone},
    {"ImportService/GetImport", kEveryone},
    {"ImportService/ListImportRows", kEveryone},
    {"ImportService/ApplyImport", kPlanners},
    {"ImportService/ListProfiles", kEveryone},
    {"ImportService/GetProfile", kEveryone},
    {"ImportService/SaveProfile", kPlanners},
    {"ImportService/DeleteProfile", kPlanners},
    {"ImportService/ExportDevices", kEveryone},
    {"MigrationService/MarkDevices", kMarkers},
    {"MigrationService/ListDue", kEveryone},
    {"PlanningService/SolvePlan", kEveryone},
    {"PlanningService/SolvePlanInParts", kEveryone},
    {"PlanningService/CreatePlan", kPlanners},
    {"PlanningService/GetPlan", kEveryone},
    {"PlanningService/ListPlans", kEveryone},
    {"PlanningService/SubmitPlan", kPlanners},
    {"PlanningService/ApprovePlan", kApprovers},
    {"PlanningService/RejectPlan", kApprovers},
    {"PlanningService/ExplainPlacement", kEveryone},
    {"PlanningService/SimulatePlan", kEveryone},
    {"PlanningService/ComparePlans", kEveryone},
    {"RolloutService/ApplyRollout", kPlanners},
    {"RolloutService/GetRollout", kEveryone},
    {"RolloutService/ListRollouts", kEveryone},
    {"RolloutService/StartRollout", kPlanners},
    {"RolloutService/PauseRollout", kPlanners},
    {"RolloutService/ResumeRollout", kPlanners},
    {"RolloutService/CancelRollout", kPlanners},
    {"RolloutService/ListWaves", kEveryone},
    {"RolloutService/GetWave", kEveryone},
    {"RolloutService/StartWave", kOperators},
    {"RolloutService/FinishWave", kOperators},
    {"RolloutService/HoldPhase", kPlanners},
    {"RolloutService/ReleasePhase", kApprovers},
    {"RolloutService/GetProgress", kEveryone},
    {"RolloutService/WatchRollout", kEveryone},
    {"RolloutService/GetReport", kEveryone},
    {"RolloutService/GetForecast", kEveryone},
    {"CalendarService/ImportHolidays", kPlanners},
    {"CalendarService/ListDays", kEveryone},
    {"CalendarService/SetDay", kPlanners},
    {"AuditService/ListChangeSets", kAuditorsAndOperators},
    {"AuditService/GetChangeSet", kAuditorsAndOperators},
    {"AuditService/UndoChangeSet", kOperators},
    {"AuditService/VerifyAuditLog", kAuditors},
    {"AccessService/WhoAmI", kEveryone},
    {"AccessService/CreateToken", kAdmins},
    {"AccessService/ListTokens", kAdmins},
    {"AccessService/RevokeToken", kAdmins},
};

}  // namespace

std::span<const RoleRow> RoleTable() { return kTable; }

const RoleRow* FindRoleRow(std::string_view rpc) {
  for (const RoleRow& row : kTable) {
    if (row.rpc == rpc) return &row;
  }
  return nullptr;
}

std::set<std::string> ServiceNames() {
  std::set<std::string> names;
  for (const RoleRow& row : kTable) {
    names.insert("kirikae.v1." + std::string(row.rpc.substr(0, row.rpc.find('/'))));
  }
  return names;
}

}  // namespace kirikae::api

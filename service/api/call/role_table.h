// Which roles may call which RPC. Every RPC has exactly one row.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

#include "service/domain/values.h"

namespace kirikae::api {

/// A row of the table.
struct RoleRow {
  std::string_view rpc;  ///< `InventoryService/GetDevice`
  uint32_t roles;        ///< bit 1 << Role

  constexpr bool Allows(domain::Role role) const {
    return (roles >> static_cast<int>(role) & 1U) != 0;
  }
  /// Whether callers sign with it, as an approver.
  constexpr bool Signs() const { return roles == 1U << static_cast<int>(domain::Role::kApprover); }
};

/// The bits of these roles and of the administrator, who may call everything but what signs for
/// others.
constexpr uint32_t RolesAndAdmin(std::initializer_list<domain::Role> roles) {
  uint32_t bits = 1U << static_cast<int>(domain::Role::kAdmin);
  for (const domain::Role role : roles) bits |= 1U << static_cast<int>(role);
  return bits;
}

inline constexpr uint32_t kEveryone =
    RolesAndAdmin({domain::Role::kViewer, domain::Role::kOperator, domain::Role::kPlanner,
                   domain::Role::kApprover, domain::Role::kAuditor});
inline constexpr uint32_t kOperators =
    RolesAndAdmin({domain::Role::kOperator, domain::Role::kPlanner});
// Approvers exempt devices; the domain decides which role may make which mark.
inline constexpr uint32_t kMarkers =
    RolesAndAdmin({domain::Role::kOperator, domain::Role::kPlanner, domain::Role::kApprover});
inline constexpr uint32_t kPlanners = RolesAndAdmin({domain::Role::kPlanner});
// Signing: an administrator who was not made an approver too does not sign.
inline constexpr uint32_t kApprovers = 1U << static_cast<int>(domain::Role::kApprover);
inline constexpr uint32_t kHolders =
    RolesAndAdmin({domain::Role::kPlanner, domain::Role::kApprover});
inline constexpr uint32_t kAuditors = RolesAndAdmin({domain::Role::kAuditor});
// Who signs keeps the checkpoint of what was signed.
inline constexpr uint32_t kCheckpointReaders =
    RolesAndAdmin({domain::Role::kAuditor, domain::Role::kApprover});
// Those who may undo must be able to find what to undo; approvers see what they sign for.
inline constexpr uint32_t kChangeReaders =
    RolesAndAdmin({domain::Role::kAuditor, domain::Role::kOperator, domain::Role::kPlanner,
                   domain::Role::kApprover});
inline constexpr uint32_t kAdmins = RolesAndAdmin({});

inline constexpr RoleRow kRoleTable[] = {
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
    {"InventoryService/CorrectMethod", kMarkers},
    {"InventoryService/RetireDevice", kOperators},
    {"InventoryService/RestoreDevice", kOperators},
    {"InventoryService/GrantException", kMarkers},
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
    {"PlanningService/GetPlanDocument", kEveryone},
    {"RolloutService/ApplyRollout", kPlanners},
    {"RolloutService/ProposeRollout", kPlanners},
    {"RolloutService/GetProposal", kEveryone},
    {"RolloutService/ListProposals", kEveryone},
    {"RolloutService/AcceptProposal", kApprovers},
    {"RolloutService/DeclineProposal", kApprovers},
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
    {"RolloutService/HoldPhase", kHolders},
    {"RolloutService/ReleasePhase", kApprovers},
    {"RolloutService/GetProgress", kEveryone},
    {"RolloutService/WatchRollout", kEveryone},
    {"RolloutService/GetReport", kEveryone},
    {"RolloutService/GetForecast", kEveryone},
    {"RolloutService/ListReadiness", kEveryone},
    {"CalendarService/ImportHolidays", kPlanners},
    {"CalendarService/ListDays", kEveryone},
    {"CalendarService/SetDay", kPlanners},
    {"AuditService/ListChangeSets", kChangeReaders},
    {"AuditService/GetChangeSet", kChangeReaders},
    {"AuditService/UndoChangeSet", kOperators},
    {"AuditService/VerifyAuditLog", kAuditors},
    {"AuditService/GetCheckpoint", kCheckpointReaders},
    {"AuditService/ListCheckpoints", kCheckpointReaders},
    {"AuditService/ExportAuditLog", kAuditors},
    {"AccessService/WhoAmI", kEveryone},
    {"AccessService/CreateToken", kAdmins},
    {"AccessService/ListTokens", kAdmins},
    {"AccessService/RevokeToken", kAdmins},
    {"TermsService/ListTerms", kEveryone},
};

/// An RPC with its row. An RPC without a row does not compile.
class Rpc {
 public:
  /// `name` like `InventoryService/GetDevice`.
  consteval explicit Rpc(std::string_view name) : row_(RowOf(name)) {}

  const RoleRow& row() const { return *row_; }
  std::string_view name() const { return row_->rpc; }

 private:
  static consteval const RoleRow* RowOf(std::string_view name) {
    for (const RoleRow& row : kRoleTable) {
      if (row.rpc == name) return &row;
    }
    throw "an RPC has no row in the role table";
  }

  const RoleRow* row_;
};

/// The full names of the services that have rows, `kirikae.v1.InventoryService`.
std::set<std::string> ServiceNames();

}  // namespace kirikae::api

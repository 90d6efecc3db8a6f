// Which role may call which RPC, for every RPC.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "kirikae/v1/access_service.grpc.pb.h"
#include "kirikae/v1/audit_service.grpc.pb.h"
#include "kirikae/v1/calendar_service.grpc.pb.h"
#include "kirikae/v1/import_service.grpc.pb.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "kirikae/v1/migration_service.grpc.pb.h"
#include "kirikae/v1/planning_service.grpc.pb.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"
#include "kirikae/v1/terms_service.grpc.pb.h"
#include "tests/support/any_call.h"
#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;

const std::vector<std::string>& AllRoles() {
  static const std::vector<std::string> roles = {"viewer",   "operator", "planner",
                                                 "approver", "auditor",  "admin"};
  return roles;
}

// The design's rules, written independently of the service's own table. Admin may call all.
const std::set<std::string> kEveryone = {"viewer", "operator", "planner", "approver", "auditor"};
const std::set<std::string> kOperators = {"operator", "planner"};
// Approvers exempt devices.
const std::set<std::string> kMarkers = {"operator", "planner", "approver"};
const std::set<std::string> kPlanners = {"planner"};
const std::set<std::string> kApprovers = {"approver"};
const std::set<std::string> kAuditors = {"auditor"};
// Those who may undo must be able to find what to undo; approvers see what they sign for.
const std::set<std::string> kChangeReaders = {"auditor", "operator", "planner", "approver"};
// Who signs keeps the checkpoint of what was signed.
const std::set<std::string> kCheckpointReaders = {"auditor", "approver"};
const std::set<std::string> kHolders = {"planner", "approver"};
const std::set<std::string> kAdmins = {};

const std::map<std::string, std::set<std::string>>& Design() {
  static const std::map<std::string, std::set<std::string>> design = {
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
  return design;
}

// Keeps the linker from removing the files whose descriptors ServedMethods looks up.
[[maybe_unused]] const void* const kLinked[] = {
    v1::WhoAmIRequest::descriptor(),    v1::VerifyAuditLogRequest::descriptor(),
    v1::ListDaysRequest::descriptor(),  v1::GetImportRequest::descriptor(),
    v1::GetDeviceRequest::descriptor(), v1::ListDueRequest::descriptor(),
    v1::GetPlanRequest::descriptor(),   v1::GetRolloutRequest::descriptor(),
    v1::ListTermsRequest::descriptor()};

class Access : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { daemon_ = new Daemon; }
  static void TearDownTestSuite() {
    delete daemon_;
    daemon_ = nullptr;
  }

  // Calls an RPC of any kind with an empty request.
  static grpc::Status Call(const std::string& rpc, const std::string& authorization) {
    return CallAny(daemon_->channel(), "/kirikae.v1." + rpc, authorization, "").status;
  }

  static Daemon* daemon_;
};

Daemon* Access::daemon_ = nullptr;

TEST_F(Access, EveryRpcIsInTheDesign) {
  std::set<std::string> designed;
  for (const auto& [rpc, roles] : Design()) designed.insert(rpc);
  std::set<std::string> served;
  for (const auto* method : ServedMethods(daemon_->channel())) {
    served.insert(method->service()->name() + "/" + method->name());
  }
  EXPECT_EQ(served, designed);
}

TEST_F(Access, EveryRoleMayCallWhatTheDesignSaysAndNothingElse) {
  for (const std::string& role : AllRoles()) {
    const std::string bearer = "Bearer " + daemon_->NewToken(role);
    for (const auto& [rpc, roles] : Design()) {
      const grpc::Status status = Call(rpc, bearer);
      const bool may = role == "admin" || roles.count(role) > 0;
      EXPECT_EQ(status.error_code() != grpc::StatusCode::PERMISSION_DENIED, may)
          << role << " " << rpc << ": " << status.error_message();
      EXPECT_NE(status.error_code(), grpc::StatusCode::UNIMPLEMENTED) << rpc;
      EXPECT_NE(status.error_code(), grpc::StatusCode::UNAUTHENTICATED) << rpc;
      EXPECT_NE(status.error_code(), grpc::StatusCode::UNKNOWN) << rpc;
      EXPECT_NE(status.error_code(), grpc::StatusCode::INTERNAL) << rpc << status.error_message();
    }
  }
}

// Who administers does not sign for others, unless that person was made an approver too.
TEST(Administrators, SignOnlyWhereTheyAreApproversToo) {
  const Daemon daemon({"--now", kTestDay});
  const auto may = [&](const std::string& rpc, const std::string& token) {
    const auto status =
        CallAny(daemon.channel(), "/kirikae.v1." + rpc, "Bearer " + token, "").status;
    return status.error_code() != grpc::StatusCode::PERMISSION_DENIED;
  };
  const auto token = [&](const std::vector<std::string>& more) {
    std::vector<std::string> args = {"token", "create", "情報政策課長"};
    args.insert(args.end(), more.begin(), more.end());
    const ProgramResult made = daemon.Run(args);
    EXPECT_EQ(made.exit_code, 0) << made.err;
    return made.out.substr(0, made.out.find('\n'));
  };
  const std::string admin = token({"--role", "admin"});
  for (const auto& [rpc, roles] : Design()) {
    EXPECT_EQ(may(rpc, admin), roles != kApprovers) << rpc;
    EXPECT_EQ(may(rpc, daemon.admin_token()), roles != kApprovers) << rpc;
  }
  token({"--role", "approver", "--same-person"});
  for (const auto& [rpc, roles] : Design()) {
    EXPECT_TRUE(may(rpc, admin)) << rpc;
    EXPECT_EQ(may(rpc, daemon.admin_token()), roles != kApprovers) << rpc;
  }
  const ProgramResult exempt =
      daemon.Run({"mark", "exempt", "TSM-00001", "--reason", "産休", "-o", "json"});
  EXPECT_EQ(exempt.exit_code, 5) << exempt.err;
  EXPECT_THAT(exempt.err, HasSubstr("MARK_NOT_FOR_ROLE"));
}

TEST_F(Access, NobodyIsLetInWithoutAToken) {
  const std::string viewer = daemon_->NewToken("viewer");
  const grpc::Status none = Call("InventoryService/ListDevices", "");
  // All at once: the answers to wrong tokens are held back.
  std::vector<std::thread> callers;
  for (const auto& [rpc, roles] : Design()) {
    callers.emplace_back([&, rpc = rpc] {
      for (const std::string& given :
           {std::string(), std::string("Bearer "), std::string("Bearer wrong"), viewer,
            "bearer " + viewer, "Bearer " + viewer + "x"}) {
        const grpc::Status status = Call(rpc, given);
        EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED) << rpc << " " << given;
        EXPECT_EQ(status.error_message(), none.error_message());
        EXPECT_EQ(status.error_details(), none.error_details());
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
}

TEST_F(Access, ErrorsSayWhatInBothLanguagesAndWhy) {
  const grpc::Status status =
      Call("MigrationService/MarkDevices", "Bearer " + daemon_->NewToken("viewer"));
  google::rpc::Status rpc;
  ASSERT_TRUE(rpc.ParseFromString(status.error_details()));
  google::rpc::ErrorInfo info;
  google::rpc::LocalizedMessage japanese;
  for (const auto& detail : rpc.details()) {
    if (detail.Is<google::rpc::ErrorInfo>()) detail.UnpackTo(&info);
    if (detail.Is<google::rpc::LocalizedMessage>()) detail.UnpackTo(&japanese);
  }
  EXPECT_EQ(info.domain(), "kirikae");
  EXPECT_EQ(info.reason(), "ROLE_MAY_NOT");
  EXPECT_EQ(japanese.locale(), "ja");
  EXPECT_NE(japanese.message(), status.error_message());
  EXPECT_THAT(info.metadata().at("rpc"), HasSubstr("MigrationService/MarkDevices"));
  EXPECT_EQ(info.metadata().at("role"), "VIEWER");
}

}  // namespace
}  // namespace kirikae::testing

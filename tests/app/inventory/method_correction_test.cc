#include "service/app/inventory/method_correction.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

using domain::AuthMethod;

class MethodCorrectionTest : public InventoryFixture {
 protected:
  MethodCorrectionTest() {
    domain::Device used = NewTagged("TSM-1");
    used.users = {{"0000001", "山田 太郎", "", {}, {}}};
    Store({NewStaff("0000001", "山田 太郎", "")});
    StoreDevices({used, NewTagged("TSM-2")});
  }

  absl::Status Correct(const std::vector<std::string>& tags, AuthMethod method,
                       domain::Role role = domain::Role::kOperator,
                       const std::string& reason = "誤記") {
    WriteContext context = Context(reason);
    context.caller.role = role;
    context.caller.approves = role == domain::Role::kApprover;
    return Write(context,
                 [&](store::ReadView& view, int64_t,
                     const WriteContext& given) -> absl::StatusOr<store::Draft> {
                   auto correction = CorrectMethod(view, tags, method, given);
                   if (!correction.ok()) return correction.status();
                   changed_ = correction->changed;
                   return std::move(correction->draft);
                 });
  }
  static std::string ReasonOf(const absl::Status& status) {
    const auto detail = domain::DetailOf(status);
    return detail.has_value() ? detail->reason : "";
  }

  int changed_ = 0;
};

TEST_F(MethodCorrectionTest, SetsTheMethodInOneActAndCountsWhatChanged) {
  ASSERT_TRUE(Correct({"tsm-1", "TSM-1", "TSM-2"}, AuthMethod::kFaceAndPassword).ok());
  EXPECT_EQ(changed_, 2);
  EXPECT_EQ(Stored("TSM-1").auth_method, AuthMethod::kFaceAndPassword);
  EXPECT_EQ(Read()->ListChangeSets({})->front().act, "CORRECT_METHOD");
  ASSERT_TRUE(Correct({"TSM-1"}, AuthMethod::kFaceAndPassword).ok());
  EXPECT_EQ(changed_, 0);
}

TEST_F(MethodCorrectionTest, NeedsAReasonAndOneToTwentyDevicesThatAreThereAndInUse) {
  EXPECT_EQ(Faults(Correct({"TSM-1"}, AuthMethod::kFaceAndPassword, domain::Role::kOperator, "")),
            std::vector<std::string>{"options.reason"});
  EXPECT_EQ(Faults(Correct({}, AuthMethod::kFaceAndPassword)),
            std::vector<std::string>{"asset_tags"});
  EXPECT_EQ(Faults(Correct(std::vector<std::string>(21, "TSM-1"), AuthMethod::kFaceAndPassword)),
            std::vector<std::string>{"asset_tags"});
  EXPECT_EQ(ReasonOf(Correct({"TSM-1", "TSM-9"}, AuthMethod::kFaceAndPassword)),
            "DEVICE_NOT_FOUND");
  domain::Device retired = Stored("TSM-2");
  retired.state = domain::DeviceState::kRetired;
  StoreDevices({retired});
  EXPECT_EQ(ReasonOf(Correct({"TSM-1", "TSM-2"}, AuthMethod::kFaceAndPassword)), "DEVICE_RETIRED");
  EXPECT_EQ(Stored("TSM-1").auth_method, AuthMethod::kIcCardAndPassword);
}

TEST_F(MethodCorrectionTest, InARolloutThatIsUnderWayItIsTheApprovers) {
  domain::Rollout rollout;
  rollout.id = "face";
  rollout.state = domain::RolloutState::kActive;
  domain::Placement placement;
  placement.rollout = "face";
  placement.asset_tag = "TSM-1";
  Store({rollout, placement});
  EXPECT_EQ(ReasonOf(Correct({"TSM-1"}, AuthMethod::kFaceAndPassword)),
            "CORRECTION_NEEDS_APPROVER");
  EXPECT_EQ(ReasonOf(Correct({"TSM-1"}, AuthMethod::kFaceAndPassword, domain::Role::kPlanner)),
            "CORRECTION_NEEDS_APPROVER");
  EXPECT_TRUE(Correct({"TSM-2"}, AuthMethod::kFaceAndPassword).ok());
  EXPECT_TRUE(Correct({"TSM-1"}, AuthMethod::kFaceAndPassword, domain::Role::kApprover).ok());
}

TEST_F(MethodCorrectionTest, IsRefusedForAMethodWithAFaceWhereAUserWithholdsConsent) {
  domain::Staff person = **Read()->FindStaff("0000001");
  person.consent_withheld = "本人の申し出";
  Store({person});
  for (const domain::Role role : {domain::Role::kOperator, domain::Role::kApprover}) {
    EXPECT_EQ(ReasonOf(Correct({"TSM-1"}, AuthMethod::kFaceAndPassword, role)), "CONSENT_WITHHELD");
  }
  EXPECT_EQ(Stored("TSM-1").auth_method, AuthMethod::kIcCardAndPassword);
  EXPECT_TRUE(Correct({"TSM-2"}, AuthMethod::kFaceAndPassword).ok());
}

}  // namespace
}  // namespace kirikae::app

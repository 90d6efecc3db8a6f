#include "service/app/inventory/exception_grant.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

using domain::AuthMethod;

class ExceptionGrantTest : public InventoryFixture {
 protected:
  ExceptionGrantTest() { StoreDevices({NewTagged("TSM-1")}); }

  // Grants one that lasts until the day `days` after today; gives the reason of a refusal.
  std::string Grant(int days, domain::Role role = domain::Role::kOperator,
                    AuthMethod method = AuthMethod::kFaceAndIcCard) {
    WriteContext context = Context("修理中");
    context.caller.role = role;
    context.caller.approves = role == domain::Role::kApprover;
    const absl::Status status =
        Write(context,
              [&](store::ReadView& view, int64_t,
                  const WriteContext& given) -> absl::StatusOr<store::Draft> {
                domain::ExceptionRequest request;
                request.method = method;
                request.last_day = ward_.DayOf(now_) + days;
                request.reason = given.reason;
                request.granted_by = given.caller.actor;
                request.from = given.effective;
                request.most_days = 30;
                domain::Device device = **view.FindDevice("TSM-1");
                const absl::Status granted = GrantException(view, ward_, given, request, device);
                if (!granted.ok()) return granted;
                store::Draft draft = given.NewDraft(domain::Act::kGrantException);
                draft.edits.emplace_back(ToEdit(device));
                return draft;
              });
    const auto detail = domain::DetailOf(status);
    return detail.has_value() ? detail->reason : "";
  }
  void End() {
    domain::Device device = Stored("TSM-1");
    device.exception.reset();
    StoreDevices({device});
  }
};

// Once, an exception could be renewed without end.
TEST_F(ExceptionGrantTest, OneRenewedBeyondItsLimitIsTheApprovers) {
  EXPECT_EQ(Grant(30), "");
  now_ += absl::Hours(24 * 20);
  EXPECT_EQ(Grant(10), "");
  EXPECT_EQ(Grant(11), "EXCEPTION_NEEDS_APPROVER");
  EXPECT_EQ(Grant(11, domain::Role::kPlanner), "EXCEPTION_NEEDS_APPROVER");
  EXPECT_EQ(Grant(11, domain::Role::kApprover), "");
}

TEST_F(ExceptionGrantTest, EndingOneAndGrantingAnotherIsARenewal) {
  EXPECT_EQ(Grant(30), "");
  now_ += absl::Hours(24 * 29);
  End();
  now_ += absl::Hours(24);
  EXPECT_EQ(Grant(30), "EXCEPTION_NEEDS_APPROVER");
  now_ += absl::Hours(24 * 9);
  EXPECT_EQ(Grant(30), "") << "more than a week after the end of the first one";
}

TEST_F(ExceptionGrantTest, OneToTheTargetMethodInAHeldPhaseIsTheApprovers) {
  domain::Rollout rollout;
  rollout.id = "face";
  rollout.to_method = AuthMethod::kFaceAndPassword;
  rollout.state = domain::RolloutState::kActive;
  domain::Placement placement;
  placement.rollout = "face";
  placement.phase = "pilot";
  placement.asset_tag = "TSM-1";
  domain::PhaseStatus phase;
  phase.rollout = "face";
  phase.id = "pilot";
  phase.state = domain::PhaseState::kHeld;
  Store({rollout, placement, phase});
  EXPECT_EQ(Grant(5, domain::Role::kOperator, AuthMethod::kFaceAndPassword), "PHASE_HELD");
  EXPECT_EQ(Grant(5, domain::Role::kOperator, AuthMethod::kFaceAndIcCard), "");
  EXPECT_EQ(Grant(5, domain::Role::kApprover, AuthMethod::kFaceAndPassword), "");
}

}  // namespace
}  // namespace kirikae::app

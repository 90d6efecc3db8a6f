#include "service/app/lookup/device_card.h"

#include <string>

#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

using domain::AuthMethod;

class DeviceCardTest : public InventoryFixture {
 protected:
  void SetUp() override { StoreDevices({NewTagged("TSM-1")}); }

  void Place(const std::string& id, domain::RolloutState state, domain::PlacementState placed) {
    domain::Rollout rollout;
    rollout.id = id;
    rollout.to_method = AuthMethod::kFaceAndPassword;
    rollout.state = state;
    domain::Placement placement;
    placement.rollout = id;
    placement.asset_tag = "TSM-1";
    placement.state = placed;
    placement.day = Day("2025-06-02");
    placement.slot = "AM";
    Store({rollout, placement});
  }
  Card CardNow() {
    auto card = CardOf(*Read(), Stored("TSM-1"), ward_, now_);
    EXPECT_TRUE(card.ok()) << card.status();
    return card.ok() ? *std::move(card) : Card();
  }
};

TEST_F(DeviceCardTest, ADeviceInNoRolloutHasTheBlockersOfFaceAndPassword) {
  const Card card = CardNow();
  EXPECT_FALSE(card.live.has_value());
  EXPECT_FALSE(card.blockers.empty());
  EXPECT_EQ(card.effective_method, AuthMethod::kIcCardAndPassword);
  EXPECT_TRUE(card.last_change.has_value());
}

TEST_F(DeviceCardTest, APlannedSwitchIsShownWithItsDayAndSlot) {
  Place("face2025", domain::RolloutState::kActive, domain::PlacementState::kPlanned);
  const Card card = CardNow();
  ASSERT_TRUE(card.live.has_value());
  EXPECT_EQ(card.planned_method, AuthMethod::kFaceAndPassword);
  EXPECT_EQ(card.planned_day, Day("2025-06-02"));
  EXPECT_EQ(card.planned_slot, "AM");
}

TEST_F(DeviceCardTest, ACancelledRolloutAndASwitchThatIsOverPlanNothing) {
  Place("old", domain::RolloutState::kCancelled, domain::PlacementState::kPlanned);
  EXPECT_FALSE(CardNow().live.has_value());
  Place("face2025", domain::RolloutState::kActive, domain::PlacementState::kFailed);
  EXPECT_FALSE(CardNow().planned_day.has_value());
}

TEST_F(DeviceCardTest, AnExceptionIsTheMethodUntilItEndsByTheWardsClock) {
  domain::Device device = Stored("TSM-1");
  device.exception = domain::MethodException{AuthMethod::kFaceAndIcCard, now_ - absl::Hours(1),
                                             At("2025-05-10T00:00:00+09:00"), "山田", "故障"};
  StoreDevices({device});
  Card card = CardNow();
  EXPECT_EQ(card.effective_method, AuthMethod::kFaceAndIcCard);
  EXPECT_EQ(card.since, now_ - absl::Hours(1));
  EXPECT_NE(card.advice.English().find("2025-05-10 00:00"), std::string::npos);
  now_ = At("2025-05-10T00:00:00+09:00");
  card = CardNow();
  EXPECT_EQ(card.effective_method, AuthMethod::kIcCardAndPassword);
  EXPECT_EQ(card.since, device.auth_method_since);
}

TEST_F(DeviceCardTest, AnOverdueSwitchIsSaidToBeSo) {
  Place("face2025", domain::RolloutState::kActive, domain::PlacementState::kDue);
  now_ = At("2025-06-02T23:59:00+09:00");
  EXPECT_FALSE(CardNow().overdue) << "it is the day itself";
  now_ = At("2025-06-03T00:00:00+09:00");
  EXPECT_TRUE(CardNow().overdue);
}

TEST_F(DeviceCardTest, ARetiredOrExemptDeviceWaitsForNothing) {
  Place("face2025", domain::RolloutState::kActive, domain::PlacementState::kExempt);
  EXPECT_TRUE(CardNow().blockers.empty());
  EXPECT_FALSE(CardNow().planned_method.has_value());
  Place("face2025", domain::RolloutState::kActive, domain::PlacementState::kPlanned);
  domain::Device device = Stored("TSM-1");
  device.state = domain::DeviceState::kRetired;
  Store({ToEdit(device)}, Context("壊れた"));
  const Card card = CardNow();
  EXPECT_TRUE(card.blockers.empty());
  EXPECT_FALSE(card.planned_day.has_value());
  ASSERT_TRUE(card.state.has_value());
  EXPECT_EQ(card.reason, "壊れた");
  EXPECT_EQ(card.last_change->change.field, "state");
}

}  // namespace
}  // namespace kirikae::app

// Places that became free, and the devices that could come early.
#include "service/app/rollouts/freed.h"

#include "tests/app/rollouts/readiness_fixture.h"

namespace kirikae::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Freed : public ReadinessFixture {
 protected:
  void SetUp() override {
    ReadinessFixture::SetUp();
    // Wave 3 is a week after wave 2, in the same phase.
    const domain::Wave later = WaveOf(3, "rest", "2025-05-19", "am");
    std::vector<store::Edit> edits = {later};
    for (const std::string tag : {"C1", "C2", "C3"}) {
      edits.emplace_back(DeviceOf(tag, "税務部"));
      edits.emplace_back(PlacementOf(tag, later));
    }
    Store(edits);
  }
  std::vector<FreedPlace> Places() {
    const domain::Rollout rollout = Rollout();
    const auto file = FileOf(rollout);
    auto places = FreedPlaces(ward_, *Read(), rollout, **file);
    EXPECT_TRUE(places.ok()) << places.status();
    return places.ok() ? *std::move(places) : std::vector<FreedPlace>();
  }
};

TEST_F(Freed, WhereNobodyLeftNothingIsFree) {
  GoTo("2025-05-09");
  EXPECT_THAT(Places(), IsEmpty());
}

TEST_F(Freed, ReadyDevicesOfLaterWavesOfThePhaseAreNamed) {
  GiveToUnregistered("B1");
  TakeCamera("C2");
  GoTo("2025-05-09");
  const auto places = Places();
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0].wave.number, 2);
  EXPECT_EQ(places[0].devices, 1);
  EXPECT_THAT(places[0].candidates, ElementsAre("C1", "C3"))
      << "B2 is in that wave, C2 is not ready, and the pilot is another phase";
}

TEST_F(Freed, AWaveThatAllLeftIsFreeAsAWhole) {
  GiveToUnregistered("B1");
  GiveToUnregistered("B2");
  GoTo("2025-05-09");
  const auto places = Places();
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0].devices, 2);
  EXPECT_EQ(places[0].wave.state, domain::WaveState::kCancelled);
}

TEST_F(Freed, OnItsDayAPlaceIsNoLongerOffered) {
  GiveToUnregistered("B1");
  GoTo("2025-05-09");
  GoTo("2025-05-12");
  EXPECT_THAT(Places(), IsEmpty()) << "whoever comes early is told a day before";
}

TEST_F(Freed, ATeamThatDoesNotGoThereTakesNobody) {
  domain::Rollout rollout = Rollout();
  const size_t at = rollout.source.find("minutes_per_slot: 100");
  rollout.source.insert(at, "sites: [本庁], ");
  Store({rollout});
  domain::Device device = Found("C1");
  device.site = "出張所";
  Keep(device);
  GiveToUnregistered("B1");
  GoTo("2025-05-09");
  ASSERT_EQ(Places().size(), 1U);
  EXPECT_THAT(Places()[0].candidates, ElementsAre("C2", "C3"));
}

}  // namespace
}  // namespace kirikae::app

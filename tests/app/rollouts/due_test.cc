// The due list and its pages.
#include "service/app/rollouts/due.h"

#include "tests/app/rollouts/rollout_fixture.h"

namespace kirikae::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Due : public RolloutFixture {
 protected:
  static DueQuery UpTo(const std::string& day, const std::string& team = "") {
    DueQuery query;
    query.day = Day(day);
    query.team = team;
    return query;
  }
  DueList List(const DueQuery& query) {
    auto list = ListDue(ward_, *Read(), query);
    EXPECT_TRUE(list.ok()) << list.status();
    return *std::move(list);
  }
  std::vector<std::string> Tags(const DueQuery& query) {
    std::vector<std::string> tags;
    for (const DueDevice& due : List(query).devices) tags.push_back(due.device.asset_tag);
    return tags;
  }
  void Except(const std::string& tag, const std::string& until) {
    auto device = *Read()->FindDevice(tag).value();
    device.exception = domain::MethodException{.method = domain::AuthMethod::kFaceAndIcCard,
                                               .from = now_,
                                               .until = At(until),
                                               .granted_by = "山田",
                                               .reason = "試験"};
    Store({store::DeviceEdit{device, std::nullopt}});
  }
};

TEST_F(Due, ListsWhatIsPlannedUpToTheDay) {
  GoTo("2025-05-08");
  EXPECT_THAT(Tags(UpTo("2025-05-07")), IsEmpty());
  EXPECT_THAT(Tags(UpTo("2025-05-08")), ElementsAre("A1", "A2", "A3"));
  const DueList later = List(UpTo("2025-05-12"));
  ASSERT_EQ(later.devices.size(), 5U);
  EXPECT_TRUE(later.devices[0].overdue);
  EXPECT_FALSE(later.devices[3].overdue);
  EXPECT_EQ(later.devices[3].day, Day("2025-05-12"));
}

TEST_F(Due, ADeviceWhoseWaveCouldNotBeginIsLeftOut) {
  GoTo("2025-05-12");
  // Phase rest waits for phase pilot, so that wave 2 has not begun.
  EXPECT_THAT(Tags(UpTo("2025-05-12")), ElementsAre("A1", "A2", "A3"));
}

TEST_F(Due, FiltersByTeamAndSite) {
  GoTo("2025-05-08");
  EXPECT_THAT(Tags(UpTo("2025-05-08", "blue")), IsEmpty());
  EXPECT_THAT(Tags(UpTo("2025-05-08", "red")), ElementsAre("A1", "A2", "A3"));
  DueQuery elsewhere = UpTo("2025-05-08");
  elsewhere.site = "支所";
  EXPECT_THAT(Tags(elsewhere), IsEmpty());
}

TEST_F(Due, APausedRolloutHasOnlyTheWavesThatGoOn) {
  GoTo("2025-05-08");
  domain::Rollout rollout = Rollout();
  rollout.state = domain::RolloutState::kPaused;
  Store({rollout});
  EXPECT_THAT(Tags(UpTo("2025-05-12")), IsEmpty());
  rollout = Rollout();
  rollout.waves_go_on_until = Day("2025-05-08");
  Store({rollout});
  EXPECT_THAT(Tags(UpTo("2025-05-12")), ElementsAre("A1", "A2", "A3"));
}

TEST_F(Due, PagesNeitherSkipNorRepeatWhileTheListIsWorkedOn) {
  GoTo("2025-05-08");
  DueQuery query = UpTo("2025-05-12");
  query.limit = 2;
  DueList page = List(query);
  ASSERT_TRUE(page.more);
  EXPECT_EQ(page.devices[1].device.asset_tag, "A2");
  // Both devices of the first page leave the list before the second page is asked for.
  ASSERT_TRUE(Mark(Migrated({"A1", "A2"})).ok());
  query.after = page.devices.back().position();
  EXPECT_THAT(Tags(query), ElementsAre("A3", "B1"));
}

TEST_F(Due, EndingExceptionsFollowAndHaveNoPlace) {
  Except("B2", "2025-05-09T00:00:00+09:00");
  Except("B1", "2025-05-20T00:00:00+09:00");
  GoTo("2025-05-08");
  const DueList list = List(UpTo("2025-05-08"));
  ASSERT_EQ(list.devices.size(), 4U);
  EXPECT_EQ(list.devices[3].device.asset_tag, "B2");
  EXPECT_FALSE(list.devices[3].placement.has_value());
  EXPECT_EQ(list.devices[3].day, Day("2025-05-08"));
  EXPECT_THAT(Tags(UpTo("2025-05-08", "red")), ElementsAre("A1", "A2", "A3"));
  DueQuery behind = UpTo("2025-05-08");
  behind.after = list.devices[2].position();
  EXPECT_THAT(Tags(behind), ElementsAre("B2"));
}

}  // namespace
}  // namespace kirikae::app

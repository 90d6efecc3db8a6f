// How placements are listed and counted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <tuple>

#include "tests/store/conformance/conformance.h"

namespace kirikae::store {
namespace {

using domain::PlacementState;
using Counted = std::map<std::tuple<int64_t, std::string, PlacementState>, int64_t>;

constexpr absl::CivilDay kDay(2025, 4, 7);

// A rollout and nine devices.
std::vector<Edit> Ground() {
  domain::Rollout rollout;
  rollout.id = "face2025";
  std::vector<Edit> edits{rollout};
  for (int i = 1; i <= 9; ++i) {
    domain::Device device;
    device.asset_tag = "A-" + std::to_string(i);
    edits.push_back(DeviceEdit{device, {}});
  }
  return edits;
}

domain::Placement Of(int device) {
  domain::Placement placement;
  placement.rollout = "face2025";
  placement.asset_tag = "A-" + std::to_string(device);
  placement.phase = "pilot";
  return placement;
}

domain::Placement Planned(int device, absl::CivilDay day, const std::string& slot = "am",
                          const std::string& team = "a") {
  domain::Placement placement = Of(device);
  placement.wave = 1;
  placement.day = day;
  placement.slot = slot;
  placement.team = team;
  placement.state = PlacementState::kPlanned;
  return placement;
}

domain::Placement Stored(ReadView& view, int device) {
  return **view.FindPlacement("face2025", "A-" + std::to_string(device));
}

std::vector<std::string> TagsOf(ReadView& view, const PlacementQuery& query) {
  std::vector<std::string> tags;
  const auto listed = view.ListPlacements(query);
  for (const domain::Placement& placement : *listed) {
    tags.push_back(placement.asset_tag);
  }
  return tags;
}

PlacementKey KeyOf(const domain::Placement& placement) {
  return {placement.day, placement.slot, placement.team, placement.asset_tag};
}

// Compares the kept counts, by wave and over all waves, with the placements.
void ExpectRightCounts(ReadView& view) {
  Counted kept;
  const auto counts = view.CountPlacements("face2025");
  for (const PlacementCount& count : *counts) {
    kept[{-1, count.phase, count.state}] += count.count;
  }
  const auto waves = view.CountWaves("face2025", 0);
  for (const PlacementCount& count : *waves) {
    kept[{count.wave, count.phase, count.state}] += count.count;
  }
  Counted counted;
  const auto placements = view.ListPlacements({.rollout = "face2025", .team = ""});
  for (const domain::Placement& placement : *placements) {
    ++counted[{-1, placement.phase, placement.state}];
    ++counted[{placement.wave, placement.phase, placement.state}];
  }
  EXPECT_EQ(kept, counted);
}

TEST_P(Conformance, PlacementsAreListedByDaySlotTeamAndTagWithThoseWithoutADayFirst) {
  ASSERT_TRUE(Write(NewWrite(Ground())).ok());
  ASSERT_TRUE(Write(NewWrite({Planned(1, kDay + 1), Planned(2, kDay, "pm"), Planned(3, kDay),
                              Planned(4, kDay, "am", "b"), Of(5), Of(6)}))
                  .ok());
  const PlacementQuery all{.rollout = "face2025", .team = ""};
  const std::vector<std::string> order{"A-5", "A-6", "A-3", "A-4", "A-2", "A-1"};
  EXPECT_EQ(TagsOf(*Read(), all), order);
  const auto placements = *Read()->ListPlacements(all);
  for (size_t i = 0; i < placements.size(); ++i) {
    PlacementQuery rest = all;
    rest.after = KeyOf(placements[i]);
    const std::vector<std::string> behind(order.begin() + static_cast<int64_t>(i) + 1, order.end());
    EXPECT_EQ(TagsOf(*Read(), rest), behind) << placements[i].asset_tag;
    rest.limit = 1;
    EXPECT_EQ(TagsOf(*Read(), rest).size(), behind.empty() ? 0U : 1U);
  }
  PlacementQuery team = all;
  team.team = "b";
  EXPECT_THAT(TagsOf(*Read(), team), ::testing::ElementsAre("A-4"));
  PlacementQuery until = all;
  until.until = kDay;
  until.open_only = true;
  EXPECT_THAT(TagsOf(*Read(), until), ::testing::ElementsAre("A-3", "A-4", "A-2"));
}

TEST_P(Conformance, PlacementsWorkedOnBetweenPagesAreNeitherSkippedNorRepeated) {
  ASSERT_TRUE(Write(NewWrite(Ground())).ok());
  std::vector<Edit> edits;
  for (int i = 1; i <= 9; ++i) edits.emplace_back(Planned(i, kDay));
  ASSERT_TRUE(Write(NewWrite(std::move(edits))).ok());
  PlacementQuery page{.rollout = "face2025", .team = ""};
  page.open_only = true;
  page.limit = 2;
  std::vector<std::string> seen;
  while (true) {
    const auto placements = *Read()->ListPlacements(page);
    if (placements.empty()) break;
    std::vector<Edit> marks;
    for (domain::Placement placement : placements) {
      seen.push_back(placement.asset_tag);
      // The page's last row loses its day and so its position in the list; the other row leaves the
      // list.
      if (placement.asset_tag == placements.back().asset_tag) placement.day.reset();
      placement.state = PlacementState::kMigrated;
      marks.emplace_back(std::move(placement));
    }
    page.after = KeyOf(placements.back());
    ASSERT_TRUE(Write(NewWrite(std::move(marks))).ok());
  }
  EXPECT_THAT(
      seen, ::testing::ElementsAre("A-1", "A-2", "A-3", "A-4", "A-5", "A-6", "A-7", "A-8", "A-9"));
}

TEST_P(Conformance, PlacementsAreCountedHoweverTheyChange) {
  ASSERT_TRUE(Write(NewWrite(Ground())).ok());
  ASSERT_TRUE(Write(NewWrite({Of(1), Planned(2, kDay), Planned(3, kDay)})).ok());
  ExpectRightCounts(*Read());
  domain::Placement moved = Stored(*Read(), 1);
  moved.wave = 2;
  moved.phase = "main";
  moved.state = PlacementState::kDue;
  domain::Placement same = Stored(*Read(), 2);
  same.day = kDay + 1;
  ASSERT_TRUE(Write(NewWrite({moved, same})).ok());
  ExpectRightCounts(*Read());
  // Twice in one act, and a placement that is written and then removed.
  domain::Placement due = Stored(*Read(), 3);
  due.state = PlacementState::kDue;
  due.version = 0;
  domain::Placement done = due;
  done.state = PlacementState::kMigrated;
  ASSERT_TRUE(Write(NewWrite({due, done, Removal{Stored(*Read(), 2)}})).ok());
  ExpectRightCounts(*Read());
  EXPECT_EQ(Read()->CountWaves("face2025", 1)->size(), 1U);
  // A failing act changes no count.
  WriteRequest failing = NewWrite({});
  failing.make = [](ReadView&, int64_t) -> absl::StatusOr<Draft> {
    Draft draft = NewDraft();
    draft.edits.emplace_back(Planned(4, kDay));
    draft.more = []() -> absl::StatusOr<std::optional<Edit>> { return absl::AbortedError("late"); };
    return draft;
  };
  EXPECT_EQ(Write(std::move(failing)).status().message(), "late");
  ExpectRightCounts(*Read());
}

}  // namespace
}  // namespace kirikae::store

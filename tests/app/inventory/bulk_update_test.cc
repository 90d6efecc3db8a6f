#include "service/app/inventory/bulk_update.h"

#include <string>

#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

class BulkUpdateTest : public InventoryFixture {
 protected:
  void SetUp() override {
    domain::Device there = NewTagged("TSM-3");
    there.floor = "2F";
    StoreDevices({NewTagged("TSM-1"), NewTagged("TSM-2"), there});
  }

  absl::Status Update(const BulkUpdate& update) {
    const auto matches = FindMatches(*Read(), update);
    return matches.ok() ? UpdateFound(update, *matches) : matches.status();
  }
  absl::Status UpdateFound(const BulkUpdate& update, const BulkMatches& matches) {
    return Write([&](store::ReadView& view, int64_t,
                     const WriteContext& context) -> absl::StatusOr<store::Draft> {
      auto result = UpdateAll(view, update, matches, context);
      if (!result.ok()) return result.status();
      matched_ = result->matched;
      changed_ = result->changed;
      return result->draft;
    });
  }

  int matched_ = 0;
  int changed_ = 0;
};

TEST_F(BulkUpdateTest, ChangesAllThatMatchInOneChangeSetAndCountsWhatDiffers) {
  ASSERT_TRUE(Update({.filter = "asset_tag : TSM", .texts = {{"floor", "2F"}}}).ok());
  EXPECT_EQ(matched_, 3);
  EXPECT_EQ(changed_, 2);
  for (const char* tag : {"TSM-1", "TSM-2", "TSM-3"}) EXPECT_EQ(Stored(tag).floor, "2F") << tag;
  const auto sets = Read()->ListChangeSets({});
  EXPECT_EQ(sets->front().act, "BATCH_UPDATE_DEVICES");
  EXPECT_EQ(sets->front().change_count, 2);
}

TEST_F(BulkUpdateTest, AnotherCountThanExpectedChangesNothing) {
  const absl::Status refused =
      Update({.filter = "floor = 2F", .texts = {{"note", "x"}}, .expected_count = 2});
  EXPECT_EQ(refused.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Stored("TSM-3").note, "");
  EXPECT_TRUE(Update({.filter = "floor = 2F", .texts = {{"note", "x"}}, .expected_count = 1}).ok());
  EXPECT_EQ(Stored("TSM-3").note, "x");
}

TEST_F(BulkUpdateTest, WithoutAFilterOrAFieldItIsRefused) {
  EXPECT_EQ(Faults(Update({.filter = "", .texts = {{"note", "x"}}})),
            std::vector<std::string>{"filter"});
  EXPECT_EQ(Faults(Update({.filter = "floor = 2F", .texts = {}})),
            std::vector<std::string>{"update_mask"});
}

// Devices are found before the write; what happened to them since is not overwritten.
TEST_F(BulkUpdateTest, ADeviceThatNoLongerMatchesIsLeftAlone) {
  const BulkUpdate update{.filter = "floor = 2F", .texts = {{"note", "x"}}};
  const auto matches = FindMatches(*Read(), update);
  ASSERT_TRUE(matches.ok()) << matches.status();
  domain::Device moved = Stored("TSM-3");
  moved.floor = "3F";
  StoreDevices({moved});
  ASSERT_TRUE(UpdateFound(update, *matches).ok());
  EXPECT_EQ(matched_, 0);
  EXPECT_EQ(Stored("TSM-3").note, "");
}

TEST_F(BulkUpdateTest, TheMethodIsNoFieldToSet) {
  EXPECT_EQ(Faults(Update(
                {.filter = "asset_tag : TSM", .texts = {{"auth_method", "FACE_AND_PASSWORD"}}})),
            std::vector<std::string>{"auth_method"});
}

}  // namespace
}  // namespace kirikae::app

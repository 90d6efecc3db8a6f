#include "service/app/inventory/near_tags.h"

#include <string>
#include <vector>

#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

using Tags = std::vector<std::string>;

class NearTagsTest : public InventoryFixture {
 protected:
  Tags Near(const std::string& tag) {
    const auto near = NearTags(*Read(), tag);
    EXPECT_TRUE(near.ok()) << near.status();
    return near.value_or(Tags());
  }
};

TEST_F(NearTagsTest, FindsTheUsualSlips) {
  StoreDevices({NewTagged("TSM-00123")});
  for (const std::string slip : {"TSM-00132",     // neighbours swapped
                                 "TSM-00143",     // another digit
                                 "TSM-0123",      // a 0 left out
                                 "TSM-001230",    // a digit too many
                                 "TSM-OO123"}) {  // letters read for digits
    EXPECT_EQ(Near(slip), Tags{"TSM-00123"}) << slip;
  }
  EXPECT_EQ(Near("TSM-99999"), Tags());
  EXPECT_EQ(Near(std::string(41, 'A')), Tags());
}

TEST_F(NearTagsTest, GivesAtMostThree) {
  StoreDevices({NewTagged("TSM-1"), NewTagged("TSM-2"), NewTagged("TSM-3"), NewTagged("TSM-4"),
                NewTagged("TSM-5")});
  EXPECT_EQ(Near("TSM-9").size(), 3U);
}

TEST_F(NearTagsTest, AMissingDeviceIsNotFoundAndATagIsFolded) {
  StoreDevices({NewTagged("TSM-00123")});
  const auto device = RequireDevice(*Read(), "ｔｓｍ－００１２３");
  ASSERT_TRUE(device.ok()) << device.status();
  EXPECT_EQ(device->asset_tag, "TSM-00123");
  const absl::Status missing = RequireDevice(*Read(), "TSM-00132").status();
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  const auto detail = domain::DetailOf(missing);
  ASSERT_TRUE(detail.has_value());
  EXPECT_EQ(detail->metadata.at("near"), "TSM-00123");
}

}  // namespace
}  // namespace kirikae::app

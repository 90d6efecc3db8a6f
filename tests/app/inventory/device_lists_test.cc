#include <functional>
#include <string>
#include <vector>

#include "service/app/inventory/device_history_list.h"
#include "service/app/inventory/device_list.h"
#include "service/app/inventory/device_orders.h"
#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

using Tags = std::vector<std::string>;

class DeviceListsTest : public InventoryFixture {
 protected:
  void SetUp() override {
    std::vector<domain::Device> devices;
    for (int i = 1; i <= 5; ++i) {
      devices.push_back(NewTagged("TSM-" + std::to_string(i)));
      devices.back().floor = std::to_string(6 - i) + "F";
    }
    StoreDevices(devices);
  }

  static ListQuery Query(int limit) { return {*ParseDeviceFilter(""), {}, limit}; }
  static Tags TagsOf(const DevicePage& page) {
    Tags tags;
    for (const domain::Device& device : page.devices) tags.push_back(device.asset_tag);
    return tags;
  }

  // Reads all pages; runs `between` after each.
  Tags Walk(
      const std::function<absl::StatusOr<DevicePage>(const std::string& position)>& page_at,
      const std::function<void()>& between = [] {}) {
    Tags tags;
    std::string position;
    do {
      const auto page = page_at(position);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) return tags;
      for (const std::string& tag : TagsOf(*page)) tags.push_back(tag);
      position = page->next;
      between();
    } while (!position.empty());
    return tags;
  }

  absl::StatusOr<DevicePage> Ordered(const std::string& order, int limit,
                                     const std::string& position) {
    const auto parsed = ParseDeviceOrder(order);
    if (!parsed.ok()) return parsed.status();
    return orders_.Page(*Read(), Query(limit), *parsed, order, position);
  }

  void SetFloor(const std::string& tag, const std::string& floor) {
    domain::Device device = Stored(tag);
    device.floor = floor;
    StoreDevices({device});
  }

  DeviceOrders orders_;
};

TEST_F(DeviceListsTest, PagesByTagGiveEachDeviceOnceThoughOthersCome) {
  int made = 0;
  const Tags tags =
      Walk([&](const std::string& position) { return DevicesByTag(*Read(), Query(2), position); },
           [&] { StoreDevices({NewTagged("TSM-0" + std::to_string(made++))}); });
  EXPECT_EQ(tags, (Tags{"TSM-1", "TSM-2", "TSM-3", "TSM-4", "TSM-5"}));
}

TEST_F(DeviceListsTest, AFilterThatThePagesWorkOffSkipsNothing) {
  const auto filter = ParseDeviceFilter("note != done");
  ASSERT_TRUE(filter.ok());
  const ListQuery query{*filter, {}, 2};
  Tags seen;
  const Tags tags = Walk(
      [&](const std::string& position) {
        auto page = DevicesByTag(*Read(), query, position);
        seen = TagsOf(*page);
        return page;
      },
      [&] {
        for (const std::string& tag : seen) {
          domain::Device device = Stored(tag);
          device.note = "done";
          StoreDevices({device});
        }
      });
  EXPECT_EQ(tags, (Tags{"TSM-1", "TSM-2", "TSM-3", "TSM-4", "TSM-5"}));
}

TEST_F(DeviceListsTest, OrdersGoUpAndDownAndByTagAmongEquals) {
  SetFloor("TSM-2", "1F");
  const auto walk = [&](const std::string& order) {
    return Walk([&](const std::string& position) { return Ordered(order, 2, position); });
  };
  EXPECT_EQ(walk("floor"), (Tags{"TSM-2", "TSM-5", "TSM-4", "TSM-3", "TSM-1"}));
  EXPECT_EQ(walk("floor desc"), (Tags{"TSM-1", "TSM-3", "TSM-4", "TSM-2", "TSM-5"}));
  EXPECT_EQ(walk("asset_tag desc"), (Tags{"TSM-5", "TSM-4", "TSM-3", "TSM-2", "TSM-1"}));
  EXPECT_EQ(ParseDeviceOrder("asset_tag")->field, "");
  EXPECT_EQ(Faults(ParseDeviceOrder("colour").status()), Tags{"order_by"});
}

TEST_F(DeviceListsTest, ADeviceWhoseValueChangesBetweenPagesComesOnce) {
  const Tags tags = Walk([&](const std::string& position) { return Ordered("floor", 2, position); },
                         [&] { SetFloor("TSM-5", "9F"); });
  EXPECT_EQ(tags, (Tags{"TSM-5", "TSM-4", "TSM-3", "TSM-2", "TSM-1"}));
}

TEST_F(DeviceListsTest, AListThatIsNoLongerKeptGoesOnBehindTheSameDevice) {
  const auto first = Ordered("floor", 2, "");
  ASSERT_TRUE(first.ok()) << first.status();
  DeviceOrders fresh;
  const auto second =
      fresh.Page(*Read(), Query(2), *ParseDeviceOrder("floor"), "floor", first->next);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(TagsOf(*second), (Tags{"TSM-3", "TSM-2"}));
  EXPECT_FALSE(Ordered("floor", 2, "nonsense").ok());
}

TEST_F(DeviceListsTest, TheHistoryComesNewestFirstPageByPage) {
  for (const char* floor : {"1F", "2F", "3F"}) {
    now_ += absl::Minutes(1);
    SetFloor("TSM-1", floor);
  }
  const auto whole = ListDeviceHistory(*Read(), "tsm-1", {}, {}, 1000);
  ASSERT_TRUE(whole.ok()) << whole.status();
  ASSERT_GE(whole->entries.size(), 4U);
  EXPECT_EQ(whole->entries[0].change.new_value, "3F");
  EXPECT_EQ(whole->entries[1].change.new_value, "2F");

  const auto unknown = ListDeviceHistory(*Read(), "TSM-9", {}, {}, 10);
  EXPECT_EQ(unknown.status().code(), absl::StatusCode::kNotFound);
}

TEST_F(DeviceListsTest, TheHistoryAsItWasKnownLeavesOutWhatCameLater) {
  const AsOf then{now_, now_};
  now_ += absl::Hours(1);
  SetFloor("TSM-1", "7F");
  const auto history = ListDeviceHistory(*Read(), "TSM-1", then, {}, 1000);
  ASSERT_TRUE(history.ok()) << history.status();
  for (const domain::HistoryEntry& entry : history->entries) {
    EXPECT_NE(entry.change.new_value, "7F");
  }
  const auto device = FindAsOf(*Read(), "TSM-1", then);
  ASSERT_TRUE(device.ok() && device->has_value());
  EXPECT_EQ((*device)->floor, "5F");
}

}  // namespace
}  // namespace kirikae::app

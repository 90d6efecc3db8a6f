// What look-up finds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/conformance/conformance.h"

namespace kirikae::store {
namespace {

TEST_P(Conformance, SearchGivesTheKeysOfARangeInTheirOrder) {
  std::vector<SearchKey> keys = {{"name", 3, "たか"}};
  std::vector<SearchKey> longer = {{"name", 3, "たかはし"}};
  ASSERT_TRUE(
      Write(NewWrite({DeviceEdit{NewDevice("A-2"), keys}, DeviceEdit{NewDevice("A-1"), longer}}))
          .ok());
  const auto hits = *Read()->Search(3, {"たか", "たか\U0010FFFF"}, 10);
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0].asset_tag, "A-2");
  EXPECT_EQ(hits[1].key, "たかはし");
}

TEST_P(Conformance, KeysOfADeviceAreReplacedAndGoWithIt) {
  const auto found = [&](const std::string& key) {
    return !Read()->Search(1, {key, key + '\0'}, 10)->empty();
  };
  ASSERT_TRUE(
      Write(NewWrite({DeviceEdit{NewDevice("A-1"), {{{"name", 1, "old"}, {"kana", 1, "both"}}}}}))
          .ok());
  EXPECT_TRUE(found("old"));
  ASSERT_TRUE(
      Write(NewWrite({DeviceEdit{*Find("A-1"), {{{"name", 1, "new"}, {"kana", 1, "both"}}}}}))
          .ok());
  EXPECT_FALSE(found("old"));
  EXPECT_TRUE(found("new"));
  EXPECT_TRUE(found("both"));
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{*Find("A-1"), {}}})).ok()) << "no keys: they stay";
  EXPECT_TRUE(found("new"));
  ASSERT_TRUE(Write(NewWrite({Removal{*Find("A-1")}})).ok());
  EXPECT_FALSE(found("new"));
  EXPECT_FALSE(found("both"));
}

TEST_P(Conformance, ADevicesKeysOfOneActAreThoseOfItsLastEdit) {
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {{{"name", 1, "first"}}}},
                              DeviceEdit{NewDevice("A-1"), {{{"name", 1, "second"}}}},
                              DeviceEdit{NewDevice("A-1"), {{{"name", 1, "first"}}}}}))
                  .ok());
  EXPECT_EQ(Read()->Search(1, {"first", "first~"}, 10)->size(), 1U);
  EXPECT_TRUE(Read()->Search(1, {"second", "second~"}, 10)->empty());
}

}  // namespace
}  // namespace kirikae::store

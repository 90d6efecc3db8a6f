#include "service/app/inventory/search_keys.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

bool Has(const std::vector<store::SearchKey>& keys, std::string_view field, int tier,
         std::string_view key) {
  return std::any_of(keys.begin(), keys.end(), [&](const store::SearchKey& each) {
    return each.field == field && each.tier == tier && each.key == key;
  });
}

domain::DeviceUser User(const std::string& number, const std::string& name,
                        const std::string& kana) {
  domain::DeviceUser user;
  user.staff_number = number;
  user.name = name;
  user.kana = kana;
  return user;
}

TEST(SearchKeys, IdentifiersAreFoldedAndAlsoReversed) {
  domain::Device device;
  device.asset_tag = "TSM-00123";
  device.host_name = "pc-7";
  device.serial = "5cg１";
  const auto keys = SearchKeysOf(device);
  EXPECT_TRUE(Has(keys, "asset_tag", kIdentifierTier, "TSM-00123"));
  EXPECT_TRUE(Has(keys, "asset_tag", kSuffixTier, "32100-MST"));
  EXPECT_TRUE(Has(keys, "host_name", kIdentifierTier, "PC-7"));
  EXPECT_TRUE(Has(keys, "host_name", kSuffixTier, "7-CP"));
  EXPECT_TRUE(Has(keys, "serial", kIdentifierTier, "5CG1"));
}

TEST(SearchKeys, NamesHaveTheirPartsAndTheSpellingsOfOneNameBeginAlike) {
  domain::Device device;
  device.asset_tag = "TSM-1";
  device.users = {User("0012345", "髙橋　花子", "タカハシ ハナコ")};
  const auto keys = SearchKeysOf(device);
  EXPECT_TRUE(Has(keys, "staff_number", kIdentifierTier, "0012345"));
  EXPECT_TRUE(Has(keys, "name", kNameTier, NameKey("髙橋　花子")));
  EXPECT_TRUE(Has(keys, "name", kNameTier, NameKey("髙橋")));
  EXPECT_TRUE(Has(keys, "kana", kNameTier, NameKey("ハナコ")));
  const auto loose = [](const std::string& name) {
    const std::string key = NameKey(name);
    return key.substr(0, key.find(kSpelling));
  };
  EXPECT_EQ(loose("髙橋"), loose("高橋"));
  EXPECT_NE(NameKey("髙橋"), NameKey("高橋"));
}

TEST(SearchKeys, NoKeyIsEmptyOrThereTwice) {
  domain::Device device;
  device.asset_tag = "TSM-1";
  device.users = {User("1", "佐藤", "サトウ"), User("1", "佐藤", "サトウ")};
  const auto keys = SearchKeysOf(device);
  for (size_t i = 0; i < keys.size(); ++i) {
    EXPECT_FALSE(keys[i].key.empty());
    for (size_t j = i + 1; j < keys.size(); ++j) {
      EXPECT_FALSE(keys[i].field == keys[j].field && keys[i].tier == keys[j].tier &&
                   keys[i].key == keys[j].key);
    }
  }
}

TEST(SearchKeys, TheMakerOfManyGivesTheSameKeys) {
  SearchKeyMaker maker;
  domain::Device device;
  device.asset_tag = "TSM-1";
  device.users = {User("1", "髙橋 花子", "タカハシ ハナコ")};
  for (int i = 0; i < 2; ++i) {
    const auto many = maker.KeysOf(device);
    const auto one = SearchKeysOf(device);
    ASSERT_EQ(many.size(), one.size());
    for (size_t k = 0; k < one.size(); ++k) EXPECT_EQ(many[k].key, one[k].key);
  }
}

TEST(SearchKeys, ReversingKeepsCharactersWhole) {
  EXPECT_EQ(Reversed("AB-端末1"), "1末端-BA");
  EXPECT_EQ(Reversed(""), "");
}

TEST(SearchKeys, PartsStandBetweenSpacesOfEitherWidth) {
  EXPECT_EQ(NameParts(" 佐藤　花 子 "), (std::vector<std::string>{"佐藤", "花", "子"}));
}

}  // namespace
}  // namespace kirikae::app

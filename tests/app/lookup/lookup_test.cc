#include "service/app/lookup/lookup.h"

#include <string>
#include <utility>
#include <vector>

#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

domain::DeviceUser User(const std::string& number, const std::string& name,
                        const std::string& kana) {
  domain::DeviceUser user;
  user.staff_number = number;
  user.name = name;
  user.kana = kana;
  return user;
}

class LookupTest : public InventoryFixture {
 protected:
  void SetUp() override {
    domain::Device first = NewTagged("TSM-00123");
    first.host_name = "PC-MADO-1";
    first.serial = "0123XYZ";
    first.users = {User("0012345", "髙橋 花子", "タカハシ ハナコ")};
    domain::Device second = NewTagged("TSM-00456");
    second.host_name = "PC-MADO-2";
    second.users = {User("0012346", "高橋 一郎", "タカハシ イチロウ")};
    StoreDevices({first, second});
  }

  Directory directory_;

  LookupResult Find(const std::string& query, int limit = 10) {
    auto found = Lookup(*Read(), directory_, query, limit);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? *std::move(found) : LookupResult();
  }
  // The tag and best kind of the first hit.
  std::pair<std::string, MatchKind> Best(const std::string& query) {
    const LookupResult found = Find(query);
    if (found.hits.empty()) return {"", MatchKind::kNear};
    return {found.hits[0].device.asset_tag, found.hits[0].fields[0].kind};
  }
};

TEST_F(LookupTest, EachKindOfMatchIsNamed) {
  const std::vector<std::pair<std::string, std::pair<std::string, MatchKind>>> cases = {
      {"TSM-00123", {"TSM-00123", MatchKind::kExact}},
      {"ｔｓｍ－００１２３", {"TSM-00123", MatchKind::kFolded}},
      {"TSM-001", {"TSM-00123", MatchKind::kPrefix}},
      {"456", {"TSM-00456", MatchKind::kSuffix}},
      {"髙橋 花子", {"TSM-00123", MatchKind::kExact}},
      {"たかはし はなこ", {"TSM-00123", MatchKind::kKana}},
      {"0012346", {"TSM-00456", MatchKind::kExact}},
      {"TSM-00132", {"TSM-00123", MatchKind::kNear}}};
  for (const auto& [query, best] : cases) EXPECT_EQ(Best(query), best) << query;
}

TEST_F(LookupTest, TheSpellingAskedForComesBeforeItsVariants) {
  const LookupResult found = Find("高橋");
  ASSERT_EQ(found.hits.size(), 2U);
  EXPECT_EQ(found.hits[0].device.asset_tag, "TSM-00456");
  EXPECT_EQ(found.hits[0].fields[0].kind, MatchKind::kExact);
  EXPECT_EQ(found.hits[1].fields[0].kind, MatchKind::kVariant);
}

TEST_F(LookupTest, TheLastDigitsOfATagComeBeforeASerialThatBeginsWithThem) {
  domain::Device other = NewTagged("TSM-00900");
  other.serial = "123ABC";
  StoreDevices({other});
  const LookupResult found = Find("123");
  ASSERT_EQ(found.hits.size(), 2U);
  EXPECT_EQ(found.hits[0].device.asset_tag, "TSM-00123");
  EXPECT_EQ(found.hits[1].fields[0].kind, MatchKind::kPrefix);
}

TEST_F(LookupTest, AnExactIdentifierComesAlone) {
  StoreDevices({NewTagged("TSM-001234")});
  const LookupResult found = Find("TSM-00123");
  ASSERT_EQ(found.hits.size(), 1U);
  EXPECT_FALSE(found.more);
}

TEST_F(LookupTest, MoreThanTheLimitIsSaidAndAnotherKindKeepsAPlace) {
  std::vector<domain::Device> devices;
  for (int i = 0; i < 12; ++i) {
    devices.push_back(NewTagged("TSM-1" + std::to_string(1000 + i)));
    devices.back().users = {User(std::to_string(i), "高橋 太郎", "タカハシ タロウ")};
  }
  StoreDevices(devices);
  const LookupResult found = Find("高橋", 6);
  ASSERT_EQ(found.hits.size(), 6U);
  EXPECT_TRUE(found.more);
  EXPECT_EQ(found.hits.back().fields[0].kind, MatchKind::kVariant);
  EXPECT_EQ(found.hits.back().device.asset_tag, "TSM-00123");
}

TEST_F(LookupTest, AQueryHas1To200Characters) {
  for (const std::string& query : {std::string(), std::string("  "), std::string(801, 'a')}) {
    EXPECT_EQ(Faults(Lookup(*Read(), directory_, query, 10).status()),
              std::vector<std::string>{"query"});
  }
  EXPECT_TRUE(Find("zzz").hits.empty());
}

}  // namespace
}  // namespace kirikae::app

// Look-ups that name persons, departments, and identifiers with other separators.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "service/app/lookup/lookup.h"
#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PeopleTest : public InventoryFixture {
 protected:
  void SetUp() override {
    std::vector<store::Edit> staff;
    for (domain::Staff person : {NewStaff("0000123", "山崎 花子", "ヤマザキ ハナコ"),
                                 NewStaff("0000124", "大野 丈", "オオノ ジョー"),
                                 NewStaff("0000125", "ヴィオラ 恵", "ヴィオラ ケイ"),
                                 NewStaff("0000126", "水木 香", "ミヅキ カヲル"),
                                 NewStaff("0000127", "田中 一郎", "タナカ イチロウ"),
                                 NewStaff("0000128", "田中 二郎", "タナカ ジロウ")}) {
      person.department = person.staff_number == "0000128" ? "税務部/課税課" : "総務部/総務課";
      staff.emplace_back(person);
    }
    Store(staff);
    domain::Device device = NewTagged("TSM-00123");
    device.department = "総務部/総務課";
    device.host_name = "PC-MADO-1";
    domain::DeviceUser& user = device.users.emplace_back();
    user.staff_number = "0000123";
    user.name = "山崎 花子";
    user.kana = "ヤマザキ ハナコ";
    domain::Device other = NewTagged("TSM-00700");
    other.department = "総務部/人事課";
    StoreDevices({device, other});
  }

  LookupResult Find(const std::string& query, int limit = 10) {
    auto found = Lookup(*Read(), directory_, query, limit);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? *std::move(found) : LookupResult();
  }
  // Numbers of the persons that match.
  std::vector<std::string> People(const std::string& query) {
    std::vector<std::string> numbers;
    for (const PersonHit& person : Find(query).people) numbers.push_back(person.staff.staff_number);
    return numbers;
  }
  static std::vector<std::string> Tags(const LookupResult& found) {
    std::vector<std::string> tags;
    for (const DeviceHit& hit : found.hits) tags.push_back(hit.device.asset_tag);
    return tags;
  }

  Directory directory_;
};

TEST_F(PeopleTest, ATagIsFoundWithAnySeparatorOrNoneAndAlone) {
  for (const char* query : {"TSM 00123", "TSM00123", "tsm.00123", "TSM_00123", "ｔｓｍ　００１２３",
                            "TSM/00123", "pcmado1", "PC MADO 1"}) {
    const LookupResult found = Find(query);
    EXPECT_THAT(Tags(found), ElementsAre("TSM-00123")) << query;
    ASSERT_THAT(found.hits, SizeIs(1)) << query;
    EXPECT_LE(found.hits[0].fields[0].kind, MatchKind::kFolded) << query;
  }
}

TEST_F(PeopleTest, ATagThatThereIsNotNamesNearOnesAsNear) {
  for (const char* query : {"TSM 00702", "TSM-0070", "TSM-700"}) {
    const LookupResult found = Find(query);
    if (std::string(query) == "TSM-0070") continue;  // the beginning of TSM-00700
    ASSERT_FALSE(found.hits.empty()) << query;
    for (const DeviceHit& hit : found.hits) {
      EXPECT_EQ(hit.fields[0].kind, MatchKind::kNear) << query;
    }
  }
}

TEST_F(PeopleTest, NamesAreFoundByHowTheySound) {
  EXPECT_THAT(People("ビオラ"), ElementsAre("0000125"));
  EXPECT_THAT(People("ジョ－"), ElementsAre("0000124"));
  EXPECT_THAT(People("ジョウ"), ElementsAre("0000124"));
  EXPECT_THAT(People("オーノ"), ElementsAre("0000124"));
  EXPECT_THAT(People("おうの じょう"), ElementsAre("0000124"));
  EXPECT_THAT(People("ミズキ"), ElementsAre("0000126"));
  EXPECT_THAT(People("カオル"), ElementsAre("0000126"));
  EXPECT_THAT(People("ケー"), ElementsAre("0000125"));
}

TEST_F(PeopleTest, AVoicedReadingIsNearAndMarkedSo) {
  for (const char* query : {"やまさき", "ヤマサキ", "ﾔﾏｻｷ"}) {
    const LookupResult found = Find(query);
    EXPECT_THAT(Tags(found), ElementsAre("TSM-00123")) << query;
    ASSERT_THAT(found.people, SizeIs(1)) << query;
    EXPECT_EQ(found.people[0].fields[0].kind, MatchKind::kNear) << query;
    EXPECT_EQ(found.hits[0].fields[0].kind, MatchKind::kNear) << query;
  }
  EXPECT_EQ(Find("やまざき").people[0].fields[0].kind, MatchKind::kKana);
}

TEST_F(PeopleTest, APersonWithoutADeviceIsFound) {
  const LookupResult found = Find("大野");
  EXPECT_THAT(found.hits, IsEmpty());
  ASSERT_THAT(found.people, SizeIs(1));
  EXPECT_EQ(found.people[0].staff.department, "総務部/総務課");
  EXPECT_THAT(found.people[0].tags, IsEmpty());
}

TEST_F(PeopleTest, AStaffNumberIsFoundWithoutItsZeros) {
  EXPECT_THAT(People("124"), ElementsAre("0000124"));
  EXPECT_THAT(People("0000124"), ElementsAre("0000124"));
  EXPECT_THAT(People("00124"), ElementsAre("0000124"));
  EXPECT_THAT(People("24"), IsEmpty());
  // The last digits of a tag come before a staff number that was given without its zeros.
  const LookupResult both = Find("123");
  ASSERT_FALSE(both.hits.empty());
  EXPECT_EQ(both.hits[0].fields[0].field, "asset_tag");
}

TEST_F(PeopleTest, SeveralOfOneNameAreAllToldOf) {
  const LookupResult found = Find("田中");
  EXPECT_EQ(found.people_count, 2);
  ASSERT_THAT(found.people, SizeIs(2));
  EXPECT_NE(found.people[0].staff.department, found.people[1].staff.department);
}

TEST_F(PeopleTest, ADepartmentIsFoundByItsPathAndByEachPart) {
  for (const char* query : {"総務課", "総務部/総務課", "総務部総務課"}) {
    const LookupResult found = Find(query);
    ASSERT_THAT(found.departments, SizeIs(1)) << query;
    EXPECT_EQ(found.departments[0].path, "総務部/総務課");
    EXPECT_EQ(found.departments[0].staff, 5);
    EXPECT_THAT(Tags(found), ElementsAre("TSM-00123"));
  }
  EXPECT_THAT(Find("総務部").departments, SizeIs(2));
  EXPECT_THAT(Find("課税").departments, SizeIs(1)) << "the beginning of a part";
}

TEST_F(PeopleTest, ANameIsNarrowedByAPartOfTheDepartment) {
  ASSERT_THAT(People("タナカ"), SizeIs(2));
  for (const char* query :
       {"タナカ 税務", "田中　課税課", "タナカ 税務部/課税", "田中 二郎 税務"}) {
    EXPECT_THAT(People(query), ElementsAre("0000128")) << query;
  }
  const LookupResult found = Find("ヤマザキ 総務");
  EXPECT_THAT(Tags(found), ElementsAre("TSM-00123"));
  EXPECT_EQ(found.people_count, 1);
  EXPECT_THAT(People("タナカ 戸籍"), IsEmpty());
  EXPECT_THAT(People("タナカ ロウ"), IsEmpty()) << "no part of a name";
}

TEST_F(PeopleTest, WhatChangesIsFoundAsItIsNow) {
  EXPECT_THAT(People("大野"), ElementsAre("0000124"));
  domain::Staff renamed = *Read()->FindStaff("0000124").value();
  renamed.name = "小野 丈";
  renamed.kana = "オノ ジョー";
  domain::Device device = Stored("TSM-00123");
  device.department = "税務部/課税課";
  device.users.clear();
  Store({renamed, ToEdit(device)});
  EXPECT_THAT(People("大野"), IsEmpty());
  EXPECT_THAT(People("小野"), ElementsAre("0000124"));
  EXPECT_THAT(Tags(Find("課税課")), ElementsAre("TSM-00123"));
  EXPECT_THAT(Find("山崎").people, SizeIs(1)) << "the person stays in the staff list";
  EXPECT_THAT(Find("山崎").hits, IsEmpty());
}

}  // namespace
}  // namespace kirikae::app

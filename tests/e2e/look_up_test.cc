// Every way in which a caller names a terminal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "kirikae/v1/inventory_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;

class LookUp : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    daemon_ = new Daemon;
    ImportSampleWard(*daemon_);
  }
  static void TearDownTestSuite() {
    delete daemon_;
    daemon_ = nullptr;
  }

  static std::string Find(const std::string& query) {
    const ProgramResult result = daemon_->Run({"lookup", query, "-o", "json"});
    EXPECT_EQ(result.exit_code, 0) << query << ": " << result.err;
    return result.out;
  }
  static Daemon* daemon_;
};

Daemon* LookUp::daemon_ = nullptr;

TEST_F(LookUp, FindsATagByItselfAndAlone) {
  const std::string found = Find("TSM-00123");
  EXPECT_THAT(found, HasSubstr("\"assetTag\": \"TSM-00123\""));
  EXPECT_THAT(found, HasSubstr("MATCH_KIND_EXACT"));
  EXPECT_EQ(found.find("\"card\""), found.rfind("\"card\""));
}

TEST_F(LookUp, FindsTheLastDigitsOfATag) {
  const std::string found = Find("00123");
  EXPECT_THAT(found, HasSubstr("\"assetTag\": \"TSM-00123\""));
  EXPECT_THAT(found, HasSubstr("MATCH_KIND_SUFFIX"));
}

// Serials and staff numbers begin with the same digits, but a caller who reads out four digits
// means the tag's.
TEST_F(LookUp, PutsTheTagThatEndsInTheDigitsFirst) {
  for (const char* digits : {"0123", "００１２３"}) {
    const std::string found = Find(digits);
    EXPECT_LT(found.find("\"assetTag\": \"TSM-00123\""), found.find("MATCH_KIND_PREFIX")) << digits;
    EXPECT_EQ(found.find("\"assetTag\""), found.find("\"assetTag\": \"TSM-00123\"")) << digits;
  }
}

TEST_F(LookUp, FindsAFullWidthHostNameAlone) {
  const std::string found = Find("ｔｓｍｐｃ００１２３");
  EXPECT_THAT(found, HasSubstr("\"assetTag\": \"TSM-00123\""));
  EXPECT_EQ(found.find("\"card\""), found.rfind("\"card\""));
}

TEST_F(LookUp, FindsEachSpellingOfAName) {
  for (const char* name : {"髙橋", "高橋", "ﾀｶﾊｼ", "たかはし"}) {
    const std::string found = Find(name);
    EXPECT_THAT(found, HasSubstr("高橋")) << name;
    EXPECT_THAT(found, HasSubstr("髙橋")) << name;
  }
}

TEST_F(LookUp, FindsAWholeNameWithAndWithoutItsSpace) {
  const std::string kana = Find("タカハシ メグミ");
  EXPECT_THAT(kana, HasSubstr("髙橋　恵"));
  EXPECT_EQ(kana.find("リョウ"), std::string::npos);
  EXPECT_EQ(Find("たかはしめぐみ"), kana);
  EXPECT_EQ(Find("ﾀｶﾊｼ　ﾒｸﾞﾐ"), kana);
  EXPECT_THAT(Find("高橋恵"), HasSubstr("髙橋　恵"));
}

TEST_F(LookUp, RefusesAnEmptyAndAnOverlongQuery) {
  EXPECT_THAT(Try(*daemon_, {"lookup", " "}), InvalidAt({"query"}));
  EXPECT_THAT(Try(*daemon_, {"lookup", std::string(801, 'A')}), InvalidAt({"query"}));
}

TEST_F(LookUp, FindsAFullWidthTagInLowerCase) {
  EXPECT_THAT(Find("ｔｓｍ－００１２３"), HasSubstr("\"assetTag\": \"TSM-00123\""));
}

TEST_F(LookUp, FindsKanaOfEitherScriptAndWidth) {
  const std::string expected = Find("ワタナベ");
  EXPECT_THAT(expected, HasSubstr("MATCH_KIND_KANA"));
  EXPECT_EQ(Find("わたなべ"), expected);
  EXPECT_EQ(Find("ﾜﾀﾅﾍﾞ"), expected);
}

TEST_F(LookUp, FindsAVariantOfANameMarkedAsOne) {
  const std::string found = Find("高橋");
  EXPECT_THAT(found, HasSubstr("髙橋"));
  EXPECT_THAT(found, HasSubstr("MATCH_KIND_VARIANT"));
  EXPECT_LT(found.find("MATCH_KIND_EXACT"), found.find("MATCH_KIND_VARIANT"));
}

TEST_F(LookUp, AsksTheNearTagsWhenNothingMatches) {
  const auto near = Answer<v1::LookupDevicesResponse>(*daemon_, {"lookup", "TSM-0O123"}, 3);
  ASSERT_GT(near.matches_size(), 0);
  EXPECT_EQ(near.matches(0).fields(0).kind(), v1::MATCH_KIND_NEAR);
}

TEST_F(LookUp, SaysWhenNothingIsThere) {
  EXPECT_THAT(Try(*daemon_, {"lookup", "存在しない人"}), Fails(3, "NOTHING_MATCHES"));
}

TEST_F(LookUp, ReadsAPastedListALineEach) {
  const ProgramResult many = daemon_->Run({"lookup", "-"}, "TSM-00001\nTSM-00002\n");
  EXPECT_EQ(many.exit_code, 0);
  EXPECT_THAT(many.out, HasSubstr("TSM-00001"));
  EXPECT_THAT(many.out, HasSubstr("TSM-00002"));
}

}  // namespace
}  // namespace kirikae::testing

#include "service/text/fold.h"

#include <gtest/gtest.h>

namespace kirikae::text {
namespace {

TEST(FoldIdentifier, FoldsWidthCaseAndHyphens) {
  EXPECT_EQ(FoldIdentifier("TSM-00123"), "TSM-00123");
  EXPECT_EQ(FoldIdentifier("  tsm-00123\t"), "TSM-00123");
  EXPECT_EQ(FoldIdentifier("ＴＳＭ－９００１０"), "TSM-90010");
  EXPECT_EQ(FoldIdentifier("　ｔｓｍｐｃ９００１０　"), "TSMPC90010");
  for (const char* tag : {"ＴＳＭー００１２３", "TSM\u201000123", "TSM\u221200123",
                          "TSM\u201300123", "TSM\u201100123", "TSM\uFF7000123"}) {
    EXPECT_EQ(FoldIdentifier(tag), "TSM-00123") << tag;
  }
}

TEST(FoldIdentifier, LeavesALongMarkInWords) {
  EXPECT_EQ(FoldIdentifier("サーバー1"), "サーバー1");
  EXPECT_EQ(FoldIdentifier("PCー"), "PCー");
}

TEST(FoldIdentifier, DropsInvisibleCharacters) {
  EXPECT_EQ(FoldIdentifier("\uFEFFTSM\u200B-1"), "TSM-1");
  EXPECT_EQ(FoldIdentifier(""), "");
  EXPECT_EQ(FoldIdentifier(" 　"), "");
}

TEST(FoldSearch, ForgivesWidthCaseKanaAndSpaces) {
  EXPECT_EQ(FoldSearch("Ｔanaka"), "tanaka");
  EXPECT_EQ(FoldSearch("ﾜﾀﾅﾍﾞ ﾅｵｷ"), "ワタナベナオキ");
  EXPECT_EQ(FoldSearch("わたなべ　なおき"), "ワタナベナオキ");
  EXPECT_EQ(FoldSearch("学習・スポーツ課"), FoldSearch("学習スポーツ課"));
  EXPECT_EQ(FoldSearch("スーパー"), "スーパー");
  EXPECT_EQ(FoldSearch("葛\U000E0100飾"), "葛飾");
  EXPECT_EQ(FoldSearch("Win 10"), "win10");
}

TEST(FoldSearch, KeepsVariantKanjiApart) {
  EXPECT_NE(FoldSearch("髙橋"), FoldSearch("高橋"));
  EXPECT_EQ(FoldSearch("\uFA19谷"), FoldSearch("神谷"));
}

TEST(FoldVariant, BringsVariantsTogether) {
  const std::pair<const char*, const char*> pairs[] = {
      {"髙橋", "高橋"},         {"山﨑", "山崎"},     {"濵田", "浜田"},     {"濱田", "浜田"},
      {"渡邉", "渡辺"},         {"渡邊", "渡辺"},     {"德永", "徳永"},     {"齋藤", "斉藤"},
      {"齊藤", "斉藤"},         {"斎藤", "斉藤"},     {"澤田", "沢田"},     {"中嶋", "中島"},
      {"中嶌", "中島"},         {"廣瀬", "広瀬"},     {"櫻井", "桜井"},     {"𠮷田", "吉田"},
      {"\uFA19谷", "神谷"},     {"\uFA10本", "塚本"}, {"\uFA12美", "晴美"}, {"\uF9DC", "隆"},
      {"わたなべ", "ワタナベ"}, {"冨田", "富田"},     {"眞一", "真一"},
  };
  for (const auto& [given, common] : pairs) {
    EXPECT_EQ(FoldVariant(given), FoldVariant(common)) << given;
    EXPECT_EQ(FoldVariant(given), common == std::string("わたなべ") ? "ワタナベ" : common);
  }
}

TEST(FoldLoose, BringsKeSmallKanaAndMarksTogether) {
  EXPECT_EQ(FoldLoose("三ヶ島"), FoldLoose("三ケ島"));
  EXPECT_EQ(FoldLoose("三ヶ島"), FoldLoose("三が島"));
  EXPECT_EQ(FoldLoose("三ヶ島"), "三ケ島");
  EXPECT_EQ(FoldLoose("佐々木"), FoldLoose("佐佐木"));
  EXPECT_EQ(FoldLoose("みすゞ"), FoldLoose("ミスズ"));
  EXPECT_EQ(FoldLoose("シャープ"), "シヤプ");
  EXPECT_EQ(FoldLoose("ジョン"), FoldLoose("ジヨン"));
  EXPECT_EQ(FoldLoose("髙橋"), "高橋");
}

TEST(FoldLoose, LeavesGaInKanaNames) { EXPECT_NE(FoldLoose("ナガイ"), FoldLoose("ナケイ")); }

// The mark stood behind a character that folding drops, or behind a letter that folding changes.
TEST(Fold, AMarkComposesWithTheLetterThatIsLeft) {
  EXPECT_EQ(FoldIdentifier("か\u200B\u3099"), "が");
  EXPECT_EQ(FoldIdentifier("e\u200B\u0301"), "É");
  EXPECT_EQ(FoldLoose("カー\u3099"), "ガ");
  EXPECT_EQ(FoldLoose("ヵ\u3099"), "ガ");
}

TEST(Fold, IsIdempotent) {
  for (const char* text : {"ＴＳＭー０１", "三ヶ島　ﾖｳｺ", "渡邉・Ａ", "か ゙", "わ\u3099", "山ーが川",
                           "佐々ー々", "ÅＳ", "\xFF bad", "々々", "ß", "㌔"}) {
    EXPECT_EQ(FoldIdentifier(FoldIdentifier(text)), FoldIdentifier(text)) << text;
    EXPECT_EQ(FoldSearch(FoldSearch(text)), FoldSearch(text)) << text;
    EXPECT_EQ(FoldVariant(FoldVariant(text)), FoldVariant(text)) << text;
    EXPECT_EQ(FoldLoose(FoldLoose(text)), FoldLoose(text)) << text;
  }
}

}  // namespace
}  // namespace kirikae::text

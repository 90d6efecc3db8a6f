#include "service/text/sound.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "service/text/fold.h"

namespace kirikae::text {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST(FoldSound, BringsSpellingsOfOneSoundTogether) {
  const Pairs pairs = {{"ビオラ", "ヴィオラ"},
                       {"バイオリン", "ヴァイオリン"},
                       {"ブ", "ヴ"},
                       {"ベネチア", "ヴェネチア"},
                       {"ボーカル", "ヴォーカル"},
                       {"ｳﾞｨｵﾗ", "びおら"},
                       {"イノウエ", "ヰノウエ"},
                       {"エビス", "ヱビス"},
                       {"カオル", "カヲル"},
                       {"ミズキ", "ミヅキ"},
                       {"チジワ", "チヂワ"},
                       {"オオノ", "オーノ"},
                       {"オオノ", "オウノ"},
                       {"ユウキ", "ユーキ"},
                       {"ケイコ", "ケエコ"},
                       {"ジョ－", "ジョー"},
                       {"ジョ-", "ジョー"},
                       {"ジョ～", "ジョー"},
                       {"タロー", "タロウ"},
                       {"ニイミ", "ニーミ"},
                       {"カアサン", "カーサン"},
                       {"いおう", "硫黄"}};
  for (size_t i = 0; i + 1 < pairs.size(); ++i) {
    EXPECT_EQ(FoldSound(pairs[i].first), FoldSound(pairs[i].second)) << pairs[i].first;
  }
  EXPECT_NE(FoldSound(pairs.back().first), FoldSound(pairs.back().second));
}

TEST(FoldSound, KeepsVoicedAndUnvoicedApartAndFoldUnvoicedDoesNot) {
  const Pairs pairs = {{"ヤマサキ", "ヤマザキ"}, {"ナカシマ", "ナカジマ"}, {"ハヤシタ", "バヤシダ"},
                       {"フクタ", "フクダ"},     {"ハシホ", "ハシポ"},     {"シンヤ", "ヂンヤ"}};
  for (const auto& [one, other] : pairs) {
    EXPECT_NE(FoldSound(one), FoldSound(other)) << one;
    EXPECT_EQ(FoldUnvoiced(one), FoldUnvoiced(other)) << one;
  }
  EXPECT_NE(FoldUnvoiced("タナカ"), FoldUnvoiced("タカナ"));
}

TEST(FoldSound, IsIdempotentLikeEveryKey) {
  for (const char* text :
       {"ヴィオラ", "オオノ", "ジョ－ジ", "ヅヴヴ", "ーア", "髙橋・ウ", "ヴヰ", "ガーガ", ""}) {
    EXPECT_EQ(FoldSound(FoldSound(text)), FoldSound(text)) << text;
    EXPECT_EQ(FoldUnvoiced(FoldUnvoiced(text)), FoldUnvoiced(text)) << text;
  }
}

TEST(FoldCompact, KeepsLettersAndDigitsOnly) {
  for (const char* tag :
       {"TSM-00123", "TSM 00123", "tsm.00123", "TSM_00123", "tsm00123", "ＴＳＭ　００１２３",
        "TSM・00123", "TSM/00123", "ＴＳＭー００１２３", "TSM\u201100123"}) {
    EXPECT_EQ(FoldCompact(tag), "TSM00123") << tag;
  }
  EXPECT_EQ(FoldCompact("TSM--"), "TSM");
}

TEST(FoldWithoutZeros, LeavesOutTheZerosBeforeEachNumber) {
  EXPECT_EQ(FoldWithoutZeros("TSM-00702"), "TSM702");
  EXPECT_EQ(FoldWithoutZeros("tsm 702"), "TSM702");
  EXPECT_EQ(FoldWithoutZeros("A-010-000"), "A10000");
  EXPECT_EQ(FoldWithoutZeros("0"), "0");
}

}  // namespace
}  // namespace kirikae::text

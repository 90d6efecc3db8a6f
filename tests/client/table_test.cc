#include "client/cli/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "client/cli/failure.h"
#include "client/cli/line_breaks.h"

namespace kirikae::cli {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::ResultOf;

constexpr char kReason[] =
    "この端末の利用者の顔がまだ登録されていないため、登録の予定日を確かめてください。";

Table Due() {
  return {{{"asset_tag", "tag"},
           {"day", "day"},
           {"slot", "slot", Fit::kSpare},
           {"department", "department"},
           {"why", "why", Fit::kWrap},
           {"model", "model", Fit::kWide}},
          {{"TSM-00001", "2025-04-07", "am", "政策経営部/情報管理課", kReason, "M-1"},
           {"TSM-00002", "2025-04-08", "pm", "総務部", "", "M-2"}},
          {}};
}

std::vector<std::string> LinesOf(const Table& table, int width) {
  std::vector<std::string> hidden;
  return LayOut(table, true, width, hidden);
}

std::string WithoutSpaces(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) {
    for (const char c : line) {
      if (c != ' ') all += c;
    }
  }
  return all;
}

TEST(DisplayWidth, CountsWideCharactersTwiceAndMarksNotAtAll) {
  EXPECT_EQ(DisplayWidth("abc"), 3);
  EXPECT_EQ(DisplayWidth("髙橋"), 4);
  EXPECT_EQ(DisplayWidth("ﾀｶﾊｼ"), 4) << "halfwidth";
  EXPECT_EQ(DisplayWidth("ＡＢ"), 4) << "fullwidth";
  EXPECT_EQ(DisplayWidth("か\u3099"), 2) << "a combining voiced mark";
  EXPECT_EQ(DisplayWidth("e\u0301"), 1);
  EXPECT_EQ(DisplayWidth("葛\U000E0100"), 2) << "a variation selector";
  EXPECT_EQ(DisplayWidth(""), 0);
}

TEST(LayOut, SpareColumnsGoFirstAndAreNamed) {
  std::vector<std::string> hidden;
  LayOut(Due(), true, 78, hidden);
  EXPECT_THAT(hidden, ElementsAre("slot"));
  hidden.clear();
  LayOut(Due(), true, 200, hidden);
  EXPECT_THAT(hidden, IsEmpty());
}

TEST(LayOut, ALongTextGoesOnInItsColumn) {
  const auto lines = LinesOf(Due(), 78);
  EXPECT_THAT(lines, Each(ResultOf(DisplayWidth, ::testing::Le(78))));
  EXPECT_TRUE(lines[1].starts_with("TSM-00001  2025-04-07  政策経営部/情報管理課  この端末"));
  EXPECT_TRUE(lines[2].starts_with(std::string(46, ' ')));
  EXPECT_TRUE(lines.back().starts_with("TSM-00002  2025-04-08  総務部"));
  EXPECT_NE(WithoutSpaces(lines).find(kReason), std::string::npos);
}

TEST(LayOut, WhatHasNoSpaceStandsBelowItsRow) {
  const auto lines = LinesOf(Due(), 50);
  EXPECT_THAT(lines, Each(ResultOf(DisplayWidth, ::testing::Le(50))));
  EXPECT_EQ(lines[1], "TSM-00001  2025-04-07  政策経営部/情報管理課");
  EXPECT_TRUE(lines[2].starts_with("    why: この端末")) << lines[2];
  EXPECT_TRUE(lines[3].starts_with("      "));
  EXPECT_NE(WithoutSpaces(lines).find(std::string("why:") + kReason), std::string::npos);
  EXPECT_EQ(lines.back(), "TSM-00002  2025-04-08  総務部");
}

TEST(LayOut, NothingIsCutHoweverNarrowTheLine) {
  for (int width = 1; width <= 120; ++width) {
    const std::string all = WithoutSpaces(LinesOf(Due(), width));
    for (const char* text : {"TSM-00001", "2025-04-07", "政策経営部/情報管理課"}) {
      EXPECT_NE(all.find(text), std::string::npos) << width << ": " << text;
    }
    if (width >= 30) {
      EXPECT_NE(all.find(kReason), std::string::npos) << width;
    }
  }
}

TEST(LayOut, AWordLongerThanALineGoesOnInTheNext) {
  const Table table{
      {{"tag", "tag"}, {"note", "note", Fit::kWrap}}, {{"TSM-00001", std::string(100, 'x')}}, {}};
  const auto lines = LinesOf(table, 40);
  EXPECT_THAT(lines, Each(ResultOf(DisplayWidth, ::testing::Le(40))));
  EXPECT_EQ(WithoutSpaces(lines), "tagnoteTSM-00001" + std::string(100, 'x'));
}

TEST(LayOut, WithoutAWidthEveryColumnIsThereOnOneLine) {
  const auto lines = LinesOf(Due(), 0);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_NE(lines[1].find("M-1"), std::string::npos);
  EXPECT_NE(lines[1].find(kReason), std::string::npos);
}

TEST(Choose, TakesColumnsInTheOrderGiven) {
  const Table chosen = Choose(Due(), {"model", "slot", "asset_tag"});
  EXPECT_EQ(LinesOf(chosen, 12),
            (std::vector<std::string>{"model  slot", "M-1    am", "    tag:", "      TSM-00001",
                                      "M-2    pm", "    tag:", "      TSM-00002"}));
}

TEST(Choose, AnUnknownColumnIsRefusedWithThoseThatThereAre) {
  try {
    Choose(Due(), {"colour"});
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.reason, "UNKNOWN_COLUMN");
    EXPECT_EQ(failure.code, kUsage);
    EXPECT_NE(failure.sentence.find("asset_tag, day, slot"), std::string::npos);
  }
}

}  // namespace
}  // namespace kirikae::cli

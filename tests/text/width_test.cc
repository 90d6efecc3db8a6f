#include "service/text/width.h"

#include <gtest/gtest.h>

namespace kirikae::text {
namespace {

TEST(DisplayWidth, CountsColumns) {
  EXPECT_EQ(DisplayWidth(""), 0u);
  EXPECT_EQ(DisplayWidth("TSM-00123"), 9u);
  EXPECT_EQ(DisplayWidth("髙橋　恵"), 8u);
  EXPECT_EQ(DisplayWidth("ﾜﾀﾅﾍﾞ"), 5u);
  EXPECT_EQ(DisplayWidth("か\u3099"), 2u);
  EXPECT_EQ(DisplayWidth("葛\U000E0100"), 2u);
  EXPECT_EQ(DisplayWidth("𠮷"), 2u);
  EXPECT_EQ(DisplayWidth("é"), 1u);
}

TEST(Pad, FillsUpToTheWidth) {
  EXPECT_EQ(PadRight("高橋", 6), "高橋  ");
  EXPECT_EQ(PadLeft("7", 3), "  7");
  EXPECT_EQ(PadRight("高橋", 3), "高橋");
}

TEST(Shorten, NeverCutsACharacter) {
  EXPECT_EQ(Shorten("高橋恵", 6), "高橋恵");
  EXPECT_EQ(Shorten("高橋恵", 5), "高橋…");
  EXPECT_EQ(Shorten("高橋恵", 4), "高…");
  EXPECT_EQ(Shorten("高橋恵", 1), "…");
  EXPECT_EQ(Shorten("高橋恵", 0), "");
}

}  // namespace
}  // namespace kirikae::text

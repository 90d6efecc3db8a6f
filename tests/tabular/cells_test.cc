#include "service/tabular/cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kirikae::tabular {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SpreadsheetDamage, IsToldFromIdentifiers) {
  for (const char* spoiled : {"1.00E+05", "1E+20", "1.E-3"}) {
    EXPECT_TRUE(IsScientificNotation(spoiled)) << spoiled;
  }
  for (const char* fine : {"", "12E5", "E+5", "1.00E+", "TSM-1E+05", "100003"}) {
    EXPECT_FALSE(IsScientificNotation(fine)) << fine;
  }
  for (const char* spoiled : {"2025/3/4", "3月4日", "4-MAR", "MAR-4", "2025-03-04", "4-MAR-25"}) {
    EXPECT_TRUE(IsDateForIdentifier(spoiled)) << spoiled;
  }
  for (const char* fine : {"20250304", "TSM-00123", "3-4", "0100003", "", "MARS-4", "13-MARX1"}) {
    EXPECT_FALSE(IsDateForIdentifier(fine)) << fine;
  }
  EXPECT_TRUE(IsDecimalNumber("100003.0"));
  EXPECT_FALSE(IsDecimalNumber("1.2.3"));
  EXPECT_TRUE(IsSpreadsheetError("#N/A"));
  EXPECT_FALSE(IsSpreadsheetError("#1"));
}

TEST(Trimmed, TakesWideSpacesToo) {
  EXPECT_EQ(Trimmed(" 　a　b\u00A0\r\n"), "a　b");
  EXPECT_EQ(Trimmed("　"), "");
}

TEST(SplitList, TakesEachSeparator) {
  EXPECT_THAT(SplitList("1;2, 3、4；5\n6，7;"), ElementsAre("1", "2", "3", "4", "5", "6", "7"));
  EXPECT_THAT(SplitList(" ; "), IsEmpty());
}

}  // namespace
}  // namespace kirikae::tabular

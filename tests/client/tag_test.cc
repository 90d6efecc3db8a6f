#include "client/cli/tag.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "client/cli/failure.h"

namespace kirikae::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Tag, IsFreedOfWhatBarcodeReadersAdd) {
  for (const char* scanned :
       {"TSM-00123", "TSM-00123\r", "TSM-00123\t", "\tTSM-00123\r\n", "]C1TSM-00123",
        "]A0TSM-00123", "]C1\x1DTSM-00123", "*TSM-00123*", "]A0*TSM-00123*\r", "\x02TSM-00123\x03",
        "　TSM-00123　", "\uFEFFTSM-00123", "＊TSM-00123＊"}) {
    EXPECT_EQ(TagOf(scanned), "TSM-00123") << scanned;
  }
  EXPECT_EQ(TagOf("*"), "*");
  EXPECT_EQ(TagOf(" \r"), "");
}

TEST(Tag, IsTakenFromTheNamesThatListsPrint) {
  EXPECT_EQ(TagOf("devices/TSM-00123"), "TSM-00123");
  EXPECT_EQ(TagOf("rollouts/face2025/placements/TSM-00123"), "TSM-00123");
  EXPECT_EQ(TagOf("rollouts/face2025/waves/1"), "rollouts/face2025/waves/1") << "no device's name";
  EXPECT_EQ(TagOf("staff/0100003"), "staff/0100003");
}

TEST(Tag, AreReadFromLinesAndTabs) {
  std::istringstream lines("devices/A-1\r\n\n]C1A-2\tA-3\r\n");
  EXPECT_THAT(ReadTags(lines), ElementsAre("A-1", "A-2", "A-3"));
  std::istringstream nothing("\n \n");
  EXPECT_THAT(ReadTags(nothing), IsEmpty());
}

TEST(Tag, OfALineThatIsNotUtf8IsRefusedWithItsNumber) {
  std::istringstream lines("A-1\n\x82\x73\n");
  try {
    ReadTags(lines);
    FAIL() << "it was taken";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.reason, "NOT_UTF8");
    EXPECT_EQ(failure.metadata.at("line"), "2");
  }
}

}  // namespace
}  // namespace kirikae::cli

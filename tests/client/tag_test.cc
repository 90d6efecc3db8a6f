#include "client/cli/tag.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "client/cli/failure.h"
#include "tests/support/program.h"

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

// What is read from a file with these bytes.
std::vector<std::string> Read(const std::string& bytes) {
  const kirikae::testing::TemporaryFolder folder;
  const std::string path = folder.path() + "/tags.txt";
  kirikae::testing::WriteFile(path, bytes);
  return ReadTags(path);
}

TEST(Tag, AreReadFromLinesAndTabs) {
  EXPECT_THAT(Read("devices/A-1\r\n\n]C1A-2\tA-3\r\n"), ElementsAre("A-1", "A-2", "A-3"));
  EXPECT_THAT(Read("\n \n"), IsEmpty());
}

TEST(Tag, OfAnyJapaneseEncodingAreReadAndAMixedListIsRefusedAtItsLine) {
  EXPECT_THAT(Read("\xFF\xFE" + std::string("A\0-\0001\0\n\0", 8)), ElementsAre("A-1"));
  try {
    Read("端末-1\n\x92\x5B\x96\x96-2\n");
    FAIL() << "it was taken";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.reason, "NOT_TEXT");
    EXPECT_EQ(failure.metadata.at("line"), "2");
  }
}

}  // namespace
}  // namespace kirikae::cli

#include "service/http/outbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kirikae::http {
namespace {

using ::testing::ElementsAre;

TEST(Outbox, PutsSmallPiecesTogetherAndTellsEachOnceItIsTaken) {
  Outbox outbox;
  std::vector<std::string> told;
  outbox.Add("abc", [&] { told.emplace_back("abc"); });
  outbox.Add("defg", [&] { told.emplace_back("defg"); });
  EXPECT_EQ(outbox.Next(), "abcdefg");
  EXPECT_EQ(outbox.size(), 7U);
  outbox.Took(2);
  EXPECT_THAT(told, ElementsAre());
  outbox.Took(1);
  EXPECT_THAT(told, ElementsAre("abc"));
  EXPECT_EQ(outbox.Next(), "defg");
  outbox.Took(4);
  EXPECT_THAT(told, ElementsAre("abc", "defg"));
  EXPECT_TRUE(outbox.empty());
  EXPECT_EQ(outbox.Next(), "");
}

TEST(Outbox, ALargePieceIsNotCopiedIntoAnother) {
  Outbox outbox;
  outbox.Add("small");
  outbox.Add(std::string(100'000, 'x'));
  outbox.Add("last");
  EXPECT_EQ(outbox.Next(), "small");
  outbox.Took(5);
  EXPECT_EQ(outbox.Next().size(), 100'000U);
  outbox.Took(99'999);
  EXPECT_EQ(outbox.Next(), "x");
  outbox.Took(1);
  EXPECT_EQ(outbox.Next(), "last");
  outbox.Took(4);
  EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, APieceThatIsAddedWhileAnotherIsToldWaits) {
  Outbox outbox;
  bool second = false;
  outbox.Add("a", [&] { outbox.Add("b", [&] { second = true; }); });
  outbox.Took(1);
  EXPECT_FALSE(second);
  EXPECT_EQ(outbox.Next(), "b");
  outbox.Took(1);
  EXPECT_TRUE(second);
}

// Nothing was sent, so it is taken with what went before it.
TEST(Outbox, AnEmptyPieceIsToldWithTheNextThatIsTaken) {
  Outbox outbox;
  int told = 0;
  outbox.Add("a");
  outbox.Add("", [&] { ++told; });
  outbox.Took(1);
  EXPECT_EQ(told, 1);
}

}  // namespace
}  // namespace kirikae::http

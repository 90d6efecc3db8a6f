#include "service/text/sentence.h"

#include <gtest/gtest.h>

#include <string>

namespace kirikae::text {
namespace {

TEST(Sentence, APlaceWithoutAnArgumentStaysEmpty) {
  EXPECT_EQ(Fill("a $0 b $1", {"x"}), "a x b ");
  EXPECT_EQ(Fill("[$3]", {"a"}), "[]");
}

TEST(Sentence, WhatIsNoPlaceStays) {
  EXPECT_EQ(Fill("100$", {}), "100$");
  EXPECT_EQ(Fill("$$0", {"x"}), "$0");
  EXPECT_EQ(Fill("$0 costs $$5, $1$x$", {"a", "b"}), "a costs $5, b$x$");
}

TEST(Sentence, ArgumentsAreNotFilledAgain) { EXPECT_EQ(Fill("$0", {"$1"}), "$1"); }

TEST(Sentence, ALongArgumentIsCutBehindAWholeCharacter) {
  const Sentence sentence("No $0.", {std::string(299, 'x') + "端末"});
  EXPECT_EQ(sentence.English(), "No " + std::string(299, 'x') + "….");
  EXPECT_EQ(Sentence("$0", {std::string(300, 'x')}).English(), std::string(300, 'x'));
  EXPECT_EQ(Shortened("端末", 4), "端…");
}

}  // namespace
}  // namespace kirikae::text

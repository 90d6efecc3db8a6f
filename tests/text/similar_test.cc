#include "service/text/similar.h"

#include <gtest/gtest.h>

#include <vector>

namespace kirikae::text {
namespace {

TEST(EditDistance, StopsAtItsLimit) {
  EXPECT_EQ(EditDistance("abc", "xyz", 2), std::nullopt);
  EXPECT_EQ(EditDistance("abc", "xyz", 3), 3u);
  EXPECT_EQ(EditDistance("", "abcdefgh", 3), std::nullopt);
}

TEST(EditDistance, CountsCharactersAndSwaps) {
  EXPECT_EQ(EditDistance("", "", 0), 0u);
  EXPECT_EQ(EditDistance("管理者端末", "管理職端末", 3), 1u);
  EXPECT_EQ(EditDistance("abcd", "abdc", 3), 1u);
  EXPECT_EQ(EditDistance("abc", "ab", 3), 1u);
  EXPECT_EQ(EditDistance("ab", "xaby", 3), 2u);
}

TEST(Nearest, GivesTheNearestOrNothing) {
  const std::vector<std::string> kinds = {"職員端末", "管理職端末", "窓口共用端末", "予備機"};
  EXPECT_EQ(Nearest("管理者端末", kinds, 2), "管理職端末");
  EXPECT_EQ(Nearest("まったく別", kinds, 2), std::nullopt);
  EXPECT_EQ(Nearest("機", kinds, 2), "予備機");
  EXPECT_EQ(Nearest("x", std::vector<std::string>{"y"}, 2), std::nullopt);
  EXPECT_EQ(Nearest("ＨＯＳＴ", std::vector<std::string>{"hose", "host"}, 2), "host");
  EXPECT_EQ(Nearest("a", {}, 2), std::nullopt);
}

}  // namespace
}  // namespace kirikae::text

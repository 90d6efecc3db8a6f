#include "service/app/hash.h"

#include <gtest/gtest.h>

#include <string>

namespace kirikae::app {
namespace {

// The values are those of Python's hashlib.blake2b(text, digest_size=32).
TEST(Hash, IsBlake2bOf256Bits) {
  EXPECT_EQ(HashHex(""), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  EXPECT_EQ(HashHex("abc"), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST(Hash, TakesTheBytesBehindANul) {
  EXPECT_NE(HashHex(std::string("a\0b", 3)), HashHex(std::string("a\0c", 3)));
}

TEST(Hash, SecretsSayWhatTheyAreHave64HexDigitsAndDiffer) {
  const std::string one = NewSecret();
  EXPECT_TRUE(one.starts_with("krk_")) << one;
  EXPECT_EQ(one.size(), 4 + 64U);
  EXPECT_EQ(one.find_first_not_of("0123456789abcdef", 4), std::string::npos);
  EXPECT_NE(one, NewSecret());
}

}  // namespace
}  // namespace kirikae::app

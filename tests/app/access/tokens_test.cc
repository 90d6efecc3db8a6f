#include "service/app/access/tokens.h"

#include <string>

#include "service/app/hash.h"
#include "service/domain/error_detail.h"
#include "tests/app/ward_fixture.h"

namespace kirikae::app {
namespace {

TokenOrder Order(const std::string& name, int days = 0, const std::string& secret = "s") {
  return {.display_name = name, .role = domain::Role::kViewer, .days = days, .secret = secret};
}

class TokensTest : public WardFixture {
 protected:
  absl::StatusOr<domain::Token> New(const TokenOrder& order) {
    return NewToken(*Read(), order, now_);
  }
  domain::Token Stored(const TokenOrder& order) {
    auto token = New(order);
    EXPECT_TRUE(token.ok()) << token.status();
    Store({*token});
    return *token;
  }
  // The fields of the violations.
  std::string Faults(const TokenOrder& order) {
    const auto detail = domain::DetailOf(New(order).status());
    std::string fields;
    if (!detail.has_value()) return fields;
    for (const domain::Violation& violation : detail->violations) fields += violation.field + " ";
    return fields;
  }
};

TEST_F(TokensTest, TheHashOfTheSecretIsKeptAndNotTheSecret) {
  const domain::Token token =
      Stored({.display_name = "佐藤", .role = domain::Role::kOperator, .days = 0, .secret = "s"});
  EXPECT_EQ(token.id, 1);
  EXPECT_EQ(token.hash, HashHex("s"));
  EXPECT_EQ(token.role, domain::Role::kOperator);
  EXPECT_EQ(token.expire_time, now_ + absl::Hours(24 * kUsualTokenDays));
}

TEST_F(TokensTest, EveryFaultIsNamed) {
  EXPECT_EQ(Faults(Order("", -1)), "display_name days ");
  EXPECT_EQ(Faults(Order("佐藤", kMostTokenDays + 1)), "days ");
  std::string hundred;
  for (int i = 0; i < 100; ++i) hundred += "あ";
  EXPECT_EQ(Faults(Order(hundred)), "");
  EXPECT_EQ(Faults(Order(hundred + "あ")), "display_name ");
}

TEST_F(TokensTest, ANameIsFreeAgainOnceItsTokenIsRevokedOrExpired) {
  const domain::Token first = Stored(Order("佐藤", 1, "a"));
  EXPECT_EQ(Faults(Order("佐藤")), "display_name ");
  const auto revoked = RevokedToken(*Read(), first.id);
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  EXPECT_TRUE(revoked->revoked);
  Store({*revoked});
  const domain::Token second = Stored(Order("佐藤", 1, "b"));
  EXPECT_EQ(second.id, 2);
  now_ += absl::Hours(24);
  EXPECT_EQ(Faults(Order("佐藤")), "");
}

TEST_F(TokensTest, RevokingWhatThereIsNotIsNotFound) {
  EXPECT_EQ(RevokedToken(*Read(), 7).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace kirikae::app

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

TEST_F(TokensTest, ANameIsOnePersonsForEver) {
  const domain::Token first = Stored(Order("佐藤", 1, "a"));
  EXPECT_EQ(Faults(Order("佐藤")), "display_name ");
  const auto revoked = RevokedToken(*Read(), first.id, now_);
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  EXPECT_TRUE(revoked->revoked);
  Store({*revoked});
  now_ += absl::Hours(48);
  EXPECT_EQ(Faults(Order("佐藤")), "display_name ");
  TokenOrder again = Order("佐藤", 1, "b");
  again.same_person = true;
  EXPECT_EQ(Stored(again).display_name, "佐藤");
  again.display_name = "鈴木";
  EXPECT_EQ(Faults(again), "display_name ");
}

TEST_F(TokensTest, ANameDoesNotLookLikeAnothersOrTheServices) {
  Stored(Order("sato", 1, "a"));
  Stored(Order("髙橋", 1, "b"));
  for (const char* name : {"sato ", " sato", "ｓａｔｏ", "SATO", "s\u0430to", "sa\u200Bto", "高橋",
                           "kirikaed", "Kirikaed", "kirika\u0435d", "a  b", "a\nb", "\x1b[31mx"}) {
    EXPECT_EQ(Faults(Order(name)), "display_name ") << name;
  }
  EXPECT_EQ(Faults(Order("豊島 太郎")), "");
  EXPECT_EQ(Faults(Order("豊島　花子")), "");
}

TEST_F(TokensTest, TheLastAdministratorsTokenIsNotRevoked) {
  TokenOrder admin = Order("管理", 1, "a");
  admin.role = domain::Role::kAdmin;
  const domain::Token first = Stored(admin);
  EXPECT_EQ(domain::DetailOf(RevokedToken(*Read(), first.id, now_).status())->reason,
            "LAST_ADMINISTRATOR");
  admin.display_name = "別の管理";
  admin.secret = "b";
  Stored(admin);
  EXPECT_TRUE(RevokedToken(*Read(), first.id, now_).ok());
  now_ += absl::Hours(48);
  EXPECT_FALSE(RevokedToken(*Read(), first.id, now_).ok()) << "the other one has expired";
}

TEST_F(TokensTest, RevokingWhatThereIsNotIsNotFound) {
  EXPECT_EQ(RevokedToken(*Read(), 7, now_).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace kirikae::app

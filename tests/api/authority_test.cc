// Who a caller is: by token, session or certificate.
#include "service/api/call/authority.h"

#include <gtest/gtest.h>

#include "service/app/hash.h"

namespace kirikae::api {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'750'000'000);

domain::Token TokenOf(int64_t id, const std::string& secret) {
  domain::Token token;
  token.id = id;
  token.display_name = "T" + std::to_string(id);
  token.role = domain::Role::kViewer;
  token.hash = app::HashHex(secret);
  token.expire_time = kNow + absl::Hours(100);
  return token;
}

store::Session SessionOf(int64_t token, const std::string& id, absl::Time begin = kNow) {
  return {.hash = app::HashHex(id),
          .token = token,
          .create_time = begin,
          .expire_time = begin + absl::Hours(12)};
}

// The id of the token that the credentials stand for; 0 = none.
int64_t Who(const Authority& authority, const Credentials& shown, absl::Time now = kNow) {
  const auto caller = authority.Identify(shown, now);
  return caller.ok() ? caller->token : 0;
}

TEST(AuthorityTest, EachKindOfCredentialIsOnlyTakenAsItsOwnKind) {
  Authority authority;
  domain::Token kiosk = TokenOf(2, "nobody has this");
  kiosk.certificate = "CN=kiosk";
  authority.SetTokens({TokenOf(1, "secret"), kiosk});
  authority.Add(SessionOf(1, "session"));
  EXPECT_EQ(Who(authority, {"Bearer secret", ""}), 1);
  EXPECT_EQ(Who(authority, {"Session session", ""}), 1);
  EXPECT_EQ(Who(authority, {"", "CN=kiosk"}), 2);
  for (const Credentials& wrong : std::vector<Credentials>{{"secret", ""},
                                                           {"Bearer session", ""},
                                                           {"Session secret", ""},
                                                           {"Bearer CN=kiosk", ""},
                                                           {"Bearer nobody has this", ""},
                                                           {"", "CN=other"},
                                                           {"", ""},
                                                           {"Basic secret", ""}}) {
    EXPECT_EQ(Who(authority, wrong), 0) << wrong.authorization << wrong.certificate;
  }
  // What is shown first counts: a wrong token is not helped by a certificate.
  EXPECT_EQ(Who(authority, {"Bearer wrong", "CN=kiosk"}), 0);
}

TEST(AuthorityTest, ASessionEndsWithItselfAndWithItsToken) {
  Authority authority;
  authority.SetTokens({TokenOf(1, "a"), TokenOf(2, "b")});
  authority.Add(SessionOf(1, "one"));
  authority.Add(SessionOf(1, "two"));
  authority.Add(SessionOf(2, "three"));
  EXPECT_EQ(Who(authority, {"Session one", ""}, kNow + absl::Hours(12)), 0);
  authority.EndSession(app::HashHex("one"));
  EXPECT_EQ(Who(authority, {"Session one", ""}), 0);
  EXPECT_EQ(Who(authority, {"Session two", ""}), 1);
  authority.Remove(1);
  EXPECT_EQ(Who(authority, {"Session two", ""}), 0);
  EXPECT_EQ(Who(authority, {"Session three", ""}), 2);
}

// A stream that begins between a check and a revocation would have no end otherwise.
TEST(AuthorityTest, WhatEndedAfterTheCheckIsNoLongerKnown) {
  Authority authority;
  authority.SetTokens({TokenOf(1, "secret"), TokenOf(2, "other")});
  authority.Add(SessionOf(1, "session"));
  const auto bearer = authority.Identify({"Bearer secret", ""}, kNow);
  const auto session = authority.Identify({"Session session", ""}, kNow);
  const auto other = authority.Identify({"Bearer other", ""}, kNow);
  ASSERT_TRUE(bearer.ok() && session.ok() && other.ok());
  EXPECT_TRUE(authority.StillKnows(*bearer));
  EXPECT_TRUE(authority.StillKnows(*session));
  authority.EndSession(app::HashHex("session"));
  EXPECT_FALSE(authority.StillKnows(*session));
  EXPECT_TRUE(authority.StillKnows(*bearer));
  authority.Remove(1);
  EXPECT_FALSE(authority.StillKnows(*bearer));
  EXPECT_TRUE(authority.StillKnows(*other));
}

TEST(AuthorityTest, TheOldestOfTooManySessionsEnds) {
  Authority authority;
  authority.SetTokens({TokenOf(1, "a")});
  for (int i = 0; i <= store::kMostSessions; ++i) {
    authority.Add(SessionOf(1, "s" + std::to_string(i), kNow + absl::Seconds(i)));
  }
  const absl::Time later = kNow + absl::Minutes(1);
  EXPECT_EQ(Who(authority, {"Session s0", ""}, later), 0);
  EXPECT_EQ(Who(authority, {"Session s1", ""}, later), 1);
}

}  // namespace
}  // namespace kirikae::api

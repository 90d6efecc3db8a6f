#include "service/api/call/doorkeeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kirikae::api {
namespace {

using ::testing::ElementsAre;

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

TEST(DoorkeeperTest, AnAddressIsSlowedMoreWithEachWrongTokenAndNoOtherAddress) {
  Doorkeeper door(nullptr);
  const auto wrong = [&](const char* peer) { return door.Wrong(peer, kNow); };
  for (int i = 0; i < 5; ++i) EXPECT_EQ(wrong("ipv4:10.0.0.1:5000"), absl::ZeroDuration());
  EXPECT_EQ(wrong("ipv4:10.0.0.1:5001"), absl::Milliseconds(100));
  EXPECT_EQ(wrong("ipv4:10.0.0.1:5002"), absl::Milliseconds(200));
  for (int i = 0; i < 20; ++i) wrong("ipv4:10.0.0.1:5003");
  EXPECT_EQ(wrong("ipv4:10.0.0.1:5004"), absl::Seconds(3));
  EXPECT_EQ(wrong("ipv4:10.0.0.2:5000"), absl::ZeroDuration());
}

TEST(DoorkeeperTest, AnAddressIsForgottenAfterTenMinutes) {
  Doorkeeper door(nullptr);
  for (int i = 0; i < 10; ++i) door.Wrong("ipv4:10.0.0.1:5000", kNow);
  EXPECT_EQ(door.Wrong("ipv4:10.0.0.1:5000", kNow + absl::Minutes(11)), absl::ZeroDuration());
}

TEST(DoorkeeperTest, TellsOfTheFirstWrongTokenAndOfEachDoubling) {
  std::vector<std::string> told;
  Doorkeeper door([&](std::string_view address, int64_t count) {
    told.push_back(std::string(address) + " " + std::to_string(count));
  });
  for (int i = 0; i < 9; ++i) door.Wrong("ipv6:[::1]:5000", kNow);
  EXPECT_THAT(told, ElementsAre("ipv6:[::1] 1", "ipv6:[::1] 2", "ipv6:[::1] 4", "ipv6:[::1] 8"));
}

TEST(DoorkeeperTest, RemembersABoundedNumberOfAddresses) {
  Doorkeeper door(nullptr);
  for (int i = 0; i < 50'000; ++i) {
    door.Wrong("ipv6:[2001:db8::" + std::to_string(i) + "]:1", kNow);
  }
  EXPECT_EQ(door.Wrong("ipv4:10.0.0.1:1", kNow), absl::ZeroDuration());
}

}  // namespace
}  // namespace kirikae::api

#include "client/cli/server_address.h"

#include <gtest/gtest.h>

#include <string>

#include "client/cli/failure.h"

namespace kirikae::cli {
namespace {

// The reason for which the address is refused; "" where it is taken.
std::string Refusal(const std::string& server) {
  try {
    CheckServer(server);
    return "";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code, kUsage);
    return failure.reason;
  }
}

TEST(ServerAddress, WithASchemeAPathOrNoPortIsExplained) {
  for (const char* server :
       {"http://127.0.0.1:50051", "https://127.0.0.1:50051/", "127.0.0.1", "", "127.0.0.1:99999",
        "127.0.0.1:0", "127.0.0.1:http", "[::1]", ":50051"}) {
    EXPECT_EQ(Refusal(server), "SERVER_ADDRESS") << server;
  }
  for (const char* server : {"127.0.0.1:50051", "[::1]:50051", "localhost:1", "unix:/run/k.sock",
                             "dns:///kirikae.local:443", "ipv4:127.0.0.1:50051"}) {
    EXPECT_EQ(Refusal(server), "") << server;
  }
}

TEST(ServerAddress, OfThisMachineIsToldFromOthers) {
  for (const char* server : {"127.0.0.1:1", "127.8.9.1:1", "localhost:1", "[::1]:1", "unix:x"}) {
    EXPECT_TRUE(IsOnThisMachine(server)) << server;
  }
  for (const char* server : {"10.0.0.1:1", "127.example.org:1", "kirikae:1"}) {
    EXPECT_FALSE(IsOnThisMachine(server)) << server;
  }
}

}  // namespace
}  // namespace kirikae::cli

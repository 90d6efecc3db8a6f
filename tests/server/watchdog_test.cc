// The watchdog notices a port that takes connections and answers nothing.
#include "service/server/watchdog.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <string>

#include "tests/support/daemon.h"

namespace kirikae::server {
namespace {

const Watchdog::Options kQuick = {.interval = std::chrono::milliseconds(20),
                                  .patience = std::chrono::milliseconds(200),
                                  .most_failures = 3};

TEST(WatchdogTest, GivesUpOnAPortThatAnswersNothing) {
  const int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  ASSERT_EQ(bind(listening, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(listening, 10), 0);
  ASSERT_EQ(getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size), 0);
  std::promise<void> given_up;
  const Watchdog watchdog(
      "127.0.0.1:" + std::to_string(ntohs(address.sin_port)), [&] { given_up.set_value(); },
      kQuick);
  given_up.get_future().wait();
  close(listening);
}

TEST(WatchdogTest, IsContentWithADaemonThatAnswers) {
  kirikae::testing::Daemon daemon;
  std::atomic<bool> given_up = false;
  {
    const Watchdog watchdog(daemon.address(), [&] { given_up = true; },
                            {.interval = std::chrono::milliseconds(1),
                             .patience = std::chrono::seconds(30),
                             .most_failures = 1});
    for (int i = 0; i < 20; ++i) EXPECT_EQ(daemon.Run({"whoami"}).exit_code, 0);
  }
  EXPECT_FALSE(given_up);
}

}  // namespace
}  // namespace kirikae::server

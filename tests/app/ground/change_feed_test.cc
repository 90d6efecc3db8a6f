#include "service/app/change_feed.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <utility>
#include <vector>

namespace kirikae::app {
namespace {

TEST(ChangeFeed, ACommitWakesEverySubscriber) {
  std::promise<void> first;
  std::promise<void> second;
  std::atomic<int> once{0};
  ChangeFeed feed;
  feed.Subscribe([&] {
    if (once++ == 0) first.set_value();
  });
  feed.Subscribe([&, told = std::make_shared<bool>(false)] {
    if (!std::exchange(*told, true)) second.set_value();
  });
  feed.Committed();
  first.get_future().wait();
  second.get_future().wait();
  feed.Stop();
}

TEST(ChangeFeed, AStopWakesALastTimeAndTakesNoMore) {
  std::promise<bool> stopped;
  ChangeFeed feed;
  feed.Subscribe([&] { stopped.set_value(feed.stopped()); });
  feed.Stop();
  EXPECT_TRUE(stopped.get_future().get());
  EXPECT_EQ(feed.Subscribe([] {}), 0);
}

TEST(ChangeFeed, NobodyIsWokenAfterUnsubscribing) {
  std::atomic<int> woken{0};
  std::promise<void> other;
  ChangeFeed feed;
  const int64_t gone = feed.Subscribe([&] { ++woken; });
  feed.Subscribe([&, told = std::make_shared<bool>(false)] {
    if (!std::exchange(*told, true)) other.set_value();
  });
  feed.Unsubscribe(gone);
  feed.Committed();
  other.get_future().wait();
  feed.Stop();
  EXPECT_EQ(woken, 0);
}

TEST(ChangeFeed, HasRoomFor500Subscribers) {
  ChangeFeed feed;
  constexpr int kMost = 500;
  std::vector<int64_t> ids;
  ids.reserve(kMost);
  for (int i = 0; i < kMost; ++i) ids.push_back(feed.Subscribe([] {}));
  EXPECT_GT(ids.back(), 0);
  EXPECT_EQ(feed.Subscribe([] {}), 0);
  feed.Unsubscribe(ids.front());
  EXPECT_GT(feed.Subscribe([] {}), 0);
}

}  // namespace
}  // namespace kirikae::app

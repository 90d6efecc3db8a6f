#include "service/api/call/open_streams.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "service/domain/error_detail.h"

namespace kirikae::api {
namespace {

using Ticket = std::unique_ptr<OpenStreams::Ticket>;

constexpr void (*kNothing)() = [] {};

std::string ReasonOf(const absl::Status& status) {
  const auto detail = domain::DetailOf(status);
  return detail.has_value() ? detail->reason : "";
}

TEST(OpenStreamsTest, ACallerHasALimitForEachKindAndLeavesTheOthersTheirs) {
  OpenStreams streams({.watches_a_caller = 2, .uploads_a_caller = 1});
  std::vector<Ticket> tickets;
  for (int i = 0; i < 2; ++i) {
    auto ticket = streams.Enter(StreamKind::kWatch, {.token = 1}, kNothing);
    ASSERT_TRUE(ticket.ok());
    tickets.push_back(*std::move(ticket));
  }
  EXPECT_EQ(ReasonOf(streams.Enter(StreamKind::kWatch, {.token = 1}, kNothing).status()),
            "TOO_MANY_OF_ONE_CALLER");
  EXPECT_TRUE(streams.Enter(StreamKind::kUpload, {.token = 1}, kNothing).ok());
  EXPECT_TRUE(streams.Enter(StreamKind::kWatch, {.token = 2}, kNothing).ok());
  tickets.pop_back();
  EXPECT_TRUE(streams.Enter(StreamKind::kWatch, {.token = 1}, kNothing).ok());
}

TEST(OpenStreamsTest, AllCallersTogetherHaveALimit) {
  OpenStreams streams({.in_all = 1});
  const auto first = streams.Enter(StreamKind::kWatch, {.token = 1}, kNothing);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(ReasonOf(streams.Enter(StreamKind::kWatch, {.token = 2}, kNothing).status()),
            "TOO_MUCH_AT_ONCE");
}

TEST(OpenStreamsTest, AStreamThatWaitsForItsPeerTooLongIsCancelledAndOneThatMovesIsNot) {
  OpenStreams streams({.stall = absl::Milliseconds(1)});
  std::promise<void> cancelled;
  bool idle_was_cancelled = false;
  const auto idle =
      streams.Enter(StreamKind::kWatch, {.token = 1}, [&] { idle_was_cancelled = true; });
  const auto stuck =
      streams.Enter(StreamKind::kDownload, {.token = 1}, [&] { cancelled.set_value(); });
  ASSERT_TRUE(idle.ok() && stuck.ok());
  // A watch without news waits for nobody.
  (*idle)->Waits();
  (*idle)->Moved();
  (*stuck)->Waits();
  cancelled.get_future().wait();
  EXPECT_FALSE(idle_was_cancelled);
}

TEST(OpenStreamsTest, ARevokedTokensStreamsAreCancelledOnce) {
  OpenStreams streams;
  int own = 0;
  int others = 0;
  const auto mine = streams.Enter(StreamKind::kWatch, {.token = 1}, [&] { ++own; });
  const auto another = streams.Enter(StreamKind::kWatch, {.token = 2}, [&] { ++others; });
  ASSERT_TRUE(mine.ok() && another.ok());
  streams.CancelAll(1);
  streams.CancelAll(1);
  EXPECT_EQ(own, 1);
  EXPECT_EQ(others, 0);
}

TEST(OpenStreamsTest, AnEndedSessionsStreamsAreCancelledAndItsTokensOthersAreNot) {
  OpenStreams streams;
  int ended = 0;
  int others = 0;
  const auto mine =
      streams.Enter(StreamKind::kWatch, {.token = 1, .session = "a"}, [&] { ++ended; });
  const auto another =
      streams.Enter(StreamKind::kWatch, {.token = 1, .session = "b"}, [&] { ++others; });
  const auto bearer = streams.Enter(StreamKind::kWatch, {.token = 1}, [&] { ++others; });
  ASSERT_TRUE(mine.ok() && another.ok() && bearer.ok());
  streams.CancelSession("a");
  EXPECT_EQ(ended, 1);
  EXPECT_EQ(others, 0);
}

TEST(OpenStreamsTest, AStreamEndsWhenWhatItsCallerShowedExpires) {
  OpenStreams streams;
  std::promise<void> expired;
  bool other_was_cancelled = false;
  const auto lasting = streams.Enter(StreamKind::kWatch, {.token = 1, .left = absl::Hours(1)},
                                     [&] { other_was_cancelled = true; });
  const auto ending = streams.Enter(StreamKind::kWatch, {.token = 1, .left = absl::Milliseconds(1)},
                                    [&] { expired.set_value(); });
  ASSERT_TRUE(lasting.ok() && ending.ok());
  expired.get_future().wait();
  EXPECT_FALSE(other_was_cancelled);
}

}  // namespace
}  // namespace kirikae::api

// Answers that are on their way: who reads nothing gets no more.
#include "service/api/call/answer_room.h"

#include <gtest/gtest.h>

#include "service/domain/error_detail.h"

namespace kirikae::api {
namespace {

std::string ReasonOf(const absl::Status& status) {
  return status.ok() ? "" : domain::DetailOf(status)->reason;
}

TEST(AnswerRoomTest, ACallerWhoReadsNothingGetsNoMoreAndOthersGetTheirs) {
  AnswerRoom room({.a_caller = 100, .in_all = 250});
  EXPECT_TRUE(room.Enter(1, 60).ok());
  EXPECT_EQ(ReasonOf(room.Enter(1, 60)), "ANSWERS_UNREAD");
  EXPECT_TRUE(room.Enter(1, 40).ok());
  EXPECT_TRUE(room.Enter(2, 100).ok());
  EXPECT_EQ(ReasonOf(room.Enter(3, 60)), "TOO_MUCH_AT_ONCE");
  room.Leave(1, 60);
  EXPECT_TRUE(room.Enter(1, 50).ok());
}

TEST(AnswerRoomTest, OneAnswerAlwaysHasRoom) {
  AnswerRoom room({.a_caller = 100, .in_all = 100});
  EXPECT_TRUE(room.Enter(1, 1000).ok());
  EXPECT_EQ(ReasonOf(room.Enter(1, 1)), "ANSWERS_UNREAD");
  room.Leave(1, 1000);
  EXPECT_TRUE(room.Enter(1, 1000).ok());
}

}  // namespace
}  // namespace kirikae::api

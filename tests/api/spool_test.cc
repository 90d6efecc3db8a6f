#include "service/api/call/spool.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "service/domain/error_detail.h"
#include "tests/support/program.h"

namespace kirikae::api {
namespace {

std::string ReasonOf(const absl::Status& status) {
  const auto detail = domain::DetailOf(status);
  return detail.has_value() ? detail->reason : "";
}

TEST(SpoolTest, GivesBackWhatWasAppendedAndLeavesNoFile) {
  const testing::TemporaryFolder folder;
  SpoolRoom room{folder.path()};
  {
    auto spool = Spool::Open(room);
    ASSERT_TRUE(spool.ok()) << spool.status();
    ASSERT_TRUE((*spool)->Append("abc").ok());
    ASSERT_TRUE((*spool)->Append("defg").ok());
    EXPECT_EQ((*spool)->size(), 7U);
    EXPECT_EQ(*(*spool)->ReadAll(), "abcdefg");
    EXPECT_EQ(*(*spool)->ReadAt(2, 3), "cde");
    EXPECT_EQ(*(*spool)->ReadAt(6, 100), "g");
    EXPECT_EQ(*(*spool)->ReadAt(100, 1), "");
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(SpoolTest, AllSpoolsTogetherHoldNoMoreThanTheirBudgetAndGiveItBack) {
  const testing::TemporaryFolder folder;
  SpoolRoom room{folder.path(), ByteBudget(10)};
  auto first = Spool::Open(room);
  auto second = Spool::Open(room);
  ASSERT_TRUE(first.ok() && second.ok());
  ASSERT_TRUE((*first)->Append("12345678").ok());
  EXPECT_EQ(ReasonOf((*second)->Append("abc")), "UPLOADS_FULL");
  *first = nullptr;
  EXPECT_TRUE((*second)->Append("abc").ok());
}

TEST(SpoolTest, AFolderThatIsNotThereIsAnError) {
  SpoolRoom room{"/nonexistent"};
  EXPECT_EQ(Spool::Open(room).status().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace kirikae::api

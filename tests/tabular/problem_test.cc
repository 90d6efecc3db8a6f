#include "service/tabular/problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "service/text/era.h"

namespace kirikae::tabular {
namespace {

TEST(Problem, TravelsInAStatus) {
  EXPECT_EQ(ProblemOf(absl::InvalidArgumentError("other")), std::nullopt);
  const Problem problem = UnknownValue("端末区分", "管理者端末", "管理職端末");
  const absl::Status status = ToStatus(problem);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "管理者端末 is not known as 端末区分.");
  EXPECT_EQ(ProblemOf(status), problem);
  EXPECT_EQ(ProblemOf(ToStatus(NoHeader())), NoHeader());
}

TEST(Problem, FormatsAreAllListed) {
  const auto formats = ProblemFormats();
  const auto listed = [&](const std::string& format) {
    return std::find(formats.begin(), formats.end(), format) != formats.end();
  };
  for (const Problem& problem :
       {NoHeader(), MissingKey("x"), DuplicateKey("x", "y", 2), SingleFactor("x", "y"),
        QuoteNeverClosed(15), WrongCellCount(20, 19), UserDefinedCharacter("x", "y", 0xE000)}) {
    EXPECT_TRUE(listed(problem.sentence.format)) << problem.sentence.format;
  }
  // The date notes of service/text must have the same sentences.
  for (const char* date : {"x", "令和7年2月30日"}) {
    text::Note fault;
    EXPECT_FALSE(text::ParseDay(date, &fault).ok());
    EXPECT_TRUE(listed(fault.sentence.format)) << fault.sentence.format;
  }
  for (const char* date : {"平成31年5月1日", "令和元年4月1日", "2025-05-01(金)"}) {
    const absl::StatusOr<text::ParsedDay> day = text::ParseDay(date);
    ASSERT_EQ(day->notes.size(), 1u) << date;
    EXPECT_TRUE(listed(day->notes[0].sentence.format)) << day->notes[0].sentence.format;
  }
}

TEST(HasError, TakesNoWarningForOne) {
  EXPECT_FALSE(HasError({}));
  const std::vector<Problem> warnings = {UserTwice("x", "1")};
  EXPECT_FALSE(HasError(warnings));
  const std::vector<Problem> both = {UserTwice("x", "1"), MissingKey("x")};
  EXPECT_TRUE(HasError(both));
}

}  // namespace
}  // namespace kirikae::tabular

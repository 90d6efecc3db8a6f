#include "client/cli/catalogue.h"

#include <gtest/gtest.h>

namespace kirikae::cli {
namespace {

TEST(Trn, EnglishHasAFormForOneAndOneForAllOtherNumbers) {
  const auto due = [](int64_t count) { return Trn("$0 device due", "$0 devices due", count); };
  EXPECT_EQ(due(0), "0 devices due");
  EXPECT_EQ(due(1), "1 device due");
  EXPECT_EQ(due(2), "2 devices due");
  SetLanguage(Language::kJapanese);
  EXPECT_EQ(due(1), "作業対象: 1台");
  EXPECT_EQ(due(2), "作業対象: 2台");
  SetLanguage(Language::kEnglish);
}

TEST(Trn, ArgumentsComeAfterTheCount) {
  EXPECT_EQ(
      Trn("$0 device matches; $1 would change.", "$0 devices match; $1 would change.", 1, {"0"}),
      "1 device matches; 0 would change.");
}

}  // namespace
}  // namespace kirikae::cli

#include "client/cli/yaml_lines.h"

#include <gtest/gtest.h>

namespace kirikae::cli {
namespace {

constexpr char kFile[] = R"(rollout: r
phases:
  - id: p1
    gate:
      success_rate: 90%
  - { id: p2, gate: { success_rat: 1 },
      title: x }
teams:
  - id: a
    sites: [本庁舎]
)";

TEST(YamlLines, AreThoseOfTheKeyOrOfTheNearestPartBefore) {
  EXPECT_EQ(LineOf(kFile, "rollout"), 1);
  EXPECT_EQ(LineOf(kFile, "phases[0].gate.success_rate"), 5);
  EXPECT_EQ(LineOf(kFile, "phases[1].gate.success_rat"), 6);
  EXPECT_EQ(LineOf(kFile, "phases[1].title"), 7);
  EXPECT_EQ(LineOf(kFile, "phases[1].gate.sample"), 6) << "it is not there";
  EXPECT_EQ(LineOf(kFile, "teams[0].sites"), 10);
  EXPECT_EQ(LineOf("a: [", "a"), 0);
}

}  // namespace
}  // namespace kirikae::cli

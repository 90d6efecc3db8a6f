// What holds for each error of service/domain/errors.h.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "service/catalogue/catalogue.h"
#include "service/domain/errors.h"
#include "tests/api/every_error.h"

namespace kirikae::testing {
namespace {

using ::testing::UnorderedElementsAreArray;

std::string Source(const std::string& path) {
  std::ifstream file(std::string(KIRIKAE_SOURCE_FOLDER) + "/" + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string NameOf(const ErrorExample& example) {
  return example.call.substr(0, example.call.find('('));
}

std::vector<std::string> KeysOf(const domain::ErrorDetail& detail) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : detail.metadata) keys.push_back(key);
  return keys;
}

TEST(Errors, TheWalkHasEachOfThem) {
  std::set<std::string> walked;
  for (const ErrorExample& example : EveryError("x")) walked.insert(NameOf(example));
  const std::string header = Source("service/domain/errors.h");
  const std::regex declaration("absl::Status ([A-Z]\\w+)\\(");
  std::set<std::string> declared;
  for (std::sregex_iterator found(header.begin(), header.end(), declaration), end; found != end;
       ++found) {
    declared.insert((*found)[1]);
  }
  EXPECT_EQ(walked, declared);
}

TEST(Errors, EachHasAReasonAJapaneseSentenceAndTheMetadataItPromises) {
  for (const ErrorExample& example : EveryError("x")) {
    const std::optional<domain::ErrorDetail> detail = domain::DetailOf(example.status);
    ASSERT_TRUE(detail.has_value()) << example.call;
    EXPECT_TRUE(std::regex_match(detail->reason, std::regex("[A-Z]+(_[A-Z]+)*"))) << example.call;
    EXPECT_NE(catalogue::Japanese(detail->sentence.format), detail->sentence.format)
        << example.call;
    EXPECT_THAT(KeysOf(*detail), UnorderedElementsAreArray(example.keys)) << example.call;
    for (const auto& [key, value] : detail->metadata) EXPECT_NE(value, "") << example.call << key;
  }
}

// Whether a value has the code of a role that a sentence names by its holders: `administrators`.
bool HasRoleOf(const std::string& value, const std::string& holders) {
  constexpr std::pair<const char*, const char*> kRoles[] = {
      {"viewers", "VIEWER"},     {"operators", "OPERATOR"}, {"planners", "PLANNER"},
      {"approvers", "APPROVER"}, {"auditors", "AUDITOR"},   {"administrators", "ADMIN"}};
  return std::any_of(std::begin(kRoles), std::end(kRoles), [&](const auto& role) {
    return holders == role.first && value.find(role.second) != std::string::npos;
  });
}

// What a sentence names, a program finds in the metadata.
TEST(Errors, WhatASentenceNamesStandsInTheMetadata) {
  for (const ErrorExample& example : EveryError("TSM-00123")) {
    // Its limit is in MiB for people and in bytes for programs.
    if (NameOf(example) == "ProblemTooLarge") continue;
    // It says what else could be undone, which no program goes by.
    if (NameOf(example) == "NotUndoable") continue;
    const domain::ErrorDetail detail = *domain::DetailOf(example.status);
    for (const std::string& arg : detail.sentence.args) {
      const std::string first = arg.substr(0, arg.find(", "));
      EXPECT_TRUE(std::any_of(detail.metadata.begin(), detail.metadata.end(),
                              [&first](const auto& entry) {
                                return entry.second.find(first) != std::string::npos ||
                                       HasRoleOf(entry.second, first);
                              }))
          << example.call << ": " << arg;
    }
  }
}

TEST(Errors, TheManualNamesEachKey) {
  const std::string header = Source("service/domain/errors.h");
  const std::string manual = Source("service/api/README.md");
  for (const ErrorExample& example : EveryError("x")) {
    for (const std::string& key : example.keys) {
      EXPECT_NE(manual.find("`" + key + "`"), std::string::npos) << key;
      EXPECT_TRUE(std::regex_search(header, std::regex("//.*\\b" + key + "\\b"))) << key;
    }
  }
}

TEST(Errors, ALongTextIsCutBehindAWholeCharacter) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "端";
  for (const ErrorExample& example : EveryError(text)) {
    const domain::ErrorDetail detail = *domain::DetailOf(example.status);
    for (const auto& [key, value] : detail.metadata) {
      EXPECT_LE(value.size(), 303u) << example.call << " " << key;
      if (value.size() > 290) {
        EXPECT_TRUE(value.ends_with("端…") || value.ends_with(",…")) << example.call << value;
      }
    }
  }
}

TEST(Errors, AListInTheMetadataHasWholeNames) {
  EXPECT_EQ(domain::Names({}), "");
  EXPECT_EQ(domain::Names({"a", "b"}), "a,b");
  const std::string many = domain::Names(std::vector<std::string>(51, "a"));
  EXPECT_EQ(std::count(many.begin(), many.end(), 'a'), 50);
  EXPECT_TRUE(many.ends_with("a,…"));
  EXPECT_EQ(domain::Names(std::vector<std::string>(50, "a")).size(), 99u);
  const std::string long_names = domain::Names(std::vector<std::string>(50, "TSM-00123"));
  EXPECT_LE(long_names.size(), domain::kMostQuotedBytes);
  EXPECT_TRUE(long_names.ends_with("TSM-00123,…"));
}

}  // namespace
}  // namespace kirikae::testing

// What goes out comes in again to the same state.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Exports : public ::testing::Test {
 protected:
  void SetUp() override { ImportSampleWard(daemon_); }

  ProgramResult Export(const std::string& form) {
    return daemon_.Run({"export", "devices", "-f", form, "--to", folder_ / "out"});
  }
  std::string Preview() {
    const ProgramResult result = daemon_.Run({"import", "devices", folder_ / "out", "-o", "json"});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    return result.out;
  }

  Daemon daemon_;
  TemporaryFolder folder_;
};

TEST_F(Exports, EveryFormThatIsATableComesInAgainUnchanged) {
  // Names that no encoding or spreadsheet spoils.
  for (const char* form : {"csv", "csv-cp932", "xlsx"}) {
    const ProgramResult exported = Export(form);
    ASSERT_EQ(exported.exit_code, 0) << form << exported.err;
    const std::string preview = Preview();
    EXPECT_THAT(preview, HasSubstr("\"unchanged\": 700")) << form;
    EXPECT_THAT(preview, Not(HasSubstr("\"updates\""))) << form;
    EXPECT_THAT(preview, Not(HasSubstr("\"warnings\""))) << form;
  }
}

TEST_F(Exports, ACellThatASpreadsheetWouldRunIsNeutralAndComesInAgain) {
  ASSERT_EQ(
      daemon_.Run({"device", "update", "TSM-00001", "--set", "note==HYPERLINK(\"x\")"}).exit_code,
      0);
  ASSERT_EQ(Export("csv").exit_code, 0);
  EXPECT_THAT(ReadFile(folder_ / "out"), HasSubstr("'=HYPERLINK"));
  EXPECT_THAT(Preview(), HasSubstr("\"unchanged\": 700"));
}

TEST_F(Exports, WhatCp932LacksIsListedNotHidden) {
  ASSERT_EQ(daemon_.Run({"device", "update", "TSM-00001", "--set", "note=𠮷野家"}).exit_code, 0);
  const ProgramResult exported = Export("csv-cp932");
  EXPECT_EQ(exported.exit_code, 1);
  EXPECT_THAT(exported.err, HasSubstr("devices/TSM-00001, 備考: U+20BB7"));
  EXPECT_EQ(Export("csv").exit_code, 0);
}

TEST_F(Exports, JsonLinesHaveADeviceEach) {
  ASSERT_EQ(Export("jsonl").exit_code, 0);
  const std::string lines = ReadFile(folder_ / "out");
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 700);
}

TEST_F(Exports, AFilterChoosesAndAFaultInItIsNamed) {
  const ProgramResult some = daemon_.Run(
      {"export", "devices", "-f", "jsonl", "--filter", "kind = MANAGER_TERMINAL", "--to", "-"});
  EXPECT_EQ(std::count(some.out.begin(), some.out.end(), '\n'), 67);
  EXPECT_EQ(daemon_.Run({"export", "devices", "--filter", "kind ~ X", "--to", "-"}).exit_code, 7);
}

}  // namespace
}  // namespace kirikae::testing

// An export can be imported again and gives the same state.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <thread>

#include "kirikae/v1/import_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Exports : public ::testing::Test {
 protected:
  void SetUp() override { ImportSampleWard(daemon_); }

  ProgramResult Export(const std::string& form) {
    return daemon_.Run({"export", "devices", "-f", form, "--to", folder_ / "out"});
  }
  v1::Import Preview() {
    return Answer<v1::Import>(daemon_, {"import", "devices", folder_ / "out"});
  }

  Daemon daemon_;
  TemporaryFolder folder_;
};

TEST_F(Exports, EveryFormThatIsATableComesInAgainUnchanged) {
  // Names that survive every encoding and spreadsheet.
  for (const char* form : {"csv", "csv-cp932", "xlsx"}) {
    const ProgramResult exported = Export(form);
    ASSERT_EQ(exported.exit_code, 0) << form << exported.err;
    const v1::Import preview = Preview();
    EXPECT_EQ(preview.unchanged(), 700) << form;
    EXPECT_EQ(preview.updates(), 0) << form;
    EXPECT_EQ(preview.warnings(), 0) << form;
  }
}

TEST_F(Exports, ALinkStaysALinkAndADeviceADevice) {
  std::filesystem::create_symlink("kept.csv", folder_ / "out");
  ASSERT_EQ(Export("csv").exit_code, 0);
  EXPECT_THAT(ReadFile(folder_ / "kept.csv"), HasSubstr("TSM-00001"));
  WriteFile(folder_ / "kept.csv", "old");
  ASSERT_EQ(Export("csv").exit_code, 0);
  EXPECT_TRUE(std::filesystem::is_symlink(folder_ / "out"));
  EXPECT_THAT(ReadFile(folder_ / "kept.csv"), HasSubstr("TSM-00001"));

  std::filesystem::remove(folder_ / "out");
  ASSERT_EQ(mkfifo((folder_ / "out").c_str(), 0600), 0);
  std::string read;
  std::thread reader([&] { read = ReadFile(folder_ / "out"); });
  EXPECT_EQ(Export("csv").exit_code, 0);
  reader.join();
  EXPECT_EQ(read, ReadFile(folder_ / "kept.csv"));
  EXPECT_TRUE(std::filesystem::is_fifo(folder_ / "out"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out.part"));
}

TEST_F(Exports, ACellThatASpreadsheetWouldRunIsNeutralAndComesInAgain) {
  ASSERT_EQ(
      daemon_.Run({"device", "update", "TSM-00001", "--set", "note==HYPERLINK(\"x\")"}).exit_code,
      0);
  ASSERT_EQ(Export("csv").exit_code, 0);
  EXPECT_THAT(ReadFile(folder_ / "out"), HasSubstr("'=HYPERLINK"));
  EXPECT_EQ(Preview().unchanged(), 700);
}

TEST_F(Exports, WhatCp932LacksIsListedNotHidden) {
  ASSERT_EQ(daemon_.Run({"device", "update", "TSM-00001", "--set", "note=𠮷野家"}).exit_code, 0);
  const Outcome exported =
      Try(daemon_, {"export", "devices", "-f", "csv-cp932", "--to", folder_ / "out"});
  EXPECT_THAT(exported, Fails(1, "CHARACTERS_LOST"));
  EXPECT_THAT(exported.fields, ElementsAre("devices/TSM-00001, 備考"));
  EXPECT_THAT(exported.descriptions, ElementsAre(HasSubstr("U+20BB7")));
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
  EXPECT_THAT(Try(daemon_, {"export", "devices", "--filter", "kind ~ X", "--to", "-"}),
              InvalidAt({"filter"}));
}

}  // namespace
}  // namespace kirikae::testing

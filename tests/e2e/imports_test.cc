// Imports name every fault of every row, and write nothing while a fault is left.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kirikae/v1/import_service.grpc.pb.h"
#include "kirikae/v1/inventory_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/import_preview.h"

namespace kirikae::testing {
namespace {

using ::testing::ElementsAre;

constexpr char kFaults[] = KIRIKAE_SOURCE_FOLDER "/tests/e2e/data/faults.csv";
constexpr char kWard[] = KIRIKAE_SOURCE_FOLDER "/deploy/samples/ward700/";

class Imports : public ::testing::Test {
 protected:
  ProgramResult Preview(const std::string& content) {
    const std::string file = folder_ / "devices.csv";
    WriteFile(file, content);
    return daemon_.Run({"import", "devices", file});
  }
  std::string Devices() { return daemon_.Run({"device", "list", "-o", "name"}).out; }
  v1::Device Show(const std::string& tag) {
    return Answer<v1::Device>(daemon_, {"device", "show", tag});
  }

  Daemon daemon_;
  TemporaryFolder folder_;
};

TEST_F(Imports, TheSampleWardPreviewsAsCreationsOnly) {
  const auto preview =
      Answer<v1::Import>(daemon_, {"import", "devices", absl::StrCat(kWard, "devices.csv")});
  EXPECT_EQ(preview.creates(), 700);
  EXPECT_EQ(preview.errors(), 0);
  EXPECT_EQ(Devices(), "");
}

TEST_F(Imports, EachFaultIsNamedWithItsLine) {
  const ImportPreview preview = PreviewFile(daemon_, "devices", kFaults, {}, 1);
  const auto expect = [&](int line, const std::string& key, const std::string& code) {
    const v1::ImportRow row = preview.Line(line);
    EXPECT_EQ(row.key(), key) << line;
    EXPECT_THAT(Codes(row), ElementsAre(code)) << line;
  };
  expect(3, "TSM-80001", "DUPLICATE_KEY");
  expect(4, "", "MISSING_KEY");
  EXPECT_EQ(preview.Line(4).problems(0).column(), "資産管理番号");
  expect(5, "TSM-80004", "UNKNOWN_VALUE");
  EXPECT_EQ(preview.Line(5).problems(0).suggestion(), "職員端末");
  expect(6, "TSM-80005", "NO_SUCH_DAY");
  expect(7, "TSM-80006", "ERA_ENDED?");
  expect(8, "TSM-80007", "SCIENTIFIC_NOTATION");
  expect(9, "TSM-80008", "SINGLE_FACTOR");
  expect(10, "TSM-80009", "WRONG_CELL_COUNT");
  expect(12, "TSM-80011", "USER_DEFINED_CHARACTER?");
  expect(15, "", "QUOTE_NEVER_CLOSED");
  EXPECT_EQ(Devices(), "");
}

TEST_F(Imports, APreviewWithErrorsIsNotApplied) {
  EXPECT_EQ(daemon_.Run({"import", "devices", kFaults, "--apply", "--yes"}).exit_code, 1);
  EXPECT_EQ(Devices(), "");
  EXPECT_THAT(Try(daemon_, {"import", "apply", "2", "--yes"}), Fails(4, "IMPORT_HAS_ERRORS"));
  EXPECT_EQ(Devices(), "");
}

TEST_F(Imports, GoodRowsOfTheFaultyFileAreReadAsMeant) {
  const ImportPreview preview = PreviewFile(daemon_, "devices", kFaults, {}, 1);
  EXPECT_EQ(preview.summary.creates(), 5);
  EXPECT_EQ(preview.summary.errors(), 8);
}

TEST_F(Imports, AFileThatCannotBeReadIsRefusedWithItsProblem) {
  const auto expect = [&](const std::string& content, const std::string& problem) {
    WriteFile(folder_ / "devices.csv", content);
    const Outcome refused = Try(daemon_, {"import", "devices", folder_ / "devices.csv"});
    EXPECT_THAT(refused, InvalidAt({"content"}));
    EXPECT_EQ(refused.metadata.at("problem"), problem);
  };
  // EUC-JP: not valid in UTF-8, and not throughout in CP932.
  expect("\xBB\xF1\xBB\xBA\xB4\xC9\xCD\xFD\xC8\xD6\xB9\xE6,\xA5\xFF\n", "UNDECODABLE_BYTES");
  expect("PK\x03\x04 not a whole workbook", "NOT_A_WORKBOOK");
  expect(std::string("資産管理番号,備考\nTSM-1,a") + '\0' + "b\n", "NUL_CHARACTER");
  std::string header = "資産管理番号";
  for (int i = 0; i < 10'000; ++i) header += ",c" + std::to_string(i);
  expect(header + "\nTSM-1\n", "TOO_MANY_COLUMNS");
}

TEST_F(Imports, ATextOfAnotherEncodingIsRefusedWhenOneIsNamed) {
  const Outcome refused = Try(
      daemon_, {"import", "devices", absl::StrCat(kWard, "devices.csv"), "--encoding", "UTF-8"});
  EXPECT_THAT(refused, InvalidAt({"content"}));
  EXPECT_EQ(refused.metadata.at("problem"), "UNDECODABLE_BYTES");
}

TEST_F(Imports, AHeaderThatIsUnknownOrStandsTwiceIsNamed) {
  const auto refused = [&](const std::string& content) {
    WriteFile(folder_ / "devices.csv", content);
    return Try(daemon_, {"import", "devices", folder_ / "devices.csv"});
  };
  const Outcome twice = refused("資産管理番号,備考,備考\nTSM-1,a,b\n");
  EXPECT_THAT(twice, InvalidAt({"備考"}));
  EXPECT_EQ(twice.metadata.at("problem"), "COLUMN_TWICE");
  // The second line of the column is the suggestion.
  const Outcome unknown = refused("資産管理番号,ホスト各\nTSM-1,X\n");
  EXPECT_THAT(unknown, InvalidAt({"ホスト各", "ホスト各"}));
  EXPECT_EQ(unknown.metadata.at("problem"), "UNKNOWN_COLUMN");
  EXPECT_THAT(unknown.descriptions.at(1), ::testing::HasSubstr("ホスト名"));
}

TEST_F(Imports, AFileThatIsNotThereSaysSo) {
  EXPECT_THAT(Try(daemon_, {"import", "devices", folder_ / "nothing.csv"}),
              Fails(2, "FILE_UNREADABLE"));
}

TEST_F(Imports, TheSameFileAgainChangesNothing) {
  ImportSampleWard(daemon_);
  const auto again =
      Answer<v1::Import>(daemon_, {"import", "staff", absl::StrCat(kWard, "staff.tsv")});
  EXPECT_EQ(again.unchanged(), 721);
  EXPECT_EQ(again.updates(), 0);
}

// Once, a list written before the first wave reverted the devices' new method.
TEST_F(Imports, AnOldListDoesNotTakeBackWhatAMarkSet) {
  ImportSampleWard(daemon_);
  ApproveSamplePlan(daemon_);
  const std::string wave = daemon_.Run({"wave", "show", "1", "-o", "name"}).out;
  const std::string tag = wave.substr(0, wave.find('\n'));
  ASSERT_EQ(daemon_.Run({"mark", "migrated", tag, "--yes"}).exit_code, 0);
  const ImportPreview old =
      PreviewFile(daemon_, "devices", absl::StrCat(kWard, "devices.csv"), {"--apply", "--yes"});
  EXPECT_THAT(Codes(old.Row(tag)), ElementsAre("METHOD_DIFFERS?"));
  EXPECT_EQ(Show(tag).auth_method(), v1::AUTH_METHOD_FACE_AND_PASSWORD);
}

TEST_F(Imports, AnUpdateIsShownFieldByField) {
  ImportSampleWard(daemon_);
  WriteFile(folder_ / "devices.csv", "資産管理番号,備考\nTSM-00002,新しい備考\n");
  const v1::ImportRow row =
      PreviewFile(daemon_, "devices", folder_ / "devices.csv").Row("TSM-00002");
  EXPECT_EQ(row.line(), 2);
  ASSERT_EQ(row.changes_size(), 1);
  EXPECT_EQ(row.changes(0).field(), "note");
  EXPECT_EQ(row.changes(0).new_value(), "新しい備考");
}

TEST_F(Imports, APreviewIsRefusedWhenARecordChangedSince) {
  ImportSampleWard(daemon_);
  std::string devices = ReadFile(absl::StrCat(kWard, "devices.csv"));
  // Changes the first device's serial in two previews, of which one is applied.
  const size_t serial = devices.find("D87F3FBB") == std::string::npos
                            ? devices.find("TSMPC00001") + 11
                            : devices.find("D87F3FBB");
  devices[serial] = devices[serial] == 'A' ? 'B' : 'A';
  ASSERT_EQ(Preview(devices).exit_code, 0);
  const std::string first = daemon_.Run({"change", "list", "-o", "name"}).out;
  devices[serial] = devices[serial] == 'A' ? 'C' : 'D';
  WriteFile(folder_ / "second.csv", devices);
  const ProgramResult second =
      daemon_.Run({"import", "devices", folder_ / "second.csv", "--apply", "--yes"});
  ASSERT_EQ(second.exit_code, 0) << second.err;
  const std::string id = first.substr(first.find('/') + 1, first.find('\n') - first.find('/') - 1);
  const Outcome late = Try(daemon_, {"import", "apply", id, "--yes"});
  EXPECT_THAT(late, Fails(4, "IMPORT_STALE"));
  EXPECT_THAT(late.fields, ElementsAre("devices/TSM-00001"));
}

// More rows than one stored part of a preview holds.
std::string ManyRows(int rows, int bad_row, const std::string& note) {
  std::string file = "資産管理番号,ホスト名,端末区分,備考\n";
  for (int i = 1; i <= rows; ++i) {
    file += absl::StrCat("TSM-", i, ",PC", i, i == bad_row ? ",謎端末," : ",職員端末,", note, "\n");
  }
  return file;
}

TEST_F(Imports, APreviewOfManyRowsListsEachOnceWhateverThePage) {
  ASSERT_EQ(Preview(ManyRows(2500, 2300, "")).exit_code, 1);
  for (const int page_size : {7 * 37, 1000}) {
    const std::vector<v1::ImportRow> rows = ImportRows(daemon_, "imports/2", false, page_size);
    ASSERT_EQ(rows.size(), 2500U) << page_size;
    for (size_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(rows[i].key(), absl::StrCat("TSM-", i + 1));
      EXPECT_EQ(rows[i].line(), static_cast<int>(i) + 2);
    }
  }
  const std::vector<v1::ImportRow> problems = ImportRows(daemon_, "imports/2", true);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].key(), "TSM-2300");
}

TEST_F(Imports, ManyRowsAreAppliedAndUndoneAsOneOrNotAtAll) {
  const auto run = [&](const std::vector<std::string>& args) {
    const ProgramResult result = daemon_.Run(args);
    EXPECT_EQ(result.exit_code, 0) << result.err;
  };
  ASSERT_EQ(Preview(ManyRows(2500, 0, "")).exit_code, 0);
  run({"import", "apply", "2", "--yes"});
  run({"change", "undo", "3", "--yes"});
  EXPECT_EQ(Devices(), "");
  run({"import", "apply", "2", "--yes"});
  ASSERT_EQ(Preview(ManyRows(2500, 0, "x")).exit_code, 0);
  // Two devices in different parts change before the preview is applied: both are named, and
  // nothing is written.
  for (const char* tag : {"TSM-10", "TSM-2400"})
    run({"device", "update", tag, "--set", "note=by hand"});
  const Outcome stale = Try(daemon_, {"import", "apply", "6", "--yes"});
  EXPECT_THAT(stale, Fails(4, "IMPORT_STALE"));
  EXPECT_THAT(stale.fields, ElementsAre("devices/TSM-10", "devices/TSM-2400"));
  EXPECT_EQ(Show("TSM-11").note(), "");
  // The undo of the import that created them is refused too.
  const Outcome refused = Try(daemon_, {"change", "undo", "5", "--yes"});
  EXPECT_THAT(refused, Fails(4, "UNDO_CONFLICTS"));
  EXPECT_THAT(refused.fields, ElementsAre("devices/TSM-10", "devices/TSM-2400"));
  EXPECT_EQ(Show("TSM-11").asset_tag(), "TSM-11");
  EXPECT_EQ(RunProgram({KIRIKAED, "check", "--state-dir", daemon_.folder().path()}).exit_code, 0);
}

}  // namespace
}  // namespace kirikae::testing

// Files come in with every fault of every row named, and nothing is written while one is left.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kirikae/v1/import_service.grpc.pb.h"
#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

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

  Daemon daemon_;
  TemporaryFolder folder_;
};

TEST_F(Imports, TheSampleWardPreviewsAsCreationsOnly) {
  const ProgramResult preview =
      daemon_.Run({"import", "devices", absl::StrCat(kWard, "devices.csv"), "-o", "json"});
  EXPECT_EQ(preview.exit_code, 0) << preview.err;
  EXPECT_THAT(preview.out, HasSubstr("\"creates\": 700"));
  EXPECT_THAT(preview.out, Not(HasSubstr("\"errors\"")));
  EXPECT_EQ(Devices(), "");
}

TEST_F(Imports, EachFaultIsNamedWithItsLine) {
  const ProgramResult preview = daemon_.Run({"import", "devices", kFaults});
  EXPECT_EQ(preview.exit_code, 1);
  const std::string& out = preview.out;
  EXPECT_THAT(out, ContainsRegex("\n3 +TSM-80001 +error .*stands in line 2 already"));
  EXPECT_THAT(out, ContainsRegex("\n4 +error +資産管理番号 +There is no 資産管理番号"));
  EXPECT_THAT(out, ContainsRegex("\n5 +TSM-80004 +error .*職印端末.*Did you mean: 職員端末"));
  EXPECT_THAT(out, ContainsRegex("\n6 +TSM-80005 +error .*no such day: 令和7年4月31日"));
  EXPECT_THAT(out,
              ContainsRegex("\n7 +TSM-80006 +warning .*had ended by then; read as 2019-06-01"));
  EXPECT_THAT(out, ContainsRegex("\n8 +TSM-80007 +error .*spoiled by a spreadsheet: 9.00E\\+05"));
  EXPECT_THAT(out, ContainsRegex("\n9 +TSM-80008 +error .*one factor is not a method"));
  EXPECT_THAT(out, ContainsRegex("\n10 +TSM-80009 +error .*20 cells; the header has 19"));
  EXPECT_THAT(out, ContainsRegex("\n12 +TSM-80011 +warning .*U\\+E000"));
  EXPECT_THAT(out, ContainsRegex("\n15 +error .*opens in line 15 is never closed"));
  EXPECT_EQ(Devices(), "");
}

TEST_F(Imports, APreviewWithErrorsIsNotApplied) {
  const ProgramResult applied = daemon_.Run({"import", "devices", kFaults, "--apply", "--yes"});
  EXPECT_EQ(applied.exit_code, 1);
  EXPECT_EQ(Devices(), "");
  const std::string id = std::string("2");
  const ProgramResult forced = daemon_.Run({"import", "apply", id, "--yes"});
  EXPECT_EQ(forced.exit_code, 4) << forced.err;
  EXPECT_EQ(Devices(), "");
}

TEST_F(Imports, GoodRowsOfTheFaultyFileAreReadAsMeant) {
  const std::string rows = daemon_.Run({"import", "devices", kFaults, "-o", "json"}).out;
  EXPECT_THAT(rows, HasSubstr("\"creates\": 5"));
  EXPECT_THAT(rows, HasSubstr("\"errors\": 8"));
}

TEST_F(Imports, AnUndecodableFileNamesTheByte) {
  // EUC-JP, which is neither UTF-8 nor CP932 throughout.
  const ProgramResult preview =
      Preview("\xBB\xF1\xBB\xBA\xB4\xC9\xCD\xFD\xC8\xD6\xB9\xE6,\xA5\xFF\n");
  EXPECT_EQ(preview.exit_code, 7) << preview.out;
  EXPECT_THAT(preview.err, ContainsRegex("Byte [0-9]+ \\(line 1\\)"));
}

TEST_F(Imports, ATextOfAnotherEncodingIsRefusedWhenOneIsNamed) {
  const ProgramResult preview =
      daemon_.Run({"import", "devices", absl::StrCat(kWard, "devices.csv"), "--encoding", "UTF-8"});
  EXPECT_EQ(preview.exit_code, 7);
  EXPECT_THAT(preview.err, HasSubstr("is not a character of UTF-8"));
}

TEST_F(Imports, ATruncatedWorkbookIsRefused) {
  const ProgramResult preview = Preview("PK\x03\x04 not a whole workbook");
  EXPECT_EQ(preview.exit_code, 7);
  EXPECT_THAT(preview.err, HasSubstr("XLSX"));
}

TEST_F(Imports, ANulCharacterIsRefusedWithItsPlace) {
  constexpr char kFile[] = "資産管理番号,備考\nTSM-1,a\0b\n";
  const ProgramResult preview = Preview(std::string(kFile, sizeof(kFile) - 1));
  EXPECT_EQ(preview.exit_code, 7) << preview.out;
  EXPECT_THAT(preview.err, HasSubstr("NUL character at byte"));
}

TEST_F(Imports, AHeaderTwiceIsRefused) {
  const ProgramResult preview = Preview("資産管理番号,備考,備考\nTSM-1,a,b\n");
  EXPECT_EQ(preview.exit_code, 7);
  EXPECT_THAT(preview.err, HasSubstr("means the same as the column 備考"));
}

TEST_F(Imports, TenThousandColumnsAreRefused) {
  std::string header = "資産管理番号";
  for (int i = 0; i < 10'000; ++i) header += ",c" + std::to_string(i);
  const ProgramResult preview = Preview(header + "\nTSM-1\n");
  EXPECT_EQ(preview.exit_code, 7);
  EXPECT_THAT(preview.err, HasSubstr("has more than"));
}

TEST_F(Imports, ANearHeaderIsSuggested) {
  const ProgramResult preview = Preview("資産管理番号,ホスト各\nTSM-1,X\n");
  EXPECT_EQ(preview.exit_code, 7);
  EXPECT_THAT(preview.err, HasSubstr("ホスト名"));
}

TEST_F(Imports, AFileThatIsNotThereSaysSo) {
  const ProgramResult preview = daemon_.Run({"import", "devices", folder_ / "nothing.csv"});
  EXPECT_EQ(preview.exit_code, 2);
  EXPECT_THAT(preview.err, HasSubstr("can't be read"));
}

TEST_F(Imports, TheSameFileAgainChangesNothing) {
  ImportSampleWard(daemon_);
  const ProgramResult again =
      daemon_.Run({"import", "staff", absl::StrCat(kWard, "staff.tsv"), "-o", "json"});
  EXPECT_THAT(again.out, HasSubstr("\"unchanged\": 721"));
  EXPECT_THAT(again.out, Not(HasSubstr("\"updates\"")));
}

// A list written before the first wave took the devices' new method back once.
TEST_F(Imports, AnOldListDoesNotTakeBackWhatAMarkSet) {
  ImportSampleWard(daemon_);
  ApproveSamplePlan(daemon_);
  const std::string wave = daemon_.Run({"wave", "show", "1", "-o", "name"}).out;
  const std::string tag = wave.substr(0, wave.find('\n'));
  ASSERT_EQ(daemon_.Run({"mark", "migrated", tag}).exit_code, 0);
  const ProgramResult old =
      daemon_.Run({"import", "devices", absl::StrCat(kWard, "devices.csv"), "--apply", "--yes"});
  EXPECT_EQ(old.exit_code, 0) << old.err;
  EXPECT_THAT(old.out, ContainsRegex(tag + " +warning .*a rollout has set FACE_AND_PASSWORD"));
  EXPECT_THAT(daemon_.Run({"device", "show", tag, "-o", "json"}).out,
              HasSubstr("\"authMethod\": \"AUTH_METHOD_FACE_AND_PASSWORD\""));
}

TEST_F(Imports, AnUpdateIsShownFieldByField) {
  ImportSampleWard(daemon_);
  const ProgramResult preview = Preview("資産管理番号,備考\nTSM-00002,新しい備考\n");
  EXPECT_THAT(preview.out, ContainsRegex("2 +TSM-00002 +note .*新しい備考"));
}

TEST_F(Imports, APreviewIsRefusedWhenARecordChangedSince) {
  ImportSampleWard(daemon_);
  std::string devices = ReadFile(absl::StrCat(kWard, "devices.csv"));
  // Another serial for the first device, in two previews of which one is applied.
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
  const ProgramResult late = daemon_.Run({"import", "apply", id, "--yes"});
  EXPECT_EQ(late.exit_code, 4) << late.out << late.err;
  EXPECT_THAT(late.err, HasSubstr("changed since"));
}

// More rows than one stored part of a preview holds.
std::string ManyRows(int rows, int bad_row, const std::string& note) {
  std::string file = "資産管理番号,ホスト名,端末区分,備考\n";
  for (int i = 1; i <= rows; ++i) {
    file += absl::StrCat("TSM-", i, ",PC", i, i == bad_row ? ",謎端末," : ",職員端末,", note, "\n");
  }
  return file;
}

std::vector<v1::ImportRow> AllRows(const Daemon& daemon, const std::string& name, int page_size,
                                   bool problems_only) {
  std::vector<v1::ImportRow> rows;
  v1::ListImportRowsRequest request;
  request.set_parent(name);
  request.set_page_size(page_size);
  request.set_problems_only(problems_only);
  const auto stub = v1::ImportService::NewStub(daemon.channel());
  do {
    grpc::ClientContext context;
    daemon.Authorize(context);
    v1::ListImportRowsResponse page;
    const grpc::Status status = stub->ListImportRows(&context, request, &page);
    EXPECT_TRUE(status.ok()) << status.error_message();
    rows.insert(rows.end(), page.rows().begin(), page.rows().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return rows;
}

TEST_F(Imports, APreviewOfManyRowsListsEachOnceWhateverThePage) {
  ASSERT_EQ(Preview(ManyRows(2500, 2300, "")).exit_code, 1);
  for (const int page_size : {7 * 37, 1000}) {
    const std::vector<v1::ImportRow> rows = AllRows(daemon_, "imports/2", page_size, false);
    ASSERT_EQ(rows.size(), 2500U) << page_size;
    for (size_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(rows[i].key(), absl::StrCat("TSM-", i + 1));
      EXPECT_EQ(rows[i].line(), static_cast<int>(i) + 2);
    }
  }
  const std::vector<v1::ImportRow> problems = AllRows(daemon_, "imports/2", 1000, true);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].key(), "TSM-2300");
}

// The history would give another method than the one stored.
TEST_F(Imports, AListOfATimeBeforeAKnownMethodIsRefused) {
  const std::string header = "asset_tag,kind,auth_method\n";
  ASSERT_EQ(Preview(header + "TSM-1,STAFF_DEVICE,IC_CARD_AND_PASSWORD\n").exit_code, 0);
  ASSERT_EQ(daemon_.Run({"import", "apply", "2", "--yes"}).exit_code, 0);
  ASSERT_EQ(Preview(header + "TSM-1,STAFF_DEVICE,FACE_AND_PASSWORD\n").exit_code, 0);
  const auto stub = v1::ImportService::NewStub(daemon_.channel());
  const auto apply = [&](const std::string& time) {
    v1::ApplyImportRequest request;
    request.set_name("imports/4");
    request.mutable_options()->set_effective_time(time);
    grpc::ClientContext context;
    daemon_.Authorize(context);
    v1::Import import;
    return stub->ApplyImport(&context, request, &import);
  };
  const grpc::Status early = apply("2025-03-01T09:00:00+09:00");
  EXPECT_EQ(early.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << early.error_message();
  EXPECT_THAT(early.error_message(), HasSubstr("TSM-1 has changed since then"));
  EXPECT_TRUE(apply("").ok());
  EXPECT_EQ(RunProgram({KIRIKAED, "check", "--state-dir", daemon_.folder().path()}).exit_code, 0);
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
  // Two devices of different parts change before it is applied: both are named, none is written.
  for (const char* tag : {"TSM-10", "TSM-2400"})
    run({"device", "update", tag, "--set", "note=by hand"});
  const auto both = ::testing::AllOf(HasSubstr("devices/TSM-10"), HasSubstr("devices/TSM-2400"));
  const ProgramResult stale = daemon_.Run({"import", "apply", "6", "--yes"});
  EXPECT_NE(stale.exit_code, 0);
  EXPECT_THAT(stale.err, both);
  EXPECT_THAT(daemon_.Run({"device", "show", "TSM-11", "-o", "json"}).out, Not(HasSubstr("\"x\"")));
  // So is the undo of the import that made them.
  const ProgramResult refused = daemon_.Run({"change", "undo", "5", "--yes"});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_THAT(refused.err, both);
  EXPECT_THAT(daemon_.Run({"device", "show", "TSM-11", "-o", "json"}).out, HasSubstr("TSM-11"));
  EXPECT_EQ(RunProgram({KIRIKAED, "check", "--state-dir", daemon_.folder().path()}).exit_code, 0);
}

}  // namespace
}  // namespace kirikae::testing

// Files and texts as inventories, spreadsheets and shells write them, through the real commands.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include <string>
#include <vector>

#include "kirikae/v1/import_service.pb.h"
#include "kirikae/v1/inventory_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/import_preview.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTable[] = "資産管理番号,端末区分,部,課,備考\nA-004,予備機,総務部,総務課,備考\n";

class FilesIn : public ::testing::Test {
 protected:
  std::string File(const std::string& name, const std::string& bytes) {
    WriteFile(folder_ / name, bytes);
    return folder_ / name;
  }
  // A UTF-8 text in another encoding.
  std::string In(const std::string& encoding, const std::string& text) {
    return RunProgram({"/usr/bin/iconv", "-f", "UTF-8", "-t", encoding, File("utf8", text)}).out;
  }
  v1::Import Import(const std::string& file) {
    return Answer<v1::Import>(daemon_, {"import", "devices", file, "--apply", "--yes"});
  }
  v1::Device Show(const std::string& tag) {
    return Answer<v1::Device>(daemon_, {"device", "show", tag});
  }

  Daemon daemon_;
  TemporaryFolder folder_;
};

TEST_F(FilesIn, EveryEncodingOfAJapaneseOfficeIsRead) {
  for (const char* encoding :
       {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "CP932", "EUC-JP", "ISO-2022-JP"}) {
    const v1::Import import = Import(File("devices.csv", In(encoding, kTable)));
    EXPECT_EQ(import.creates() + import.unchanged(), 1) << encoding;
    EXPECT_EQ(Show("A-004").note(), "備考") << encoding;
  }
  EXPECT_EQ(Show("A-004").department(), "総務部/総務課");
  Succeed(daemon_,
          {"import", "devices", File("e.csv", In("EUC-JP", kTable)), "--encoding", "EUC-JP"});
}

TEST_F(FilesIn, AMixedFileIsRefusedAtItsFirstWrongLine) {
  const std::string file =
      File("mixed.csv", std::string(kTable) + In("CP932", "A-005,予備機,総務部,総務課,東京\n"));
  const Outcome refused = Try(daemon_, {"import", "devices", file});
  EXPECT_THAT(refused, InvalidAt({"content"}));
  EXPECT_EQ(refused.metadata.at("problem"), "UNDECODABLE_BYTES");
  EXPECT_THAT(refused.descriptions.at(0), HasSubstr("line 3"));
}

TEST_F(FilesIn, ListsOfTagsAreReadAsImportsAre) {
  Import(File("devices.csv", kTable));
  for (const std::string& bytes : {In("UTF-16", "A-004\r\n"), In("UTF-16LE", "A-004\r\nA-004\r\n"),
                                   In("CP932", "Ａ－００４\r\n"),
                                   std::string("\xEF\xBB\xBF"
                                               "A-004\n\x1A")}) {
    const Outcome marked = Try(daemon_, {"mark", "migrated", "--file", File("tags", bytes)});
    EXPECT_THAT(marked.said, HasSubstr("DEVICE_NOT_IN_ROLLOUT"));
    EXPECT_THAT(marked.said, HasSubstr("A-004"));
    EXPECT_THAT(marked.said, Not(HasSubstr("libprotobuf")));
  }
  const Outcome refused = Try(
      daemon_, {"mark", "migrated", "--file", File("tags", "備考あり\n" + In("CP932", "備考\n"))});
  EXPECT_THAT(refused, Fails(7, "NOT_TEXT"));
  EXPECT_EQ(refused.metadata.at("line"), "2");
}

TEST_F(FilesIn, PastedListsAndArgumentsAreReadAsImportsAre) {
  Import(File("devices.csv", kTable));
  EXPECT_EQ(daemon_.Run({"lookup", "-"}, In("UTF-16LE", "A-004\r\n")).exit_code, 0);
  EXPECT_EQ(daemon_.Run({"lookup", "-"}, In("EUC-JP", "Ａ－００４\n")).exit_code, 0);
  const ProgramResult found = daemon_.Run({"lookup", In("CP932", "Ａ－００４")});
  EXPECT_EQ(found.exit_code, 0) << found.err;
  const ProgramResult refused = daemon_.Run({"lookup", "\xFF\xFF"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, Not(HasSubstr("libprotobuf")));
}

TEST_F(FilesIn, TheVisibleSheetIsReadAndNamed) {
  const std::string file = folder_ / "hidden.xlsx";
  lxw_workbook* const book = workbook_new(file.c_str());
  lxw_worksheet* const hidden = workbook_add_worksheet(book, "部一覧");
  worksheet_write_string(hidden, 0, 0, "部一覧", nullptr);
  worksheet_hide(hidden);
  lxw_worksheet* const shown = workbook_add_worksheet(book, "台帳");
  worksheet_activate(shown);
  worksheet_set_first_sheet(shown);
  worksheet_write_string(shown, 0, 0, "資産管理番号", nullptr);
  worksheet_write_string(shown, 0, 1, "端末区分", nullptr);
  worksheet_write_string(shown, 1, 0, "B-004", nullptr);
  worksheet_write_string(shown, 1, 1, "予備機", nullptr);
  ASSERT_EQ(workbook_close(book), LXW_NO_ERROR);
  const v1::Import import = Import(file);
  EXPECT_EQ(import.sheet(), "台帳");
  EXPECT_EQ(import.creates(), 1);
  const Outcome refused = Try(daemon_, {"import", "devices", file, "--sheet", "部一覧"});
  EXPECT_THAT(refused.metadata.at("problem"), HasSubstr("SHEET_WAS_READ"));
}

TEST_F(FilesIn, AFormulaWithoutAResultIsAnErrorThatNamesTheCell) {
  const std::string file = folder_ / "formula.xlsx";
  lxw_workbook* const book = workbook_new(file.c_str());
  lxw_worksheet* const sheet = workbook_add_worksheet(book, "s");
  worksheet_write_string(sheet, 0, 0, "資産管理番号", nullptr);
  worksheet_write_string(sheet, 0, 1, "備考", nullptr);
  worksheet_write_string(sheet, 1, 0, "B-017", nullptr);
  worksheet_write_formula(sheet, 1, 1, "=1+1", nullptr);
  ASSERT_EQ(workbook_close(book), LXW_NO_ERROR);
  const ImportPreview preview = PreviewFile(daemon_, "devices", file, {}, 1);
  EXPECT_THAT(Codes(preview.Row("B-017")), ElementsAre("FORMULA_WITHOUT_VALUE"));
  EXPECT_EQ(preview.Row("B-017").problems(0).column(), "備考");
}

TEST_F(FilesIn, WhatIsNoTableIsNamed) {
  const Outcome refused = Try(
      daemon_,
      {"import", "devices",
       File("old.xls", std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") + std::string(504, '\0'))});
  EXPECT_EQ(refused.metadata.at("problem"), "OLD_WORKBOOK");
  EXPECT_EQ(Try(daemon_, {"import", "devices", File("a.xls", "<html><table></table></html>")})
                .metadata.at("problem"),
            "HTML_FILE");
}

TEST_F(FilesIn, ATitleAboveTheHeaderIsPassedOverWithAWarning) {
  const ImportPreview preview =
      PreviewFile(daemon_, "devices", File("title.csv", "端末台帳\n" + std::string(kTable)));
  EXPECT_EQ(preview.summary.creates(), 1);
  EXPECT_THAT(Codes(preview.Line(3)), ElementsAre("LINES_ABOVE_HEADER?"));
}

TEST_F(FilesIn, DatesAsTagsAreTakenWhenTheyAreConfirmed) {
  const std::string file = File("dates.csv", "資産管理番号,端末区分\nH30-1-15,予備機\n");
  const ImportPreview refused = PreviewFile(daemon_, "devices", file, {}, 1);
  EXPECT_THAT(Codes(refused.Line(2)), ElementsAre("DATE_FOR_IDENTIFIER"));
  const ImportPreview taken =
      PreviewFile(daemon_, "devices", file, {"--accept-dates-as-text", "--apply", "--yes"});
  EXPECT_EQ(taken.summary.creates(), 1);
  EXPECT_EQ(Show("H30-1-15").asset_tag(), "H30-1-15");
}

TEST_F(FilesIn, NothingTooLargeToBeShownIsStored) {
  std::string note;
  for (int i = 0; i < 2'000'000; ++i) note += "あ";
  const ImportPreview preview =
      PreviewFile(daemon_, "devices",
                  File("huge.csv", "資産管理番号,端末区分,備考\nN-1,予備機," + note + "\n"), {}, 1);
  EXPECT_THAT(Codes(preview.Line(2)), ElementsAre("TEXT_TOO_LONG"));
}

TEST_F(FilesIn, Cp932SaysWhatItWritesInAnotherForm) {
  Import(File("devices.csv", "資産管理番号,端末区分,備考\nA-1,予備機,1〜2\n"));
  const ProgramResult exported =
      daemon_.Run({"export", "devices", "-f", "csv-cp932", "--to", folder_ / "out"});
  EXPECT_EQ(exported.exit_code, 0);
  EXPECT_THAT(exported.err, HasSubstr("U+301C"));
  EXPECT_THAT(exported.err, HasSubstr("～"));
}

}  // namespace
}  // namespace kirikae::testing

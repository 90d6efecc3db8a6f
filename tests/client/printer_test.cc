#include "client/cli/printer.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "client/cli/line_breaks.h"
#include "kirikae/v1/types.pb.h"

namespace kirikae::cli {
namespace {

std::vector<std::string> Printed(Form form, const Table& table) {
  testing::internal::CaptureStdout();
  Print(form, true, table, v1::LocalizedText(), "");
  std::istringstream out(testing::internal::GetCapturedStdout());
  std::vector<std::string> lines;
  for (std::string line; std::getline(out, line);) lines.push_back(line);
  return lines;
}

const Table& Wide() {
  static const Table table{
      {{"tag", "TAG"}, {"note", "NOTE", Fit::kWrap}, {"who", "WHO"}},
      {{"TSM-00001", std::string(100, 'x'), "山田"},
       {"TSM-00002", "更新予定の端末を来月までに入れ替える予定である旨を関係課に周知", ""}},
      {}};
  return table;
}

TEST(Printer, EveryLineFitsTheColumnsThereAre) {
  setenv("COLUMNS", "40", 1);
  for (const std::string& line : Printed(Form::kTable, Wide())) {
    EXPECT_LE(DisplayWidth(line), 40) << line;
    EXPECT_NE(line.back(), ' ');
  }
}

TEST(Printer, AnEmptyColumnTakesNoRoomOfATerminal) {
  setenv("COLUMNS", "40", 1);
  const Table table{{{"tag", "tag"}, {"undone_by", "undone by"}, {"who", "who"}},
                    {{"TSM-00001", "", "山田"}},
                    {}};
  EXPECT_EQ(Printed(Form::kTable, table)[0], "tag        who");
  EXPECT_EQ(Printed(Form::kWide, table)[0], "tag        undone by  who");
}

TEST(Printer, TheWideFormBreaksNothing) {
  setenv("COLUMNS", "40", 1);
  EXPECT_NE(Printed(Form::kWide, Wide())[1].find(std::string(100, 'x')), std::string::npos);
}

TEST(Printer, CsvHasIdsAndCodes) {
  const Table table{{{"state", "状態"}}, {{{"切替済み", "MIGRATED"}}}, {}};
  EXPECT_EQ(Printed(Form::kCsv, table), (std::vector<std::string>{"state", "MIGRATED"}));
  EXPECT_EQ(Printed(Form::kWide, table), (std::vector<std::string>{"状態", "切替済み"}));
}

TEST(Printer, ALineBreakInACellBreaksNoLine) {
  EXPECT_EQ(Printed(Form::kWide, {{{"a", "a"}}, {{"x\ny"}}, {}}).size(), 2U);
}

TEST(Printer, ACellThatASpreadsheetWouldRunIsNeutral) {
  EXPECT_EQ(CsvCell("=1+1"), "'=1+1");
  EXPECT_EQ(CsvCell("a,\"b\""), "\"a,\"\"b\"\"\"");
}

// A stored name once cleared the help desk's screen.
TEST(Printer, WhatATerminalWouldObeyIsNotPrinted) {
  EXPECT_EQ(Printable("a\x1b[2Jb"), "a [2Jb");
  EXPECT_EQ(Printable("a\rb\nc\x7f"
                      "d"),
            "a b c d");
  EXPECT_EQ(Printable("a\u009b2Jb"), "a 2Jb");
  EXPECT_EQ(Printable("a\u202eb\u200bc"), "abc");
  EXPECT_EQ(Printable("髙橋　恵\xff"), "髙橋　恵 ");
}

}  // namespace
}  // namespace kirikae::cli

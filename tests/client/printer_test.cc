#include "client/cli/printer.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

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
      {"tag", "note", "who"},
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

TEST(Printer, NarrowColumnsStayWhole) {
  setenv("COLUMNS", "40", 1);
  const auto lines = Printed(Form::kTable, Wide());
  EXPECT_TRUE(lines[1].starts_with("TSM-00001  xxx"));
  EXPECT_TRUE(lines[1].ends_with("…  山田"));
}

TEST(Printer, AnEmptyColumnTakesNoRoomOfATerminal) {
  setenv("COLUMNS", "40", 1);
  const Table table{{"tag", "undone by", "who"}, {{"TSM-00001", "", "山田"}}, {}};
  EXPECT_EQ(Printed(Form::kTable, table)[0], "tag        who");
  EXPECT_EQ(Printed(Form::kWide, table)[0], "tag        undone by  who");
}

TEST(Printer, TheWideFormCutsNothing) {
  setenv("COLUMNS", "40", 1);
  EXPECT_NE(Printed(Form::kWide, Wide())[1].find(std::string(100, 'x')), std::string::npos);
}

TEST(Printer, ALineBreakInACellBreaksNoLine) {
  EXPECT_EQ(Printed(Form::kWide, {{"a"}, {{"x\ny"}}, {}}).size(), 2U);
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

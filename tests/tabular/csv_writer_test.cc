#include "service/tabular/csv_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/tabular/table.h"
#include "service/tabular/xlsx_writer.h"
#include "tests/tabular/whole_table.h"

namespace kirikae::tabular {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Neutral, KeepsASpreadsheetFromRunningACell) {
  for (const char* cell : {"=1+1", "+81", "-2", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", " =1",
                           "　=1", "\t=1", "\rx", "'=1", "''-1"}) {
    EXPECT_EQ(Neutral(cell), std::string("'") + cell);
    EXPECT_EQ(FromNeutral(Neutral(cell)), cell);
  }
  for (const char* cell : {"", "a=1", "TSM-1", "'", "'a", "顔＋パスワード", "O'Neil"}) {
    EXPECT_EQ(Neutral(cell), cell);
    EXPECT_EQ(FromNeutral(cell), cell);
  }
}

TEST(CsvWriter, ListsWhatCp932Lacks) {
  CsvWriter writer(CsvEncoding::kCp932);
  writer.AddRow({"氏名", "備考"});
  writer.AddRow({"髙橋", "㋿7年"});
  writer.AddRow({"𠮷田\U000E0100", "a〜b"});
  EXPECT_THAT(writer.lost(), ElementsAre(LostCharacter{1, 1, "㋿7年", 0x32FF, "?"},
                                         LostCharacter{2, 0, "𠮷田\U000E0100", 0x20BB7, "?"},
                                         LostCharacter{2, 0, "𠮷田\U000E0100", 0xE0100, "?"},
                                         LostCharacter{2, 1, "a〜b", 0x301C, "～"}));
  EXPECT_EQ(std::move(writer).Finish(),
            "\x8E\x81\x96\xBC,\x94\xF5\x8D\x6C\r\n\xFB\xFC\x8B\xB4,?7\x94\x4E\r\n"
            "?\x93\x63?,a\x81\x60"
            "b\r\n");
}

TEST(CsvWriter, QuotesByRfc4180) {
  CsvWriter writer(CsvEncoding::kUtf8WithMark);
  writer.AddRow({"a,b", "c\"d", "e\r\nf", " g", "h"});
  writer.AddRow({""});
  EXPECT_THAT(writer.lost(), IsEmpty());
  EXPECT_EQ(std::move(writer).Finish(),
            "\xEF\xBB\xBF\"a,b\",\"c\"\"d\",\"e\r\nf\",\" g\",h\r\n\"\"\r\n");
}

TEST(CsvWriter, WhatItWritesReadsBack) {
  const std::vector<std::string> cells = {"髙橋　恵", "5階\r\n東側", "\"x\";y", "", "０１", "z\t"};
  for (CsvEncoding encoding : {CsvEncoding::kUtf8WithMark, CsvEncoding::kCp932}) {
    CsvWriter writer(encoding);
    writer.AddRow({"a", "b", "c", "d", "e", "f"});
    writer.AddRow(cells);
    const absl::StatusOr<WholeTable> table = ReadTable(std::move(writer).Finish());
    ASSERT_TRUE(table.ok()) << table.status();
    EXPECT_EQ(table->rows[0].cells, cells);
  }
}

TEST(WriteWorkbook, WhatItWritesReadsBack) {
  const std::string note = "一行目\r\n二行目 _x0041_ _x004 <&>\"";
  std::vector<LostCharacter> lost;
  const auto bytes = WriteWorkbook("端末", {{"a", "b"}, {note, " b "}}, &lost);
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  EXPECT_THAT(lost, IsEmpty());
  const absl::StatusOr<WholeTable> table = ReadTable(*bytes);
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->rows[0].cells, ElementsAre(note, " b "));
}

TEST(WriteWorkbook, WhatNoSheetCanHoldIsLeftOutAndSaid) {
  std::vector<LostCharacter> lost;
  const auto bytes = WriteWorkbook("端末", {{"a"}, {"x\uFFFEy\x01z"}, {"b"}}, &lost);
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  EXPECT_THAT(lost, ElementsAre(LostCharacter{1, 0, "x\uFFFEy\x01z", 0xFFFE, ""},
                                LostCharacter{1, 0, "x\uFFFEy\x01z", 1, ""}));
  const absl::StatusOr<WholeTable> table = ReadTable(*bytes);
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->rows[0].cells[0], "xyz");
  EXPECT_EQ(table->rows[1].cells[0], "b");
}

TEST(WriteWorkbook, ACellThatIsTooLongIsCutAndSaid) {
  std::vector<LostCharacter> lost;
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "𠮷";
  const auto bytes = WriteWorkbook("端末", {{"a"}, {text}, {std::string(32'767, 'b')}}, &lost);
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  ASSERT_EQ(lost.size(), 1U);
  EXPECT_EQ(lost[0].code_point, 0U);
  const absl::StatusOr<WholeTable> table = ReadTable(*bytes);
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_TRUE(table->rows[0].cells[0].ends_with("𠮷…"));
  EXPECT_EQ(table->rows[0].cells[0].size(), size_t{16'383} * 4 + 3);
  EXPECT_EQ(table->rows[1].cells[0].size(), 32'767U);
}

}  // namespace
}  // namespace kirikae::tabular

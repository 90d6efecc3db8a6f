#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

#include <string>
#include <utility>
#include <vector>

#include "service/tabular/table.h"
#include "service/tabular/workbook_formats.h"
#include "tests/tabular/whole_table.h"

namespace kirikae::tabular {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Parts = std::vector<std::pair<std::string, std::string>>;

std::string Zip(const Parts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  for (const auto& [name, body] : parts) {
    zip_source_t* source = zip_source_buffer(archive, body.data(), body.size(), 0);
    zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  }
  EXPECT_EQ(zip_close(archive), 0);
  std::string bytes;
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  bytes.resize(static_cast<size_t>(zip_source_tell(target)));
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

constexpr char kBook[] =
    R"(<workbook xmlns="m" xmlns:r="r"><sheets><sheet name="説明" r:id="rId2"/>)"
    R"(<sheet name="端末一覧" r:id="rId1"/></sheets></workbook>)";
constexpr char kRelations[] =
    R"(<Relationships>)"
    R"(<Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>)"
    R"(<Relationship Id="rId2" Type="t/worksheet" Target="/xl/worksheets/sheet2.xml"/>)"
    R"(<Relationship Id="rId3" Type="t/sharedStrings" Target="sharedStrings.xml"/>)"
    R"(<Relationship Id="rId4" Type="t/styles" Target="styles.xml"/></Relationships>)";
constexpr char kStrings[] =
    R"(<sst><si><t>資産管理番号</t></si><si><t>氏名</t></si>)"
    R"(<si><r><t>髙橋</t></r><r><t xml:space="preserve"> 恵</t></r><rPh><t>タカハシ</t></rPh></si></sst>)";
constexpr char kStyles[] =
    R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0000000"/>)"
    R"(<numFmt numFmtId="165" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>)"
    R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>)";

std::string Book(const std::string& data) {
  return Zip(
      {{"xl/workbook.xml", kBook},
       {"xl/_rels/workbook.xml.rels", kRelations},
       {"xl/sharedStrings.xml", kStrings},
       {"xl/styles.xml", kStyles},
       {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + data + "</sheetData></worksheet>"},
       {"xl/worksheets/sheet2.xml",
        R"(<worksheet><sheetData><row><c t="inlineStr"><is><t>読んでください</t></is></c></row></sheetData></worksheet>)"}});
}

std::string CodeOf(const absl::StatusOr<WholeTable>& table) {
  EXPECT_FALSE(table.ok());
  const std::optional<Problem> problem = ProblemOf(table.status());
  return problem ? problem->code : table.status().ToString();
}

constexpr char kHeaderRow[] =
    R"(<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>)"
    R"(<c r="C2" t="inlineStr"><is><t>日</t></is></c><c r="D2" t="str"><v>番号</v></c></row>)";

TEST(Workbook, ATruncatedFileIsRefused) {
  const std::string whole = Book(kHeaderRow);
  for (size_t size : {size_t{4}, size_t{100}, whole.size() / 2, whole.size() - 1}) {
    EXPECT_EQ(CodeOf(ReadTable(whole.substr(0, size))), "NOT_A_WORKBOOK") << size;
  }
}

TEST(Workbook, SpoiltBytesAreRefused) {
  std::string bytes = Book(kHeaderRow);
  bytes[bytes.find("sharedStrings.xml") + 30] ^= 0x55;
  EXPECT_FALSE(ReadTable(bytes, {.sheet = "端末一覧"}).ok());
  EXPECT_EQ(CodeOf(ReadTable(Zip({{"word/document.xml", "<x/>"}}))), "NOT_A_WORKBOOK");
  EXPECT_EQ(CodeOf(ReadTable(Book("<row><c>"), {.sheet = "端末一覧"})), "NOT_A_WORKBOOK");
}

TEST(Workbook, ABombIsNotUnpacked) {
  const std::string bomb = Book("<row>" + std::string(64u << 20, ' ') + "</row>");
  EXPECT_LT(bomb.size(), 1u << 20);
  EXPECT_EQ(CodeOf(ReadTable(bomb, {.sheet = "端末一覧"})), "WORKBOOK_EXPANDS_TOO_MUCH");
  EXPECT_EQ(CodeOf(ReadTable(Book(kHeaderRow), {.max_bytes = 100})), "FILE_TOO_LARGE");
}

TEST(Workbook, AllPartsTogetherKeepToTheLimit) {
  std::string rows = kHeaderRow;
  for (int i = 0; i < 3000; ++i)
    rows += "<row><c><v>" + std::to_string(i * 7919) + "</v></c></row>";
  const std::string book = Book(rows);
  ASSERT_LT(book.size(), 60000u);
  EXPECT_EQ(CodeOf(ReadTable(book, {.sheet = "端末一覧", .max_bytes = 60000})),
            "WORKBOOK_TOO_LARGE");
}

// Cells may name one long shared string again and again.
TEST(Workbook, AllCellsTogetherKeepToTheLimit) {
  const std::string strings = "<sst><si><t>" + std::string(10'000, 'x') + "</t></si></sst>";
  std::string rows;
  for (int i = 0; i < 20; ++i) rows += R"(<row><c t="s"><v>0</v></c></row>)";
  const std::string book =
      Zip({{"xl/workbook.xml", kBook},
           {"xl/_rels/workbook.xml.rels", kRelations},
           {"xl/sharedStrings.xml", strings},
           {"xl/styles.xml", kStyles},
           {"xl/worksheets/sheet1.xml",
            "<w><sheetData><row><c><v>1</v></c></row>" + rows + "</sheetData></w>"}});
  EXPECT_EQ(CodeOf(ReadTable(book, {.sheet = "端末一覧", .max_bytes = 60'000})),
            "WORKBOOK_TOO_LARGE");
  EXPECT_TRUE(ReadTable(book, {.sheet = "端末一覧", .max_bytes = 300'000}).ok());
}

TEST(Workbook, ANameThatIsNotUtf8IsRefused) {
  for (const char* name : {"\xFF", "&#xD800;"}) {
    const std::string book = std::string(R"(<workbook xmlns:r="r"><sheets><sheet name=")") + name +
                             R"(" r:id="rId1"/></sheets></workbook>)";
    EXPECT_EQ(
        CodeOf(ReadTable(Zip({{"xl/workbook.xml", book},
                              {"xl/_rels/workbook.xml.rels", kRelations},
                              {"xl/sharedStrings.xml", kStrings},
                              {"xl/styles.xml", kStyles},
                              {"xl/worksheets/sheet1.xml",
                               "<w><sheetData><row><c><v>1</v></c></row></sheetData></w>"}}))),
        "NOT_A_WORKBOOK")
        << name;
  }
}

TEST(Workbook, NamesItsSheets) {
  const absl::StatusOr<WholeTable> table = ReadTable(Book(kHeaderRow), {.sheet = "職員"});
  EXPECT_EQ(CodeOf(table), "NO_SUCH_SHEET");
  EXPECT_THAT(std::string(table.status().message()), HasSubstr("説明, 端末一覧"));
}

TEST(Workbook, KeepsToItsColumns) {
  EXPECT_EQ(CodeOf(ReadTable(Book(R"(<row r="1"><c r="XFD1"><v>1</v></c></row>)"),
                             {.sheet = "端末一覧"})),
            "TOO_MANY_COLUMNS");
}

TEST(Workbook, ReadsCellsAsTheyAreMeant) {
  const absl::StatusOr<WholeTable> table = ReadTable(
      Book(std::string(kHeaderRow) +
           R"(<row r="4"><c r="A4"><v>100000</v></c><c r="B4" t="s"><v>2</v></c>)"
           R"(<c r="C4" s="1"><v>45778</v></c><c r="D4" s="2"><v>100003</v></c></row>)"
           R"(<row r="5"><c r="A5" t="e"><v>#N/A</v></c><c r="C5" s="3"><v>45778.5</v></c></row>)"),
      {.sheet = "端末一覧"});
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->encoding, "XLSX");
  EXPECT_EQ(table->sheet, "端末一覧");
  EXPECT_THAT(table->header, ElementsAre("資産管理番号", "氏名", "日", "番号"));
  ASSERT_EQ(table->rows.size(), 2u);
  EXPECT_EQ(table->rows[0].line, 4u);
  EXPECT_THAT(table->rows[0].cells, ElementsAre("100000", "髙橋 恵", "2025-05-01", "0100003"));
  EXPECT_THAT(table->rows[1].cells, ElementsAre("#N/A", "", "2025-05-01 12:00", ""));
}

TEST(Workbook, TheFirstSheetIsTheDefault) {
  const absl::StatusOr<WholeTable> table = ReadTable(Book(kHeaderRow));
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->header, ElementsAre("読んでください"));
}

TEST(NumberFormat, TellsDatesFromNumbers) {
  for (const char* date :
       {"yyyy/m/d", "ggge\"年\"m\"月\"d\"日\"", "m/d", "[$-411]ge.m.d", "yyyy-mm-dd hh:mm"}) {
    EXPECT_TRUE(ParseNumberFormat(date).date) << date;
  }
  for (const char* number :
       {"General", "0", "0.00E+00", "#,##0", "\"day\"0", "[Red]0", "@", "h:mm", "\\d0", "0_d"}) {
    EXPECT_FALSE(ParseNumberFormat(number).date) << number;
  }
  EXPECT_EQ(ParseNumberFormat("0000000").zero_digits, 7u);
  // Each cell with the format would get as many digits.
  EXPECT_EQ(ParseNumberFormat(std::string(256, '0')).zero_digits, 0u);
}

TEST(NumberFormat, CountsDaysAsSpreadsheetsDo) {
  const NumberFormat date{.date = true, .zero_digits = 0};
  EXPECT_EQ(FormatNumber("61", date, false), "1900-03-01");
  EXPECT_EQ(FormatNumber("45778", date, false), "2025-05-01");
  EXPECT_EQ(FormatNumber("44316", date, true), "2025-05-01");
  EXPECT_EQ(FormatNumber("2958466", date, false), "2958466");
  EXPECT_EQ(FormatNumber("nan", date, false), "nan");
  EXPECT_EQ(FormatNumber("1e300", date, false), "1e300");
}

}  // namespace
}  // namespace kirikae::tabular

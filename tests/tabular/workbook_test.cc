#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

#include <string>
#include <utility>
#include <vector>

#include "service/tabular/table.h"
#include "service/tabular/workbook_formats.h"
#include "service/tabular/xlsx_reader.h"
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
    R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="3"/></cellXfs></styleSheet>)";

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
  EXPECT_EQ(CodeOf(ReadTable(Zip({{"word/document.xml", "<x/>"}}))), "NOT_A_TABLE");
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

TEST(Workbook, AFormatThatIsNotUtf8IsRefused) {
  for (const char* code : {"0000\xFF", "0000&#xD800;"}) {
    const std::string styles = std::string(R"(<s><numFmts><numFmt numFmtId="164" formatCode=")") +
                               code + R"("/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></s>)";
    EXPECT_EQ(CodeOf(ReadTable(
                  Zip({{"xl/workbook.xml", kBook},
                       {"xl/_rels/workbook.xml.rels", kRelations},
                       {"xl/sharedStrings.xml", kStrings},
                       {"xl/styles.xml", styles},
                       {"xl/worksheets/sheet1.xml",
                        R"(<w><sheetData><row><c s="0"><v>1</v></c></row></sheetData></w>)"}}))),
              "NOT_A_WORKBOOK")
        << code;
  }
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

std::string Shown(const std::string& code, const std::string& value) {
  const std::optional<ShownNumber> shown = NumberFormat(code).Show(value, false);
  return shown.has_value() ? shown->text : "not read";
}

TEST(NumberFormat, TellsDatesFromNumbers) {
  for (const char* date : {"yyyy/m/d", "ggge\"年\"m\"月\"d\"日\"", "m/d", "[$-411]ge.m.d",
                           "yyyy-mm-dd hh:mm", "[DBNum1]ggge\"年\"m\"月\"", "m\"月\""}) {
    EXPECT_EQ(Shown(date, "45778"), "2025-05-01") << date;
  }
  for (const char* number : {"General", "0", "#", "[Red]0", "@", "0_d", "[$-411]0"}) {
    EXPECT_EQ(Shown(number, "45778"), "45778") << number;
  }
  EXPECT_EQ(Shown("0000000", "12"), "0000012");
  // Each cell with the format would get as many digits.
  EXPECT_EQ(Shown(std::string(256, '0'), "12"), "12");
}

TEST(NumberFormat, CountsDaysAsSpreadsheetsDo) {
  const NumberFormat date("yyyy/m/d");
  const auto text = [&](const std::string& value, bool from_1904) {
    return date.Show(value, from_1904)->text;
  };
  EXPECT_EQ(text("1", false), "1900-01-01");
  EXPECT_EQ(text("60", false), "60");
  EXPECT_EQ(text("61", false), "1900-03-01");
  EXPECT_EQ(text("45778", false), "2025-05-01");
  EXPECT_EQ(text("45778.5", false), "2025-05-01 12:00");
  EXPECT_EQ(text("44316", true), "2025-05-01");
  EXPECT_EQ(text("2958466", false), "2958466");
  EXPECT_EQ(text("nan", false), "nan");
}

TEST(NumberFormat, ShowsNumbersAsOtherProgramsStoreThem) {
  EXPECT_EQ(Shown("General", "1001.0"), "1001");
  EXPECT_EQ(Shown("General", "124599.99999999999"), "124600");
  EXPECT_EQ(Shown("General", "1E3"), "1000");
  EXPECT_EQ(Shown("General", "0.30000000000000004"), "0.3");
  EXPECT_EQ(Shown("General", "123456789012345"), "123456789012345");
  EXPECT_EQ(Shown("General", "1234567890123456789"), "1.23456789012346E+18");
  EXPECT_EQ(Shown("General", "-5"), "-5");
  EXPECT_EQ(Shown("General", "-0.0"), "0");
}

TEST(NumberFormat, ShowsLiteralsPaddingAndSections) {
  EXPECT_EQ(Shown("0000000", "100003"), "0100003");
  EXPECT_EQ(Shown("\"TSM-\"00000", "123"), "TSM-00123");
  EXPECT_EQ(Shown("000-0000", "1234567"), "123-4567");
  EXPECT_EQ(Shown("00\\-00", "12345"), "123-45");
  EXPECT_EQ(Shown("General\"台\"", "3"), "3台");
  EXPECT_EQ(Shown("0.00", "1.005"), "1.01");
  EXPECT_EQ(Shown("0.0#", "2.5"), "2.5");
  EXPECT_EQ(Shown("0%", "0.125"), "13%");
  EXPECT_EQ(Shown("#,##0", "1234567"), "1,234,567");
  EXPECT_EQ(Shown("#,##0,", "1234567"), "1,235");
  EXPECT_EQ(Shown("0.00E+00", "100000"), "1.00E+05");
  EXPECT_EQ(Shown("[$¥-411]#,##0;[Red]-[$¥-411]#,##0", "-5"), "-¥5");
  EXPECT_EQ(Shown("[=1]\"有\";[=0]\"無\";General", "0"), "無");
  EXPECT_EQ(Shown("h:mm", "0.5"), "12:00");
  EXPECT_EQ(Shown("[h]:mm:ss", "1.5"), "36:00:00");
  EXPECT_EQ(Shown("h:mm AM/PM", "0.75"), "6:00 PM");
  EXPECT_EQ(Shown(";;;", "5"), "");
  EXPECT_EQ(NumberFormat("#,##0").Show("1001", false)->plain, "1001");
}

TEST(NumberFormat, SaysWhatItDoesNotRead) {
  EXPECT_EQ(Shown("# ?/?", "0.5"), "not read");
  EXPECT_EQ(Shown("[DBNum1]0", "5"), "not read");
}

TEST(NumberFormat, ShowsTextsByTheirSection) {
  EXPECT_EQ(NumberFormat("@").ShowText("a"), "a");
  EXPECT_EQ(NumberFormat("General").ShowText("a"), "a");
  EXPECT_EQ(NumberFormat("0;0;0;\"PC-\"@").ShowText("7"), "PC-7");
  EXPECT_EQ(NumberFormat("@\"様\"").ShowText("髙橋"), "髙橋様");
  EXPECT_EQ(NumberFormat(";;;").ShowText("hidden"), "");
}

// A workbook with one sheet; `extra` stands behind the rows.
std::string Simple(const std::string& rows, const std::string& extra = "",
                   const std::string& book = "") {
  return Zip(
      {{"xl/workbook.xml",
        R"(<workbook xmlns:r="r"><sheets><sheet name="台帳" r:id="rId1"/></sheets>)" + book +
            "</workbook>"},
       {"xl/_rels/workbook.xml.rels",
        R"(<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="s.xml"/>)"
        R"(<Relationship Id="rId2" Type="t/styles" Target="styles.xml"/></Relationships>)"},
       {"xl/styles.xml", kStyles},
       {"xl/s.xml", "<worksheet><sheetData>" + rows + "</sheetData>" + extra + "</worksheet>"}});
}

std::string TextCell(const std::string& reference, const std::string& text) {
  return R"(<c r=")" + reference + R"(" t="inlineStr"><is><t>)" + text + "</t></is></c>";
}

WholeTable Read(const std::string& bytes, const ReadOptions& options = {}) {
  absl::StatusOr<WholeTable> table = ReadTable(bytes, options);
  EXPECT_TRUE(table.ok()) << table.status();
  return table.ok() ? *std::move(table) : WholeTable();
}

const std::string& AbcHeader() {
  static const std::string& row =
      *new std::string(R"(<row r="1">)" + TextCell("A1", "a") + TextCell("B1", "b") +
                       TextCell("C1", "c") + "</row>");
  return row;
}

TEST(Workbook, AHiddenFirstSheetIsPassedOver) {
  const std::string book = Zip(
      {{"xl/workbook.xml",
        R"(<workbook xmlns:r="r"><sheets><sheet name="部一覧" state="veryHidden" r:id="rId2"/>)"
        R"(<sheet name="図" r:id="rId3"/><sheet name="台帳" r:id="rId1"/></sheets></workbook>)"},
       {"xl/_rels/workbook.xml.rels",
        R"(<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="1.xml"/>)"
        R"(<Relationship Id="rId2" Type="t/worksheet" Target="2.xml"/>)"
        R"(<Relationship Id="rId3" Type="t/chartsheet" Target="3.xml"/></Relationships>)"},
       {"xl/1.xml", "<worksheet><sheetData>" + AbcHeader() + "</sheetData></worksheet>"},
       {"xl/2.xml",
        "<worksheet><sheetData><row>" + TextCell("A1", "x") + "</row></sheetData></worksheet>"}});
  const WholeTable shown = Read(book);
  EXPECT_EQ(shown.sheet, "台帳");
  EXPECT_THAT(shown.other_sheets, ElementsAre("部一覧"));
  EXPECT_THAT(shown.header, ElementsAre("a", "b", "c"));
  EXPECT_THAT(Read(book, {.sheet = "部一覧"}).header, ElementsAre("x"));
}

TEST(Workbook, PartsAreFoundWhereThePackageSays) {
  const std::string sheet = "<worksheet><sheetData>" + AbcHeader() + "</sheetData></worksheet>";
  const std::string root =
      R"(<Relationships><Relationship Id="r" Type="t/officeDocument" Target=")";
  const std::string book =
      R"(<workbook xmlns:r="r"><sheets><sheet name="s" r:id="rId1"/></sheets></workbook>)";
  const auto relations = [](const std::string& target) {
    return R"(<Relationships><Relationship Id="rId1" Type="t/worksheet" Target=")" + target +
           R"("/></Relationships>)";
  };
  for (const std::string& bytes :
       {Zip({{"_rels/.rels", root + R"(/xl/workbook22.xml"/></Relationships>)"},
             {"xl/workbook22.xml", book},
             {"xl/_rels/workbook22.xml.rels", relations("worksheets/sheet1.xml")},
             {"xl/worksheets/sheet1.xml", sheet}}),
        Zip({{"_rels/.rels", root + R"(book.xml"/></Relationships>)"},
             {"book.xml", book},
             {"_rels/book.xml.rels", relations("sheet.xml")},
             {"sheet.xml", sheet}}),
        Zip({{"_RELS\\.rels", root + R"(XL\WorkBook.xml"/></Relationships>)"},
             {"xl\\workbook.xml", book},
             {"xl\\_rels\\Workbook.XML.rels", relations("../Data/Sheet%201.xml")},
             {"data\\sheet 1.xml", sheet}})}) {
    EXPECT_THAT(Read(bytes).header, ElementsAre("a", "b", "c"));
  }
}

TEST(Workbook, EscapesOfCharactersAreRead) {
  EXPECT_EQ(FromEscaped("一行目_x000D_\n二行目"), "一行目\r\n二行目");
  EXPECT_EQ(FromEscaped("_x005F_x0041_"), "_x0041_");
  EXPECT_EQ(FromEscaped("_xD842__xDFB7_"), "𠮷");
  EXPECT_EQ(FromEscaped("_xD842_a"), "\uFFFDa");
  EXPECT_EQ(FromEscaped("_x41_ x_x004G_"), "_x41_ x_x004G_");
}

TEST(Workbook, MergedCellsHaveTheirValueInEachRow) {
  const WholeTable table = Read(Simple(
      AbcHeader() + R"(<row r="2">)" + TextCell("A2", "1") + TextCell("B2", "総務部") + "</row>" +
          R"(<row r="3">)" + TextCell("A3", "2") + "</row>" + R"(<row r="4">)" +
          TextCell("A4", "3") + R"(<c r="B4"/></row><row r="5">)" + TextCell("A5", "4") + "</row>",
      R"(<mergeCells count="1"><mergeCell ref="B2:B4"/></mergeCells>)"));
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_EQ(table.rows[1].cells[1], "総務部");
  EXPECT_EQ(table.rows[2].cells[1], "総務部");
  EXPECT_EQ(table.rows[3].cells[1], "");
}

TEST(Workbook, CellsMergedAcrossAreNamed) {
  const WholeTable table = Read(Simple(
      AbcHeader() + R"(<row r="2">)" + TextCell("A2", "1") + TextCell("B2", "会計室") + "</row>",
      R"(<mergeCells><mergeCell ref="B2:C2"/></mergeCells>)"));
  ASSERT_EQ(table.rows.size(), 1U);
  ASSERT_EQ(table.rows[0].notes.problems.size(), 1U);
  EXPECT_EQ(table.rows[0].notes.problems[0].second, MergedAcross("B2:C2"));
}

TEST(Workbook, AFormulaWithoutAResultIsNamed) {
  const WholeTable table = Read(
      Simple(AbcHeader() + R"(<row r="2">)" + TextCell("A2", "1") +
             R"(<c r="B2"><f>"x"</f><v></v></c><c r="C2" t="str"><f>""</f><v></v></c></row>)"));
  ASSERT_EQ(table.rows.size(), 1U);
  ASSERT_EQ(table.rows[0].notes.problems.size(), 1U);
  EXPECT_EQ(table.rows[0].notes.problems[0].first, 1U);
  EXPECT_EQ(table.rows[0].notes.problems[0].second, FormulaWithoutValue("B2"));
}

TEST(Workbook, AResultThatIsStillToBeCalculatedIsNamed) {
  const std::string rows = AbcHeader() + R"(<row r="2">)" + TextCell("A2", "1") +
                           R"(<c r="B2"><f>1+1</f><v>0</v></c></row>)";
  EXPECT_EQ(Read(Simple(rows, "", R"(<calcPr fullCalcOnLoad="1"/>)")).rows[0].notes.problems.size(),
            1U);
  EXPECT_TRUE(Read(Simple(rows)).rows[0].notes.problems.empty());
}

TEST(Workbook, AHiddenRowIsReadWithAWarning) {
  const WholeTable table =
      Read(Simple(AbcHeader() + R"(<row r="2" hidden="1">)" + TextCell("A2", "1") + "</row>"));
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_THAT(table.rows[0].problems, ElementsAre(HiddenRow()));
}

TEST(Workbook, ANumberShownWithCommasKeepsItsPlainForm) {
  const WholeTable table =
      Read(Simple(AbcHeader() + R"(<row r="2"><c r="A2" s="4"><v>1001</v></c></row>)"));
  EXPECT_EQ(table.rows[0].cells[0], "1,001");
  ASSERT_EQ(table.rows[0].notes.plain.size(), 1U);
  EXPECT_EQ(table.rows[0].notes.plain[0].second, "1001");
}

}  // namespace
}  // namespace kirikae::tabular

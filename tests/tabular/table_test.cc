#include "service/tabular/table.h"
#include "tests/tabular/whole_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace kirikae::tabular {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string CodeOf(const absl::StatusOr<WholeTable>& table) {
  EXPECT_FALSE(table.ok());
  const std::optional<Problem> problem = ProblemOf(table.status());
  return problem ? problem->code : "";
}

WholeTable Read(std::string_view bytes, const ReadOptions& options = {}) {
  absl::StatusOr<WholeTable> table = ReadTable(bytes, options);
  EXPECT_TRUE(table.ok()) << table.status();
  return table.ok() ? *std::move(table) : WholeTable{};
}

TEST(StreamTable, RefusesAFileWithoutHeader) {
  EXPECT_EQ(CodeOf(ReadTable("")), "NO_HEADER");
  EXPECT_EQ(CodeOf(ReadTable("\r\n\n\r")), "NO_HEADER");
  EXPECT_EQ(CodeOf(ReadTable(",,\n")), "NO_HEADER");
}

TEST(StreamTable, RefusesNulAndBytesOfNoEncoding) {
  EXPECT_EQ(CodeOf(ReadTable(std::string("a,b\nc\0,d\n", 9))), "NUL_CHARACTER");
  const absl::StatusOr<WholeTable> table = ReadTable("a,b\n\x8D\x82,\xFF\n");
  EXPECT_EQ(CodeOf(table), "UNDECODABLE_BYTES");
  EXPECT_THAT(ProblemOf(table.status())->sentence.args, ElementsAre("7", "2", "CP932"));
}

TEST(StreamTable, KeepsToItsLimits) {
  EXPECT_EQ(CodeOf(ReadTable("a,b\n1,2\n", {.max_bytes = 7})), "FILE_TOO_LARGE");
  EXPECT_EQ(CodeOf(ReadTable("a\n1\n2\n3\n", {.max_rows = 2})), "TOO_MANY_ROWS");
  EXPECT_EQ(CodeOf(ReadTable("a,b,c\n", {.max_columns = 2})), "TOO_MANY_COLUMNS");
  EXPECT_TRUE(ReadTable("a," + std::string(1'000, 'b') + "\n1,2\n").ok());
  std::string header = "a,";
  header.resize(60'000'000, 'b');
  EXPECT_EQ(CodeOf(ReadTable(header + "\n1,2\n")), "HEADER_TOO_LONG");
  EXPECT_EQ(CodeOf(ReadTable("a\n" + std::string(5000, ',') + "\n")), "TOO_MANY_COLUMNS");
  EXPECT_EQ(Read("a\n1\n2\n", {.max_columns = 1, .max_rows = 2}).rows.size(), 2u);
}

TEST(StreamTable, ARowOfAnotherWidthIsThatRowsError) {
  const WholeTable table = Read("a,b,c\n1,2\n1,2,3,4\n1,2,3\n1,2,3,,\n");
  ASSERT_EQ(table.rows.size(), 4u);
  EXPECT_EQ(table.rows[0].problems[0], WrongCellCount(2, 3));
  EXPECT_EQ(table.rows[1].problems[0], WrongCellCount(4, 3));
  EXPECT_THAT(table.rows[2].problems, IsEmpty());
  EXPECT_THAT(table.rows[3].cells, ElementsAre("1", "2", "3"));
}

TEST(StreamTable, NamesTheLineWhereANeverClosedQuoteOpens) {
  const WholeTable one = Read("a,b\n1,2\n3,\"x\ny\nz");
  ASSERT_EQ(one.rows.size(), 2u);
  EXPECT_EQ(one.rows[1].line, 3u);
  EXPECT_EQ(one.rows[1].problems[0], QuoteNeverClosed(3));
  // The record begins in line 2; its second quotation mark opens in line 3.
  const WholeTable two = Read("a,b\n\"1\n2\",\"x\ny");
  ASSERT_EQ(two.rows.size(), 1u);
  EXPECT_EQ(two.rows[0].line, 2u);
  EXPECT_EQ(two.rows[0].problems[0], QuoteNeverClosed(3));
  EXPECT_EQ(CodeOf(ReadTable("\"a,b\n")), "QUOTE_NEVER_CLOSED");
}

TEST(StreamTable, AQuoteClosedByTheLastByteIsClosed) {
  const WholeTable table = Read("a,b\n1,\"2\"");
  ASSERT_EQ(table.rows.size(), 1u);
  EXPECT_THAT(table.rows[0].cells, ElementsAre("1", "2"));
  EXPECT_THAT(Read("a,b\n1,\"\"").rows[0].cells, ElementsAre("1", ""));
}

TEST(StreamTable, CountsLinesThroughQuotedBreaksAndBlankLines) {
  const WholeTable table = Read("\r\na,b\r\n\"1\r\n2\",x\r\n\r\n,\r\n3,\"y \"\"z\"\"\"\r\n4, w ");
  ASSERT_EQ(table.rows.size(), 3u);
  EXPECT_EQ(table.rows[0].line, 3u);
  EXPECT_THAT(table.rows[0].cells, ElementsAre("1\r\n2", "x"));
  EXPECT_EQ(table.rows[1].line, 7u);
  EXPECT_THAT(table.rows[1].cells, ElementsAre("3", "y \"z\""));
  EXPECT_EQ(table.rows[2].line, 8u);
  EXPECT_THAT(table.rows[2].cells, ElementsAre("4", " w "));
}

TEST(StreamTable, TakesEachLineEnd) {
  for (const char* bytes :
       {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r", "a,b\n1,2\r\n3,4"}) {
    const WholeTable table = Read(bytes);
    ASSERT_EQ(table.rows.size(), 2u);
    EXPECT_EQ(table.rows[1].line, 3u);
    EXPECT_THAT(table.rows[1].cells, ElementsAre("3", "4"));
  }
}

TEST(StreamTable, FindsTheDelimiterInTheHeader) {
  EXPECT_EQ(Read("a\tb\tc,d\n1\t2\t3\n").delimiter, '\t');
  EXPECT_EQ(Read("a;b\n1,5;2\n").delimiter, ';');
  EXPECT_EQ(Read("a\n1;2\n").delimiter, ',');
  EXPECT_EQ(Read("\"a;b;c\",d\n1,2\n").delimiter, ',');
  EXPECT_EQ(Read("a;b,c\n1;2,3\n", {.delimiter = ';'}).header.size(), 2u);
}

TEST(StreamTable, DropsTrailingColumnsWithoutHeader) {
  const WholeTable table = Read(" a ,b,,\n1,2,,\n1,2,,x\n");
  EXPECT_THAT(table.header, ElementsAre("a", "b"));
  EXPECT_THAT(table.rows[0].problems, IsEmpty());
  EXPECT_EQ(table.rows[1].problems[0].code, "WRONG_CELL_COUNT");
}

TEST(StreamTable, SaysWhichEncodingItRead) {
  EXPECT_EQ(Read("a\n\x8D\x82\n").encoding, "CP932");
  EXPECT_EQ(Read("a\n高\n").encoding, "UTF-8");
  EXPECT_EQ(Read("a\n\xC2\xB1\n", {.encoding = text::Encoding::kCp932}).rows[0].cells[0], "ﾂｱ");
}

}  // namespace
}  // namespace kirikae::tabular

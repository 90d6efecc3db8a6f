// What is no table is named, with what to do.
#include "service/tabular/file_kind.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/tabular/whole_table.h"

namespace kirikae::tabular {
namespace {

using namespace std::string_literals;

std::string CodeOf(const std::string& bytes) {
  const absl::StatusOr<WholeTable> table = ReadTable(bytes);
  const std::optional<Problem> problem = ProblemOf(table.status());
  return problem.has_value() ? problem->code : table.status().ToString();
}

std::string Wide(const std::string& text) {
  std::string out;
  for (const char c : text) out += {c, '\0'};
  return out;
}

TEST(KindThatIsNoTable, WorkbooksInOtherFormsAreNamed) {
  const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s + std::string(504, '\0');
  EXPECT_EQ(CodeOf(ole), "OLD_WORKBOOK");
  EXPECT_EQ(CodeOf(ole + Wide("Workbook")), "OLD_WORKBOOK");
  EXPECT_EQ(CodeOf(ole + Wide("EncryptedPackage")), "LOCKED_WORKBOOK");
  EXPECT_EQ(CodeOf(ole + Wide("WordDocument")), "NOT_A_TABLE");
  EXPECT_EQ(CodeOf("\x09\x04\x06\x00\x00\x04"s), "OLD_WORKBOOK");
}

TEST(KindThatIsNoTable, WebPagesAreNamed) {
  EXPECT_EQ(CodeOf("<html><table><tr><td>a</td></tr></table></html>"), "HTML_FILE");
  EXPECT_EQ(CodeOf("\r\n<!DOCTYPE HTML PUBLIC \"-//W3C\">"), "HTML_FILE");
  EXPECT_EQ(CodeOf("\xEF\xBB\xBF<TABLE border=1>"), "HTML_FILE");
  EXPECT_EQ(CodeOf("\xFF\xFE" + Wide("<html>")), "HTML_FILE");
  EXPECT_EQ(CodeOf("MIME-Version: 1.0\r\nContent-Type: multipart/related"), "HTML_FILE");
  EXPECT_EQ(CodeOf("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>"),
            "XML_SPREADSHEET");
  EXPECT_EQ(CodeOf("<?xml version=\"1.0\"?><devices/>"), "NOT_A_TABLE");
}

TEST(KindThatIsNoTable, DocumentsImagesAndArchivesAreNamed) {
  for (const std::string& bytes :
       {"%PDF-1.7\n"s, "{\\rtf1"s, "\x1F\x8B\x08"s, "\x89PNG\r\n\x1A\n"s, "\xFF\xD8\xFF\xE0"s,
        "SQLite format 3\0"s, "\0\1\0\0Standard Jet DB"s, "ID;PWXL;N;E"s}) {
    EXPECT_EQ(CodeOf(bytes), "NOT_A_TABLE") << bytes;
  }
}

TEST(KindThatIsNoTable, ATableIsNone) {
  for (const std::string& bytes : {"a,b\n1,2\n"s, "<b>,c\n1,2\n"s, "ID,b\n"s, "PDF,b\n"s}) {
    EXPECT_FALSE(KindThatIsNoTable(bytes).has_value()) << bytes;
  }
}

}  // namespace
}  // namespace kirikae::tabular

// The header is found below titles, and may have two lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "service/tabular/profile.h"
#include "service/tabular/table.h"

namespace kirikae::tabular {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Found {
  std::vector<std::string> header;
  std::vector<TableRow> rows;
};

Found Read(std::string_view bytes) {
  const Profile profile = *BuiltInProfile("ward", TableKind::kDevices);
  Found found;
  const TableSink sink{
      [&](const Table& table) {
        found.header = table.header;
        return absl::OkStatus();
      },
      [&](TableRow row) {
        found.rows.push_back(std::move(row));
        return absl::OkStatus();
      },
      [&](const std::vector<std::string>& cells) { return FitOf(profile, cells); }};
  const auto table = StreamTable(bytes, {}, sink);
  EXPECT_TRUE(table.ok()) << table.status();
  return found;
}

TEST(Header, IsFoundBelowATitle) {
  for (const char* title :
       {"端末管理台帳\n", "端末管理台帳,,\n令和7年4月1日現在,,\n", "\"台帳, 写し\"\n\n"}) {
    const Found found =
        Read(std::string(title) + "資産管理番号,ホスト名,備考\nT-1,PC1,x\nT-2,PC2,y\n");
    EXPECT_THAT(found.header, ElementsAre("資産管理番号", "ホスト名", "備考")) << title;
    ASSERT_THAT(found.rows, SizeIs(2));
    ASSERT_THAT(found.rows[0].problems, SizeIs(1));
    EXPECT_EQ(found.rows[0].problems[0].code, "LINES_ABOVE_HEADER");
    EXPECT_THAT(found.rows[1].problems, IsEmpty());
  }
}

TEST(Header, DecidesTheDelimiterBelowATitle) {
  const Found found = Read("端末台帳, 2025年度\n資産管理番号\tホスト名\nT-1\tPC1\n");
  EXPECT_THAT(found.header, ElementsAre("資産管理番号", "ホスト名"));
  EXPECT_THAT(found.rows[0].cells, ElementsAre("T-1", "PC1"));
}

TEST(Header, MayHaveTwoLines) {
  const Found found =
      Read("資産管理番号,所属,,使用者,,備考\n,部,課,職員番号,氏名,\nT-1,総務部,総務課,1,髙橋,x\n");
  EXPECT_THAT(found.header,
              ElementsAre("資産管理番号", "部", "課", "使用者職員番号", "使用者氏名", "備考"));
  ASSERT_THAT(found.rows, SizeIs(1));
  EXPECT_THAT(found.rows[0].problems, IsEmpty());
}

TEST(Header, OnTheFirstLineIsTakenAsItIs) {
  const Found found = Read("資産管理番号\nT-1\n備考\n");
  EXPECT_THAT(found.header, ElementsAre("資産管理番号"));
  EXPECT_THAT(found.rows, SizeIs(2));
}

TEST(Header, WithoutACompleteOneTheLikeliestIsNamed) {
  const Found found = Read("端末台帳\nホスト名,備考,資産番号\nPC1,x,T-1\n");
  EXPECT_THAT(found.header, ElementsAre("ホスト名", "備考", "資産番号"));
  EXPECT_THAT(Read("x,y\n1,2\n").header, ElementsAre("x", "y"));
}

TEST(Header, FollowsASepLine) {
  const Found found = Read("sep=;\r\n資産管理番号;ホスト名\r\nT-1;PC1\r\n");
  EXPECT_THAT(found.header, ElementsAre("資産管理番号", "ホスト名"));
  ASSERT_THAT(found.rows, SizeIs(1));
  EXPECT_EQ(found.rows[0].line, 3U);
  EXPECT_THAT(Read("\"SEP=|\"\n資産管理番号|ホスト名\nT-1|PC1\n").header,
              ElementsAre("資産管理番号", "ホスト名"));
}

TEST(Header, AnEndMarkIsNoRow) {
  EXPECT_THAT(Read("資産管理番号,ホスト名\r\nT-1,PC1\r\n\x1A").rows, SizeIs(1));
}

}  // namespace
}  // namespace kirikae::tabular

#include "service/tabular/device_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "service/text/encoding.h"
#include "tests/tabular/whole_table.h"

namespace kirikae::tabular {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kHeader =
    "資産管理番号,ホスト名,シリアル番号,機種,OS,設置場所,階,部,課,端末区分,ネットワーク区分,"
    "使用者職員番号,使用者氏名,使用者カナ,役職,カメラ,認証方式,最終棚卸日,備考\r\n";

// A valid row; each test damages some cells.
struct Cells {
  std::string tag = "TSM-90001";
  std::string host = {};  // empty = one of its own
  std::string floor = "5階";
  std::string kind = "職員端末";
  std::string network = "LGWAN系";
  std::string users = "0200001";
  std::string names = "髙橋　恵";
  std::string camera = "内蔵";
  std::string method = "ICカード＋パスワード";
  std::string day = "令和7年4月1日";
  std::string note = {};

  std::string Line() const {
    const std::string own = host.empty() ? "PC" + tag : host;
    return tag + "," + own + ",SN" + tag + ",ThinkPad L13,Windows 11 Pro,本庁舎," + floor +
           ",総務部,総務課," + kind + "," + network + "," + users + "," + names +
           ",タカハシ メグミ,主任," + camera + "," + method + "," + day + "," + note + "\r\n";
  }
};

TypedRows<DeviceRow> ReadBytes(const std::string& bytes) {
  const absl::StatusOr<WholeTable> table = ReadTable(bytes);
  EXPECT_TRUE(table.ok()) << table.status();
  if (!table.ok()) return {};
  return ReadDeviceRows(*table, *BuiltInProfile("ward", TableKind::kDevices));
}

TypedRow<DeviceRow> ReadOne(const Cells& cells) {
  const auto rows = ReadBytes(std::string(kHeader) + cells.Line());
  EXPECT_EQ(rows.rows.size(), 1u);
  return rows.rows.empty() ? TypedRow<DeviceRow>{} : rows.rows[0];
}

// One row for each fault, as CP932 with a raw user-defined character.
std::string FaultyFile() {
  std::string text(kHeader);
  text += Cells{}.Line();                                             // 2
  text += Cells{.host = "TSMPC90002"}.Line();                         // 3
  text += Cells{.tag = ""}.Line();                                    // 4
  text += Cells{.tag = "TSM-90004", .kind = "管理者端末"}.Line();     // 5
  text += Cells{.tag = "TSM-90005", .day = "令和7年2月30日"}.Line();  // 6
  text += Cells{.tag = "TSM-90006", .day = "平成31年5月1日"}.Line();  // 7
  text += Cells{.tag = "TSM-90007", .users = "1.00E+05"}.Line();      // 8
  text += Cells{.tag = "TSM-90008", .method = "顔認証"}.Line();       // 9
  text += Cells{.tag = "TSM-90009", .note = ",余分"}.Line();          // 10
  text += Cells{.tag = "ＴＳＭ－９００１０",
                .host = "ｔｓｍｐｃ９００１０",  // 11
                .method = "顔＋パスワード"}
              .Line();
  text += Cells{.tag = "TSM-90011", .names = "GAIJI　太郎"}.Line();                          // 12
  text += Cells{.tag = "TSM-90012", .floor = "\"5階\r\n東側\"", .network = "LGWAN"}.Line();  // 13
  text += "\"TSM-90013,TSMPC90013,閉じていない引用符\r\n";                                   // 15
  std::vector<text::WrittenAs> lost;
  std::string bytes = text::EncodeCp932(text, &lost);
  EXPECT_THAT(lost, IsEmpty());
  bytes.replace(bytes.find("GAIJI"), 5, "\xF0\x40");
  return bytes;
}

TEST(DeviceRows, EveryFaultOfAFileGetsItsSentenceAndLine) {
  const auto read = ReadBytes(FaultyFile());
  EXPECT_THAT(read.header_problems, IsEmpty());
  std::map<size_t, TypedRow<DeviceRow>> at;
  for (const auto& row : read.rows) at[row.line] = row;
  ASSERT_EQ(at.size(), 13u);
  EXPECT_THAT(at[2].problems, IsEmpty());
  EXPECT_THAT(at[3].problems, ElementsAre(DuplicateKey("資産管理番号", "TSM-90001", 2)));
  EXPECT_THAT(at[4].problems, ElementsAre(MissingKey("資産管理番号")));
  EXPECT_THAT(at[5].problems, ElementsAre(UnknownValue("端末区分", "管理者端末", "管理職端末")));
  ASSERT_EQ(at[6].problems.size(), 1u);
  EXPECT_EQ(at[6].problems[0].sentence.English(), "There is no such day: 令和7年2月30日.");
  EXPECT_EQ(at[6].problems[0].column, "最終棚卸日");
  ASSERT_EQ(at[7].problems.size(), 1u);
  EXPECT_EQ(at[7].problems[0].code, "ERA_ENDED");
  EXPECT_TRUE(at[7].usable());
  EXPECT_EQ(at[7].value.inventoried_on, absl::CivilDay(2019, 5, 1));
  EXPECT_THAT(at[8].problems, ElementsAre(ScientificNotation("使用者職員番号", "1.00E+05")));
  EXPECT_THAT(at[9].problems, ElementsAre(SingleFactor("認証方式", "顔認証")));
  EXPECT_THAT(at[10].problems, ElementsAre(WrongCellCount(20, 19)));
  EXPECT_EQ(at[10].value.asset_tag, "TSM-90009");
  EXPECT_THAT(at[11].problems, IsEmpty());
  EXPECT_EQ(at[11].value.asset_tag, "TSM-90010");
  EXPECT_EQ(at[11].value.asset_tag_given, "ＴＳＭ－９００１０");
  EXPECT_EQ(at[11].value.host_name, "TSMPC90010");
  EXPECT_EQ(at[11].value.auth_method, "FACE_AND_PASSWORD");
  EXPECT_THAT(at[12].problems,
              ElementsAre(UserDefinedCharacter("使用者氏名", "\uE000　太郎", 0xE000)));
  EXPECT_TRUE(at[12].usable());
  EXPECT_THAT(*at[12].value.user_names, ElementsAre("\uE000　太郎"));
  EXPECT_THAT(at[13].problems, IsEmpty());
  EXPECT_EQ(at[13].value.floor, "5階\r\n東側");
  EXPECT_EQ(at[13].value.network, "LGWAN");
  EXPECT_THAT(at[15].problems, ElementsAre(QuoteNeverClosed(15)));
  EXPECT_EQ(at[15].value.asset_tag, "");
}

TEST(DeviceRows, ReportsAllFaultsOfARow) {
  const auto row = ReadOne({.tag = "2025/3/4",
                            .kind = "x",
                            .users = "1;1;2.0",
                            .camera = "#N/A",
                            .method = "パスワード",
                            .day = "45413"});
  std::vector<std::string> codes;
  for (const Problem& problem : row.problems) codes.push_back(problem.code);
  EXPECT_THAT(codes, ElementsAre("DATE_FOR_IDENTIFIER", "UNKNOWN_VALUE", "USER_TWICE",
                                 "DECIMAL_NUMBER", "USER_COUNTS_DIFFER", "SPREADSHEET_ERROR",
                                 "UNKNOWN_VALUE", "SINGLE_FACTOR", "DAY_NUMBER"));
  EXPECT_EQ(row.problems.back().suggestion, "2024-05-01");
}

TEST(DeviceRows, AHeaderFaultComesBeforeAnyRow) {
  const auto rows = ReadBytes("ホスト名\nx\n");
  EXPECT_THAT(rows.header_problems, ElementsAre(MissingColumn("資産管理番号")));
  EXPECT_THAT(rows.rows, IsEmpty());
}

TEST(DeviceRows, ReadsEveryField) {
  const DeviceRow row = ReadOne({.kind = "窓口共用端末",
                                 .network = "個人番号利用事務系",
                                 .users = "0200001;0200002",
                                 .names = "斎藤　恵 他",
                                 .camera = "なし",
                                 .note = " 貸出中 "})
                            .value;
  EXPECT_EQ(row.serial, "SNTSM-90001");
  EXPECT_EQ(row.model, "ThinkPad L13");
  EXPECT_EQ(row.os, "Windows 11 Pro");
  EXPECT_EQ(row.site, "本庁舎");
  EXPECT_EQ(row.department, "総務部/総務課");
  EXPECT_EQ(row.kind, "SHARED_COUNTER_TERMINAL");
  EXPECT_EQ(row.network, "MY_NUMBER");
  EXPECT_THAT(*row.user_staff_numbers, ElementsAre("0200001", "0200002"));
  EXPECT_THAT(*row.user_names, ElementsAre("斎藤　恵"));
  EXPECT_TRUE(row.users_abbreviated);
  EXPECT_THAT(*row.user_kana, ElementsAre("タカハシ メグミ"));
  EXPECT_EQ(row.title, "主任");
  EXPECT_EQ(row.camera, "NONE");
  EXPECT_EQ(row.auth_method, "IC_CARD_AND_PASSWORD");
  EXPECT_EQ(row.inventoried_on, absl::CivilDay(2025, 4, 1));
  EXPECT_EQ(row.note, "貸出中");
}

TEST(DeviceRows, ANameMayEndInTheCharacterForOthers) {
  EXPECT_THAT(*ReadOne({.names = "田中　他"}).value.user_names, ElementsAre("田中"));
  EXPECT_THAT(*ReadOne({.names = "山田　勇他"}).value.user_names, ElementsAre("山田　勇他"));
  EXPECT_THAT(*ReadOne({.names = "山田　勇他3名"}).value.user_names, ElementsAre("山田　勇"));
}

TEST(DeviceRows, AnAbsentColumnIsNotAnEmptyCell) {
  const auto rows = ReadBytes("資産管理番号,備考,カメラ,最終棚卸日\nTSM-1,,,\n");
  ASSERT_EQ(rows.rows.size(), 1u);
  const DeviceRow& row = rows.rows[0].value;
  EXPECT_EQ(row.note, "");
  EXPECT_EQ(row.camera, "UNKNOWN");
  ASSERT_TRUE(row.inventoried_on.has_value());
  EXPECT_FALSE(row.inventoried_on->has_value());
  EXPECT_FALSE(row.host_name.has_value());
  EXPECT_FALSE(row.kind.has_value());
  EXPECT_FALSE(row.user_staff_numbers.has_value());
  EXPECT_FALSE(row.department.has_value());
  EXPECT_TRUE(rows.rows[0].usable());
}

TEST(DeviceRows, KindMayNotBeEmpty) {
  EXPECT_THAT(ReadOne({.kind = ""}).problems, ElementsAre(EmptyCell("端末区分")));
}

TEST(DeviceRows, TakesOtherWordsForValues) {
  for (const char* method : {"FACE_AND_PASSWORD", "face and password", "顔+ﾊﾟｽﾜｰﾄﾞ",
                             "顔認証＋パスワード", "顔 ＋ パスワード"}) {
    EXPECT_EQ(ReadOne({.method = method}).value.auth_method, "FACE_AND_PASSWORD") << method;
  }
  EXPECT_EQ(ReadOne({.kind = "manager terminal"}).value.kind, "MANAGER_TERMINAL");
  EXPECT_EQ(ReadOne({.camera = "外付け"}).value.camera, "EXTERNAL");
  EXPECT_EQ(ReadOne({.network = "ｌｇｗａｎ"}).value.network, "LGWAN");
}

TEST(DeviceRows, GenericProfileReadsEnglishHeaders) {
  const absl::StatusOr<WholeTable> table = ReadTable(
      "Asset tag,kind,department,auth_method,inventoried_on\n"
      "tsm-1,STAFF_DEVICE,総務部/総務課,FACE_AND_IC_CARD,2025-05-01\n");
  const auto rows = ReadDeviceRows(*table, *BuiltInProfile("generic", TableKind::kDevices));
  EXPECT_THAT(rows.header_problems, IsEmpty());
  ASSERT_EQ(rows.rows.size(), 1u);
  EXPECT_THAT(rows.rows[0].problems, IsEmpty());
  EXPECT_EQ(rows.rows[0].value.asset_tag, "TSM-1");
  EXPECT_EQ(rows.rows[0].value.department, "総務部/総務課");
  EXPECT_EQ(rows.rows[0].value.auth_method, "FACE_AND_IC_CARD");
}

TEST(DeviceRows, ANeutralisedFormulaComesBackAsItWas) {
  const auto row = ReadOne({.note = "'=1+1"});
  EXPECT_EQ(row.value.note, "=1+1");
  EXPECT_THAT(row.problems, IsEmpty());
}

TEST(DeviceRows, AFormulaWhereATextIsWantedIsAnErrorWithItsColumn) {
  for (const char* formula :
       {"\"=HYPERLINK(\"\"http://x\"\")\"", "@SUM(A1)", "+cmd|' /C calc'!A0", "-(1+1)"}) {
    const auto row = ReadOne({.names = formula});
    ASSERT_EQ(row.problems.size(), 1u) << formula;
    EXPECT_EQ(row.problems[0].code, "FORMULA_CELL");
    EXPECT_EQ(row.problems[0].severity, Severity::kError);
    EXPECT_EQ(row.problems[0].column, "使用者氏名");
  }
  for (const char* plain : {"-", "+81-3-1234", "-5", "- 机上", "a=b"}) {
    EXPECT_THAT(ReadOne({.note = plain}).problems, IsEmpty()) << plain;
  }
}

}  // namespace
}  // namespace kirikae::tabular

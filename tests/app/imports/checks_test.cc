// Nothing of a file is dropped or falsified in silence: what only the inventory and the staff list
// show about a row.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/app/imports/import_fixture.h"

namespace kirikae::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr domain::ImportKind kDevices = domain::ImportKind::kDevices;
constexpr domain::ImportKind kStaff = domain::ImportKind::kStaff;
constexpr domain::ImportKind kEnrolments = domain::ImportKind::kEnrolments;

class ChecksTest : public ImportFixture {
 protected:
  ChecksTest() {
    Import(kStaff,
           "職員番号,氏名,フリガナ,所属\n0100003,髙橋　恵,タカハシ メグミ,総務部/総務課\n"
           "0100004,加藤　学,カトウ マナブ,総務部/総務課\n");
  }
  // The problems of the first row: a warning's code ends in "?".
  std::vector<std::string> Codes(domain::ImportKind kind, const std::string& file) {
    return CodesOf(Header(kind), file);
  }
  std::vector<std::string> CodesOf(const stored::ImportHeader& header, const std::string& file) {
    const auto rows = Rows(Preview(header, file), true);
    std::vector<std::string> codes;
    first_ = rows.empty() ? stored::ImportRow() : rows.front();
    for (const stored::ImportProblem& problem : first_.problems()) {
      codes.push_back(problem.code() + (problem.warning() ? "?" : ""));
    }
    return codes;
  }
  stored::ImportRow first_;
};

TEST_F(ChecksTest, ANameWithoutAStaffNumberIsNamedWithThePerson) {
  EXPECT_THAT(
      Codes(kDevices, "資産管理番号,端末区分,使用者職員番号,使用者氏名\nT-1,職員端末,,高橋 恵\n"),
      ElementsAre("NAME_WITHOUT_NUMBER?"));
  EXPECT_EQ(first_.problems(0).suggestion(), "0100003 髙橋　恵");
  EXPECT_THAT(Codes(kDevices, "資産管理番号,端末区分,使用者氏名\nT-1,職員端末,別人 太郎\n"),
              ElementsAre("NAME_WITHOUT_NUMBER?"));
}

TEST_F(ChecksTest, AChangedNameWithoutAColumnOfNumbersIsNamed) {
  Import(kDevices,
         "資産管理番号,端末区分,使用者職員番号,使用者氏名\nT-1,職員端末,0100004,加藤　学\n");
  EXPECT_THAT(Codes(kDevices, "資産管理番号,使用者氏名\nT-1,別人 太郎\n"),
              ElementsAre("NAME_WITHOUT_NUMBER?"));
  EXPECT_THAT(Codes(kDevices, "資産管理番号,使用者氏名\nT-1,加藤 学\n"), IsEmpty());
}

TEST_F(ChecksTest, AStaffNumberWithoutItsZerosIsNamedWithThePerson) {
  EXPECT_THAT(Codes(kDevices, "資産管理番号,端末区分,使用者職員番号\nT-1,職員端末,100003\n"),
              ElementsAre("ZEROS_LOST"));
  EXPECT_EQ(first_.problems(0).suggestion(), "0100003");
  EXPECT_THAT(Codes(kEnrolments, "職員番号,顔登録日\n100003,2025-05-01\n"),
              ElementsAre("ZEROS_LOST"));
  EXPECT_THAT(Codes(kStaff, "職員番号,氏名\n100003,髙橋　恵\n"), ElementsAre("ZEROS_LOST?"));
}

TEST_F(ChecksTest, AnUnknownStaffNumberIsAWarningForADeviceAndAnErrorForAFace) {
  EXPECT_THAT(Codes(kDevices, "資産管理番号,端末区分,使用者職員番号\nT-1,職員端末,9999999\n"),
              ElementsAre("UNKNOWN_STAFF_NUMBER?"));
  EXPECT_THAT(Codes(kEnrolments, "職員番号,顔登録日\n9999999,2025-05-01\n"),
              ElementsAre("UNKNOWN_STAFF"));
}

TEST_F(ChecksTest, AnUnknownDepartmentIsAWarningWithTheNearest) {
  EXPECT_THAT(Codes(kDevices, "資産管理番号,端末区分,所属\nT-1,予備機,総務部/総務果\n"),
              ElementsAre("UNKNOWN_DEPARTMENT?"));
  EXPECT_EQ(first_.problems(0).suggestion(), "総務部/総務課");
  EXPECT_THAT(Codes(kDevices, "資産管理番号,端末区分,所属\nT-1,予備機,総務部/総務課\n"), IsEmpty());
}

TEST_F(ChecksTest, OneHostNameOfTwoDevicesIsAWarning) {
  EXPECT_THAT(
      Codes(kDevices, "資産管理番号,端末区分,ホスト名\nT-1,予備機,pc1\nT-2,予備機,ＰＣ１\n"),
      ElementsAre("DUPLICATE_HOST?"));
  Import(kDevices, "資産管理番号,端末区分,ホスト名\nT-1,予備機,PC1\n");
  EXPECT_THAT(Codes(kDevices, "資産管理番号,端末区分,ホスト名\nT-2,予備機,PC1\n"),
              ElementsAre("VALUE_OF_ANOTHER_DEVICE?"));
  EXPECT_THAT(Codes(kDevices, "資産管理番号,端末区分,ホスト名\nT-1,予備機,PC1\n"), IsEmpty());
}

TEST_F(ChecksTest, ATagThatLooksLikeADateIsTakenWhenThatIsConfirmed) {
  const std::string file = "資産管理番号,端末区分,ホスト名\nH30-1-15,予備機,R7.5.1\n";
  EXPECT_THAT(Codes(kDevices, file), ElementsAre("DATE_FOR_IDENTIFIER", "DATE_FOR_IDENTIFIER"));
  stored::ImportHeader header = Header(kDevices);
  header.set_accept_dates_as_text(true);
  EXPECT_THAT(CodesOf(header, "資産管理番号,端末区分\nH30-1-15,予備機\n"),
              ElementsAre("DATE_TAKEN_AS_TEXT?"));
  ASSERT_TRUE(Apply(Preview(header, "資産管理番号,端末区分\nH30-1-15,予備機\n")).ok());
  EXPECT_EQ(Device("H30-1-15").kind, domain::DeviceKind::kSpare);
}

TEST_F(ChecksTest, AnImportKeepsTheLimitsOfAnEdit) {
  const std::string header = "資産管理番号,端末区分,備考\n";
  std::string note;
  for (int i = 0; i < 500; ++i) note += "あ";
  EXPECT_THAT(Codes(kDevices, header + "T-1,予備機," + note + "\n"), IsEmpty());
  EXPECT_THAT(Codes(kDevices, header + "T-1,予備機," + note + "い\n"),
              ElementsAre("TEXT_TOO_LONG"));
  EXPECT_THAT(Codes(kDevices, header + std::string(41, 'A') + ",予備機,\n"),
              ElementsAre("BAD_TAG"));
  EXPECT_THAT(Codes(kDevices, header + "合計,予備機,\n"), ElementsAre("BAD_TAG"));
  EXPECT_THAT(Codes(kDevices, header + "T-1,予備機,a\x01z\n"), ElementsAre("UNWRITABLE_CHARACTER"));
  EXPECT_THAT(Codes(kDevices, header + "T-1,予備機,a\xEF\xBF\xBEz\n"),
              ElementsAre("UNWRITABLE_CHARACTER"));
  EXPECT_THAT(Codes(kDevices, header + "T-1,予備機,a\xEF\xBF\xBDz\n"),
              ElementsAre("LOST_CHARACTER?"));
  std::string users;
  for (int i = 0; i < 51; ++i) users += std::to_string(1000 + i) + ";";
  EXPECT_EQ(
      Codes(kDevices, "資産管理番号,端末区分,使用者職員番号\nT-1,職員端末," + users + "\n").front(),
      "TOO_MANY_USERS");
}

TEST_F(ChecksTest, SeveralUsersOfOneCellAreAllTaken) {
  for (const std::string users : {"0100003/0100004", "0100003 0100004", "0100003・0100004",
                                  "0100003　0100004", "0100003＆0100004", "0100003|0100004"}) {
    Import(kDevices, "資産管理番号,端末区分,使用者職員番号,使用者氏名\nT-1,職員端末," + users +
                         ",髙橋　恵／加藤　学\n");
    const domain::Device device = Device("T-1");
    ASSERT_EQ(device.users.size(), 2U) << users;
    EXPECT_EQ(device.users[1].staff_number, "0100004");
    EXPECT_EQ(device.users[1].name, "加藤　学");
  }
}

TEST_F(ChecksTest, OthersWithoutNumbersAreNamed) {
  EXPECT_THAT(
      Codes(
          kDevices,
          "資産管理番号,端末区分,使用者職員番号,使用者氏名\nT-1,職員端末,0100003,髙橋　恵 他2名\n"),
      ElementsAre("OTHERS_NOT_NAMED?"));
}

}  // namespace
}  // namespace kirikae::app

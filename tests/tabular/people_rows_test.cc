#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/tabular/enrolment_rows.h"
#include "service/tabular/staff_rows.h"
#include "tests/tabular/whole_table.h"

namespace kirikae::tabular {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TypedRows<StaffRow> Staff(std::string_view bytes) {
  const absl::StatusOr<WholeTable> table = ReadTable(bytes);
  EXPECT_TRUE(table.ok()) << table.status();
  return ReadStaffRows(*table, *BuiltInProfile("ward", TableKind::kStaff));
}

TypedRows<EnrolmentRow> Enrolments(std::string_view bytes) {
  const absl::StatusOr<WholeTable> table = ReadTable(bytes);
  EXPECT_TRUE(table.ok()) << table.status();
  return ReadEnrolmentRows(*table, *BuiltInProfile("ward", TableKind::kEnrolments));
}

TEST(StaffRows, NamesFaults) {
  const auto rows = Staff(
      "職員番号\t氏名\t区分\n0100003\t\t管理職\n0100003\tx\t管理戦\n\ty\t一般職員\n4-Mar\tz\t\n");
  ASSERT_EQ(rows.rows.size(), 4u);
  EXPECT_THAT(rows.rows[0].problems, ElementsAre(EmptyCell("氏名")));
  EXPECT_THAT(rows.rows[1].problems, ElementsAre(DuplicateKey("職員番号", "0100003", 2),
                                                 UnknownValue("区分", "管理戦", "管理職")));
  EXPECT_THAT(rows.rows[2].problems, ElementsAre(MissingKey("職員番号")));
  EXPECT_THAT(rows.rows[3].problems, ElementsAre(DateForIdentifier("職員番号", "4-Mar")));
}

TEST(StaffRows, ReadsEveryField) {
  const auto rows = Staff(
      "職員番号,氏名,フリガナ,部,課,役職,区分\n"
      "０１００００３,髙橋　恵,タカハシ メグミ,総務部,総務課,係長,情報化推進員\n");
  ASSERT_EQ(rows.rows.size(), 1u);
  EXPECT_THAT(rows.rows[0].problems, IsEmpty());
  const StaffRow& row = rows.rows[0].value;
  EXPECT_EQ(row.staff_number, "0100003");
  EXPECT_EQ(row.name, "髙橋　恵");
  EXPECT_EQ(row.kana, "タカハシ メグミ");
  EXPECT_EQ(row.department, "総務部/総務課");
  EXPECT_EQ(row.title, "係長");
  EXPECT_EQ(row.role, "PROMOTION_OFFICER");
}

TEST(EnrolmentRows, NamesFaults) {
  const auto rows = Enrolments(
      "職員番号,顔登録日,登録状態\n1,,登録済\n2,2025-02-30,登録済\n3,2025-04-01,登録中\n"
      "1,2025-04-01,登録済\n");
  ASSERT_EQ(rows.rows.size(), 4u);
  EXPECT_THAT(rows.rows[0].problems, ElementsAre(EnrolledWithoutDate("顔登録日")));
  EXPECT_EQ(rows.rows[1].problems[0].code, "NO_SUCH_DAY");
  EXPECT_THAT(rows.rows[2].problems, ElementsAre(UnknownValue("登録状態", "登録中", "登録済")));
  EXPECT_THAT(rows.rows[3].problems, ElementsAre(DuplicateKey("職員番号", "1", 2)));
}

TEST(EnrolmentRows, ReadsStates) {
  const auto rows = Enrolments(
      "職員番号,顔登録日,登録状態\n1,2025-04-01,登録済\n2,,撮影失敗\n3,,\n4,2025/4/2,\n");
  ASSERT_EQ(rows.rows.size(), 4u);
  EXPECT_EQ(rows.rows[0].value.state, "ENROLLED");
  EXPECT_EQ(rows.rows[0].value.enrolled_on, absl::CivilDay(2025, 4, 1));
  EXPECT_EQ(rows.rows[1].value.state, "FAILED");
  EXPECT_EQ(rows.rows[1].value.enrolled_on, std::nullopt);
  EXPECT_EQ(rows.rows[2].value.state, "NONE");
  EXPECT_EQ(rows.rows[3].value.state, "ENROLLED");
}

}  // namespace
}  // namespace kirikae::tabular

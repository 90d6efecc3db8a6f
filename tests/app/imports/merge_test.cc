// Merging a file's row into a record.
#include "service/app/imports/merge.h"

#include <gmock/gmock.h>

#include "service/app/imports/device_import.h"
#include "service/app/imports/kept_row.h"
#include "service/app/imports/staff_import.h"
#include "tests/app/imports/import_fixture.h"

namespace kirikae::app {
namespace {

using ::testing::ElementsAre;

class MergeTest : public ImportFixture {
 protected:
  domain::Device Merged(const domain::Device& old, const tabular::DeviceRow& row) {
    auto merged = DeviceImport::Merged(old, row, *Read());
    EXPECT_TRUE(merged.ok()) << merged.status();
    return merged.ok() ? *std::move(merged) : domain::Device();
  }

  static domain::Device OldDevice() {
    domain::Device device;
    device.asset_tag = "TSM-1";
    device.host_name = "PC1";
    device.kind = domain::DeviceKind::kManagerTerminal;
    device.network = domain::Network::kMyNumber;
    device.camera = domain::Camera::kBuiltIn;
    device.auth_method = domain::AuthMethod::kFaceAndPassword;
    device.inventoried_on = Day("2024-10-01");
    device.note = "備考";
    device.users = {{"0000001", "山田 太郎", "ヤマダ タロウ", {}, {}}};
    return device;
  }
  static tabular::DeviceRow RowOf(const std::string& tag) {
    tabular::DeviceRow row;
    row.asset_tag = tag;
    return row;
  }
};

TEST_F(MergeTest, AColumnThatTheFileLacksLeavesTheField) {
  EXPECT_THAT(Differences(OldDevice(), Merged(OldDevice(), RowOf("TSM-1"))), ElementsAre());
}

TEST_F(MergeTest, AnEmptyCellClearsATextAndADay) {
  tabular::DeviceRow row = RowOf("TSM-1");
  row.note = "";
  row.inventoried_on.emplace();
  const domain::Device merged = Merged(OldDevice(), row);
  EXPECT_EQ(merged.note, "");
  EXPECT_EQ(merged.inventoried_on, std::nullopt);
}

TEST_F(MergeTest, AnEmptyCellLeavesAWordOfAClosedSet) {
  tabular::DeviceRow row = RowOf("TSM-1");
  row.kind = "";
  row.network = "";
  row.auth_method = "";
  EXPECT_THAT(Differences(OldDevice(), Merged(OldDevice(), row)), ElementsAre());
}

TEST_F(MergeTest, EveryColumnOfADeviceReachesItsField) {
  tabular::DeviceRow row = RowOf("TSM-1");
  for (const FileColumn<tabular::DeviceRow>& column : FileColumns<tabular::DeviceRow>()) {
    if (column.field.empty()) continue;
    const auto* const field = domain::FindField<domain::Device>(column.field);
    ASSERT_NE(field, nullptr) << column.field;
    EXPECT_TRUE(field->Is(domain::kImported)) << column.field;
    const std::string text = field->kind == domain::ValueKind::kDay    ? "2025-05-01"
                             : field->kind == domain::ValueKind::kWord ? ""
                                                                       : "x";
    ASSERT_TRUE(column.set(row, text)) << column.name;
  }
  row.kind = "SPARE";
  row.network = "INTERNET";
  row.camera = "BROKEN";
  row.auth_method = "FACE_AND_IC_CARD";
  // A new device: the method of a known one stays.
  domain::Device fresh = OldDevice();
  fresh.version = 0;
  const domain::Device merged = Merged(fresh, row);
  for (const FileColumn<tabular::DeviceRow>& column : FileColumns<tabular::DeviceRow>()) {
    if (column.field.empty()) continue;
    EXPECT_EQ(domain::FindField<domain::Device>(column.field)->get(merged), column.get(row))
        << column.field;
  }
}

// An imported field without a column would be ignored.
TEST_F(MergeTest, EveryImportedFieldHasAColumn) {
  for (const auto& field : domain::FieldTable<domain::Device>()) {
    if (!field.Is(domain::kImported) || field.kind == domain::ValueKind::kUsers) continue;
    int columns = 0;
    for (const auto& column : FileColumns<tabular::DeviceRow>()) {
      if (column.field == field.name) ++columns;
    }
    EXPECT_EQ(columns, 1) << field.name;
  }
}

TEST_F(MergeTest, UsersWithoutANameGetItFromTheStaffList) {
  domain::Staff person;
  person.staff_number = "0000002";
  person.name = "鈴木 花子";
  person.kana = "スズキ ハナコ";
  Store({person});
  tabular::DeviceRow row = RowOf("TSM-1");
  row.user_staff_numbers = {"0000002", "0000003"};
  row.user_names = {"", "佐藤"};
  EXPECT_TRUE(DeviceImport::NeedsLookUp(row));
  const domain::Device merged = Merged(OldDevice(), row);
  ASSERT_EQ(merged.users.size(), 2U);
  EXPECT_EQ(merged.users[0].name, "鈴木 花子");
  EXPECT_EQ(merged.users[0].kana, "スズキ ハナコ");
  EXPECT_EQ(merged.users[1].name, "佐藤");
  EXPECT_EQ(merged.users[1].kana, "");
}

// Once, only the names were compared, and a changed kana was ignored.
TEST_F(MergeTest, AChangedReadingOfANameIsADifference) {
  domain::Device now = OldDevice();
  now.users[0].kana = "ヤマタ タロウ";
  const auto changes = Differences(OldDevice(), now);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].field(), "users");
  EXPECT_EQ(changes[0].old_value(), "0000001 山田 太郎 (ヤマダ タロウ)");
  EXPECT_EQ(changes[0].new_value(), "0000001 山田 太郎 (ヤマタ タロウ)");
}

TEST_F(MergeTest, UsersAreShownByNumberAndName) {
  domain::Device now = OldDevice();
  now.users.push_back({"0000002", "鈴木 花子", "スズキ ハナコ", {}, {}});
  const auto changes = Differences(OldDevice(), now);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].old_value(), "0000001 山田 太郎");
  EXPECT_EQ(changes[0].new_value(), "0000001 山田 太郎; 0000002 鈴木 花子");
}

TEST_F(MergeTest, AnEnrolmentSetsStateAndDayOnly) {
  domain::Staff person;
  person.staff_number = "0000001";
  person.name = "山田 太郎";
  person.enrolled_on = Day("2024-01-01");
  tabular::EnrolmentRow row;
  row.staff_number = "0000001";
  row.state = "FAILED";
  const auto merged = EnrolmentImport::Merged(person, row, *Read());
  ASSERT_TRUE(merged.ok());
  EXPECT_EQ(merged->name, "山田 太郎");
  EXPECT_EQ(merged->enrolment, domain::EnrolmentState::kFailed);
  EXPECT_EQ(merged->enrolled_on, std::nullopt);
}

TEST_F(MergeTest, AKeptRowComesBackAsItWas) {
  tabular::DeviceRow row = RowOf("TSM-1");
  row.host_name = "PC1";
  row.note = "";
  row.inventoried_on.emplace(Day("2025-04-01"));
  row.user_staff_numbers = {"0000001", "0000002"};
  row.user_names.emplace();
  stored::ImportPart part;
  stored::ImportPartRow& kept = *part.add_rows();
  kept.mutable_shown()->set_key("TSM-1");
  SetGiven(row, part, kept);
  const auto back = GetGiven(part, kept, &tabular::DeviceRow::asset_tag);
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->asset_tag, "TSM-1");
  for (const auto& column : FileColumns<tabular::DeviceRow>()) {
    EXPECT_EQ(column.get(*back), column.get(row)) << column.name;
  }
  EXPECT_EQ(back->user_names, std::vector<std::string>());
  EXPECT_EQ(back->user_kana, std::nullopt);
}

TEST_F(MergeTest, AKeptRowWithAColumnThatNobodyKnowsIsLost) {
  stored::ImportPart part;
  part.add_given_columns("note");
  part.add_given_columns("colour");
  stored::ImportPartRow& kept = *part.add_rows();
  const auto read = [&] {
    return GetGiven(part, kept, &tabular::DeviceRow::asset_tag).status().code();
  };
  EXPECT_EQ(read(), absl::StatusCode::kDataLoss);
  kept.mutable_given()->add_columns(0);
  EXPECT_EQ(read(), absl::StatusCode::kDataLoss);
  kept.mutable_given()->add_texts("x");
  EXPECT_EQ(read(), absl::StatusCode::kOk);
  kept.mutable_given()->set_columns(0, 1);
  EXPECT_EQ(read(), absl::StatusCode::kDataLoss);
  kept.mutable_given()->set_columns(0, 2);
  EXPECT_EQ(read(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace kirikae::app

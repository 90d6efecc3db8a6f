#include "service/tabular/device_table.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "service/tabular/csv_writer.h"
#include "service/tabular/device_columns.h"
#include "tests/tabular/whole_table.h"

namespace kirikae::tabular {
namespace {

using ::testing::IsEmpty;

// A row with a value in every column that exports write.
DeviceRow Full() {
  DeviceRow row;
  row.asset_tag = "TSM-00001";
  row.host_name = "TSMPC00001";
  row.serial = "SN1";
  row.model = "Latitude 5340";
  row.os = "Windows 11 Pro";
  row.site = "本庁舎";
  row.floor = "2階";
  row.department = "区民部/戸籍課";
  row.kind = "SHARED_COUNTER_TERMINAL";
  row.network = "MY_NUMBER";
  row.user_staff_numbers = {"0100001", "0100002"};
  row.user_names = {"髙橋　恵", "佐藤　一郎"};
  row.user_kana = {"タカハシ メグミ", "サトウ イチロウ"};
  row.camera = "BROKEN";
  row.auth_method = "FACE_AND_PASSWORD";
  row.inventoried_on.emplace(absl::CivilDay(2025, 4, 1));
  row.lease_ends_on.emplace(absl::CivilDay(2026, 3, 31));
  row.camera_due_on.emplace(absl::CivilDay(2025, 6, 2));
  row.note = "更新予定";
  return row;
}

TEST(DeviceTable, EveryColumnThatIsWrittenIsReadBack) {
  const DeviceRow full = Full();
  CsvWriter writer(CsvEncoding::kUtf8WithMark);
  writer.AddRow(DeviceHeader());
  writer.AddRow(DeviceCells(full));
  const auto table = ReadTable(std::move(writer).Finish());
  ASSERT_TRUE(table.ok()) << table.status();
  const auto rows = ReadDeviceRows(*table, *BuiltInProfile("ward", TableKind::kDevices));
  ASSERT_EQ(rows.rows.size(), 1U);
  EXPECT_THAT(rows.rows[0].problems, IsEmpty());
  for (const DeviceColumn& column : DeviceColumns()) {
    if (column.form.write == nullptr) continue;
    const std::string cell = column.form.write(column.name, full);
    EXPECT_FALSE(cell.empty()) << column.name;
    EXPECT_EQ(column.form.write(column.name, rows.rows[0].value), cell) << column.name;
    if (column.form.get == nullptr) continue;
    EXPECT_EQ(column.form.get(rows.rows[0].value), column.form.get(full)) << column.name;
  }
}

TEST(DeviceTable, WhatAFileHasNoColumnForIsWrittenEmpty) {
  for (const std::string& cell : DeviceCells(DeviceRow())) EXPECT_EQ(cell, "");
}

}  // namespace
}  // namespace kirikae::tabular

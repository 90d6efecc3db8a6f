#include "tests/support/ward_generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "service/tabular/device_rows.h"
#include "service/tabular/enrolment_rows.h"
#include "service/tabular/staff_rows.h"
#include "service/text/fold.h"
#include "tests/tabular/whole_table.h"

namespace kirikae::tabular {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Sample(const std::string& name) {
  std::ifstream in(std::string(KIRIKAE_SOURCE_DIR) + "/deploy/samples/ward700/" + name,
                   std::ios::binary);
  EXPECT_TRUE(in.good()) << name;
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

template <typename T>
void ExpectSound(const TypedRows<T>& rows) {
  EXPECT_THAT(rows.header_problems, IsEmpty());
  for (const auto& row : rows.rows) EXPECT_THAT(row.problems, IsEmpty()) << row.line;
}

TEST(MakeWard, RefusesSizesItCannotMake) {
  EXPECT_FALSE(testing::MakeWard(0, 1).ok());
  EXPECT_FALSE(testing::MakeWard(1'000'001, 1).ok());
}

TEST(MakeWard, GivesTheCommittedSample) {
  const auto files = testing::MakeWard(700, 700);
  ASSERT_TRUE(files.ok());
  EXPECT_TRUE(files->devices_csv == Sample("devices.csv"));
  EXPECT_TRUE(files->staff_tsv == Sample("staff.tsv"));
  EXPECT_TRUE(files->enrolments_csv == Sample("enrolments.csv"));
  EXPECT_TRUE(files->truth_json == Sample("truth.json"));
}

TEST(MakeWard, SizesAndSeedsDiffer) {
  EXPECT_NE(testing::MakeWard(50, 1)->devices_csv, testing::MakeWard(50, 2)->devices_csv);
  EXPECT_EQ(testing::MakeWard(50, 1)->devices_csv, testing::MakeWard(50, 1)->devices_csv);
  for (size_t size : {1u, 13u, 14u, 15u, 60u, 300u}) {
    const auto table = ReadTable(testing::MakeWard(size, 3)->devices_csv);
    ASSERT_TRUE(table.ok());
    EXPECT_EQ(table->rows.size(), size);
  }
}

TEST(WardSample, ReadsWithoutAProblemAndAddsUp) {
  const auto devices = ReadTable(Sample("devices.csv"));
  const auto staff = ReadTable(Sample("staff.tsv"));
  const auto enrolments = ReadTable(Sample("enrolments.csv"));
  ASSERT_TRUE(devices.ok() && staff.ok() && enrolments.ok());
  EXPECT_EQ(devices->encoding, "CP932");
  EXPECT_EQ(staff->encoding, "UTF-16LE");
  EXPECT_EQ(enrolments->encoding, "UTF-8");
  const auto device_rows = ReadDeviceRows(*devices, *BuiltInProfile("ward", TableKind::kDevices));
  const auto staff_rows = ReadStaffRows(*staff, *BuiltInProfile("ward", TableKind::kStaff));
  const auto enrolment_rows =
      ReadEnrolmentRows(*enrolments, *BuiltInProfile("ward", TableKind::kEnrolments));
  ExpectSound(device_rows);
  ExpectSound(staff_rows);
  ExpectSound(enrolment_rows);
  std::set<std::string> numbers;
  for (const auto& row : staff_rows.rows) numbers.insert(row.value.staff_number);
  size_t shared = 0;
  size_t no_camera = 0;
  size_t tag_123 = 0;
  for (const auto& row : device_rows.rows) {
    shared += *row.value.kind == "SHARED_COUNTER_TERMINAL" && row.value.users_abbreviated &&
              row.value.user_staff_numbers->size() > 1;
    no_camera += *row.value.camera == "NONE";
    tag_123 += row.value.asset_tag == "TSM-00123";
    for (const std::string& user : *row.value.user_staff_numbers) {
      EXPECT_TRUE(numbers.contains(user)) << user;
    }
  }
  size_t enrolled = 0;
  for (const auto& row : enrolment_rows.rows) enrolled += row.value.state == "ENROLLED";
  EXPECT_EQ(device_rows.rows.size(), 700u);
  EXPECT_EQ(shared, 46u);
  EXPECT_EQ(tag_123, 1u);
  const std::string truth = Sample("truth.json");
  EXPECT_THAT(truth, HasSubstr("\"staff\": " + std::to_string(numbers.size())));
  EXPECT_THAT(truth, HasSubstr("\"no_camera\": " + std::to_string(no_camera)));
  EXPECT_THAT(truth, HasSubstr("\"enrolled\": " + std::to_string(enrolled)));
}

TEST(WardSample, HasTheNamesThatMakeLookUpHard) {
  const auto table = ReadTable(Sample("staff.tsv"));
  ASSERT_TRUE(table.ok());
  std::set<std::string> families;
  for (const TableRow& row : table->rows) families.insert(row.cells[1].substr(0, 6));
  for (const char* family : {"渡邊", "渡邉", "渡辺", "髙橋", "高橋", "山﨑", "濱田"}) {
    EXPECT_TRUE(families.contains(family)) << family;
  }
}

}  // namespace
}  // namespace kirikae::tabular

// Databases hold previews in the form of earlier programs, which stored messages of the API.
#include <gmock/gmock.h>

#include "kirikae/v1/import_service.pb.h"
#include "service/app/imports/kept_row.h"
#include "service/app/imports/preview_parts.h"
#include "service/tabular/enrolment_rows.h"
#include "service/tabular/staff_rows.h"
#include "tests/app/imports/import_fixture.h"

namespace kirikae::app {
namespace {

// The bytes of a message with `message` as its field of this number (1 to 15).
std::string Field(int number, const std::string& message) {
  std::string bytes(1, static_cast<char>(number << 3 | 2));
  size_t size = message.size();
  for (; size > 127; size >>= 7U) bytes += static_cast<char>(size % 128 + 128);
  bytes += static_cast<char>(size);
  return bytes + message;
}

class EarlierPreviewsTest : public ImportFixture {
 protected:
  // The row of a new device; `given`: the values in its file.
  static std::string Row(const std::string& tag, const stored::GivenDevice& given) {
    v1::ImportRow shown;
    shown.set_line(2);
    shown.set_key(tag);
    shown.set_action(v1::IMPORT_ACTION_CREATE);
    shown.set_record("devices/" + tag);
    v1::ImportProblem& problem = *shown.add_problems();
    problem.set_code("DATE_WARNING");
    problem.set_warning(true);
    problem.set_column("最終棚卸日");
    problem.set_suggestion("2025-04-01");
    problem.mutable_text()->set_en("A warning.");
    problem.mutable_text()->set_ja("注意です。");
    v1::FieldChange& change = *shown.add_changes();
    change.set_field("note");
    change.set_old_value("a");
    change.set_new_value("b");
    return Field(1, shown.SerializeAsString()) + Field(3, given.SerializeAsString());
  }

  // A preview of one part in the form of earlier programs.
  static BuiltPreview Earlier(const std::string& part) {
    v1::Import summary;
    summary.set_kind(v1::IMPORT_KIND_DEVICES);
    summary.set_file_name("devices.csv");
    summary.set_file_hash("abc");
    summary.set_encoding("CP932");
    summary.set_creates(1);
    summary.set_warnings(1);
    summary.set_hash(HashOfParts("", part));
    v1::ImportHeader header;
    header.set_kind(v1::IMPORT_KIND_DEVICES);
    header.set_file_name("devices.csv");
    header.set_profile("ward");
    header.set_retire_missing(true);
    header.set_file_size(1234);
    BuiltPreview built;
    EXPECT_TRUE(built.preview.ParseFromString(Field(1, summary.SerializeAsString()) +
                                              Field(2, header.SerializeAsString())));
    built.preview.set_parts(1);
    built.preview.add_parts_with_problems(0);
    built.parts = {part};
    return built;
  }

  static stored::GivenDevice Given() {
    stored::GivenDevice given;
    given.set_host_name("PC1");
    given.set_kind("SHARED_COUNTER_TERMINAL");
    given.set_inventoried_on("2025-04-01");
    given.set_note("");
    given.mutable_user_staff_numbers()->add_text("0000001");
    given.mutable_user_staff_numbers()->add_text("0000002");
    given.mutable_user_names()->add_text("山田 太郎");
    given.mutable_user_names()->add_text("鈴木 花子");
    return given;
  }
};

TEST_F(EarlierPreviewsTest, APreviewIsListedAndApplied) {
  const int64_t id = Keep(Earlier(Field(1, Row("TSM-1", Given()))));
  const StoredImport import = Stored(id);
  EXPECT_EQ(import.preview.summary().encoding(), "CP932");
  EXPECT_EQ(import.preview.summary().creates(), 1);
  EXPECT_EQ(import.preview.header().profile(), "ward");
  EXPECT_TRUE(import.preview.header().retire_missing());
  const std::vector<stored::ImportRow> rows = Rows(id, /*problems_only=*/true);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].line(), 2);
  EXPECT_EQ(rows[0].record(), "devices/TSM-1");
  EXPECT_EQ(rows[0].action(), stored::IMPORT_ACTION_CREATE);
  EXPECT_EQ(rows[0].changes(0).new_value(), "b");
  ASSERT_EQ(rows[0].problems_size(), 1);
  EXPECT_EQ(rows[0].problems(0).code(), "DATE_WARNING");
  EXPECT_TRUE(rows[0].problems(0).warning());
  EXPECT_EQ(rows[0].problems(0).column(), "最終棚卸日");
  EXPECT_EQ(rows[0].problems(0).suggestion(), "2025-04-01");
  EXPECT_EQ(rows[0].problems(0).text().en(), "A warning.");
  EXPECT_EQ(rows[0].problems(0).text().ja(), "注意です。");
  EXPECT_FALSE(rows[0].problems(0).has_sentence());
  ASSERT_TRUE(Apply(id).ok());
  const domain::Device device = Device("TSM-1");
  EXPECT_EQ(device.host_name, "PC1");
  EXPECT_EQ(device.kind, domain::DeviceKind::kSharedCounterTerminal);
  EXPECT_EQ(device.inventoried_on, Day("2025-04-01"));
  ASSERT_EQ(device.users.size(), 2U);
  EXPECT_EQ(device.users[1].staff_number, "0000002");
  EXPECT_EQ(device.users[1].name, "鈴木 花子");
}

TEST_F(EarlierPreviewsTest, EveryActionHasTheNumberThatTheApiGivesIt) {
  for (int number = 0; number < v1::ImportAction_ARRAYSIZE; ++number) {
    EXPECT_EQ(v1::ImportAction_Name(static_cast<v1::ImportAction>(number)),
              stored::ImportAction_Name(static_cast<stored::ImportAction>(number)));
  }
}

TEST_F(EarlierPreviewsTest, AKeptPersonAndAKeptFaceAreRead) {
  stored::ImportPartRow row;
  row.mutable_shown()->set_key("0000001");
  row.mutable_staff()->set_name("山田 太郎");
  row.mutable_staff()->set_devices("");
  const auto person = GetGiven(stored::ImportPart(), row, &tabular::StaffRow::staff_number);
  ASSERT_TRUE(person.ok()) << person.status();
  EXPECT_EQ(person->staff_number, "0000001");
  EXPECT_EQ(person->name, "山田 太郎");
  EXPECT_EQ(person->devices, "");
  EXPECT_EQ(person->kana, std::nullopt);
  row.mutable_enrolment()->set_state("ENROLLED");
  row.mutable_enrolment()->set_enrolled_on("2025-04-01");
  const auto face = GetGiven(stored::ImportPart(), row, &tabular::EnrolmentRow::staff_number);
  ASSERT_TRUE(face.ok()) << face.status();
  EXPECT_EQ(face->state, "ENROLLED");
  EXPECT_EQ(face->enrolled_on, Day("2025-04-01"));
}

TEST_F(EarlierPreviewsTest, ARowWithoutWhatItsFileGaveIsDataLoss) {
  v1::ImportRow shown;
  shown.set_line(2);
  shown.set_key("TSM-1");
  shown.set_action(v1::IMPORT_ACTION_CREATE);
  shown.set_record("devices/TSM-1");
  const int64_t id = Keep(Earlier(Field(1, Field(1, shown.SerializeAsString()))));
  EXPECT_EQ(Apply(id).code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace kirikae::app

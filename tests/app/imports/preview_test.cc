// Previews of files, row by row.
#include "service/app/imports/preview.h"

#include <gmock/gmock.h>

#include "tests/app/imports/import_fixture.h"

namespace kirikae::app {
namespace {

using domain::ImportKind;
using ::testing::ElementsAre;

class PreviewTest : public ImportFixture {};

TEST_F(PreviewTest, RowsCreateUpdateLeaveOrFail) {
  Import(ImportKind::kDevices, "asset_tag,note\nTSM-1,a\nTSM-2,b\n");
  const int64_t id =
      Preview(ImportKind::kDevices, "asset_tag,note\nTSM-1,a\nTSM-2,c\nTSM-3,d\nTSM-3,e\n");
  const std::vector<stored::ImportRow> rows = Rows(id);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].action(), stored::IMPORT_ACTION_UNCHANGED);
  EXPECT_EQ(rows[1].action(), stored::IMPORT_ACTION_UPDATE);
  ASSERT_EQ(rows[1].changes_size(), 1);
  EXPECT_EQ(rows[1].changes(0).field(), "note");
  EXPECT_EQ(rows[1].changes(0).old_value(), "b");
  EXPECT_EQ(rows[1].changes(0).new_value(), "c");
  EXPECT_EQ(rows[2].action(), stored::IMPORT_ACTION_CREATE);
  EXPECT_EQ(rows[3].action(), stored::IMPORT_ACTION_ERROR);
  EXPECT_EQ(rows[3].line(), 5);
  EXPECT_EQ(rows[3].record(), "devices/TSM-3");
  ASSERT_EQ(rows[3].problems_size(), 1);
  EXPECT_EQ(rows[3].problems(0).code(), "DUPLICATE_KEY");
  EXPECT_FALSE(rows[3].problems(0).sentence().format().empty());
  const stored::ImportSummary summary = Stored(id).preview.summary();
  EXPECT_EQ(summary.creates(), 1);
  EXPECT_EQ(summary.updates(), 1);
  EXPECT_EQ(summary.unchanged(), 1);
  EXPECT_EQ(summary.errors(), 1);
  EXPECT_EQ(summary.missing(), 0);
  EXPECT_EQ(summary.encoding(), "UTF-8");
  EXPECT_EQ(summary.file_name(), "file.csv");
}

TEST_F(PreviewTest, APreviewWithoutAKindIsRefused) {
  const auto built = Build(stored::ImportHeader(), "asset_tag\nTSM-1\n");
  EXPECT_EQ(built.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(FaultyFields(built.status()), ElementsAre("header.kind"));
}

TEST_F(PreviewTest, AnUnknownEncodingIsRefused) {
  stored::ImportHeader header = Header(ImportKind::kDevices);
  header.set_encoding("EBCDIC");
  const auto built = Build(header, "asset_tag\nTSM-1\n");
  EXPECT_THAT(FaultyFields(built.status()), ElementsAre("header.encoding"));
}

TEST_F(PreviewTest, AFileThatCannotBeReadIsRefusedAsAWhole) {
  const auto built = Build(Header(ImportKind::kDevices), "PK\x03\x04 cut short");
  EXPECT_THAT(FaultyFields(built.status()), ElementsAre("content"));
}

TEST_F(PreviewTest, AnUnknownHeaderIsNamedWithItsNeighbour) {
  const auto built = Build(Header(ImportKind::kDevices), "asset_tag,host_nam\nTSM-1,x\n");
  EXPECT_EQ(built.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(FaultyFields(built.status()), ElementsAre("host_nam", "host_nam"));
}

TEST_F(PreviewTest, ActiveDevicesThatTheFileDoesNotNameAreMissing) {
  Import(ImportKind::kDevices, "asset_tag\nTSM-1\nTSM-2\nTSM-3\n");
  domain::Device retired = Device("TSM-3");
  retired.state = domain::DeviceState::kRetired;
  Store({store::DeviceEdit{retired, std::nullopt}});
  const int64_t id = Preview(ImportKind::kDevices, "asset_tag\nTSM-1\n");
  const std::vector<stored::ImportRow> derived = Rows(id, /*problems_only=*/true);
  ASSERT_EQ(derived.size(), 1U);
  EXPECT_EQ(derived[0].key(), "TSM-2");
  EXPECT_EQ(derived[0].line(), 0);
  EXPECT_EQ(derived[0].action(), stored::IMPORT_ACTION_MISSING);
  EXPECT_EQ(Stored(id).preview.summary().missing(), 1);
  EXPECT_EQ(Stored(id).preview.summary().retires(), 0);
}

TEST_F(PreviewTest, ARowWithAnErrorStillNamesItsDevice) {
  Import(ImportKind::kDevices, "asset_tag,kind\nTSM-1,STAFF_DEVICE\n");
  const int64_t id = Preview(ImportKind::kDevices, "asset_tag,kind\nTSM-1,謎\n");
  EXPECT_EQ(Stored(id).preview.summary().errors(), 1);
  EXPECT_EQ(Stored(id).preview.summary().missing(), 0);
}

TEST_F(PreviewTest, MoreThanATenthIsRetiredOnlyByForce) {
  Import(ImportKind::kDevices, "asset_tag\nTSM-1\nTSM-2\nTSM-3\n");
  stored::ImportHeader header = Header(ImportKind::kDevices);
  header.set_retire_missing(true);
  EXPECT_EQ(Reason(Build(header, "asset_tag\nTSM-1\n").status()), "TOO_MANY_MISSING");
  header.set_force(true);
  const int64_t id = Preview(header, "asset_tag\nTSM-1\n");
  EXPECT_EQ(Stored(id).preview.summary().retires(), 2);
  ASSERT_TRUE(Apply(id).ok());
  EXPECT_EQ(Device("TSM-1").state, domain::DeviceState::kActive);
  EXPECT_EQ(Device("TSM-3").state, domain::DeviceState::kRetired);
}

TEST_F(PreviewTest, AFaceOfAnUnknownPersonIsAnError) {
  Import(ImportKind::kStaff, "staff_number,name\n0000001,山田 太郎\n0000002,鈴木 花子\n");
  const int64_t id = Preview(ImportKind::kEnrolments,
                             "staff_number,enrolled_on\n0000001,2025-04-01\n0000009,2025-04-01\n");
  const std::vector<stored::ImportRow> rows = Rows(id);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].action(), stored::IMPORT_ACTION_UPDATE);
  EXPECT_EQ(rows[1].action(), stored::IMPORT_ACTION_ERROR);
  ASSERT_EQ(rows[1].problems_size(), 1);
  EXPECT_EQ(rows[1].problems(0).code(), "UNKNOWN_STAFF");
  EXPECT_EQ(rows[1].record(), "staff/0000009");
  // Persons without a row: the file says nothing about them.
  EXPECT_EQ(Stored(id).preview.summary().missing(), 1);
}

TEST_F(PreviewTest, DevicesOfThoseWhoMoveAreDerivedRows) {
  Import(ImportKind::kStaff,
         "staff_number,name,department\n0000001,山田 太郎,総務部\n0000002,鈴木 花子,総務部\n");
  Import(ImportKind::kDevices,
         "asset_tag,department,user_staff_numbers\nTSM-1,総務部,0000001\n"
         "TSM-2,総務部,0000001;0000002\nTSM-3,総務部,0000002\n");
  const int64_t id = Preview(ImportKind::kStaff,
                             "staff_number,name,department,devices\n"
                             "0000001,山田 太郎,市民部,FOLLOW\n0000002,鈴木 花子,総務部,FOLLOW\n");
  const std::vector<stored::ImportRow> rows = Rows(id);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[2].record(), "devices/TSM-1");
  EXPECT_EQ(rows[2].line(), 2);
  ASSERT_EQ(rows[2].changes_size(), 1);
  EXPECT_EQ(rows[2].changes(0).field(), "department");
  EXPECT_EQ(rows[3].record(), "devices/TSM-2");
  EXPECT_EQ(rows[3].changes(0).field(), "users");
  EXPECT_EQ(Stored(id).preview.summary().follows(), 2);
  EXPECT_EQ(Stored(id).preview.summary().updates(), 1);
  ASSERT_TRUE(Apply(id).ok());
  EXPECT_EQ(Device("TSM-1").department, "市民部");
  ASSERT_EQ(Device("TSM-2").users.size(), 1U);
  EXPECT_EQ(Device("TSM-2").users[0].staff_number, "0000002");
  EXPECT_EQ(Device("TSM-3").department, "総務部");
}

// A list once switched any number of devices, without a plan or a gate.
TEST_F(PreviewTest, TheMethodOfAKnownDeviceStaysWithAWarning) {
  Import(ImportKind::kDevices, "asset_tag,auth_method\nTSM-1,FACE_AND_PASSWORD\n");
  EXPECT_EQ(Device("TSM-1").auth_method, domain::AuthMethod::kFaceAndPassword) << "a new device";
  const int64_t id =
      Preview(ImportKind::kDevices, "asset_tag,auth_method,floor\nTSM-1,IC_CARD_AND_PASSWORD,2F\n");
  const std::vector<stored::ImportRow> rows = Rows(id);
  ASSERT_EQ(rows.size(), 1U);
  ASSERT_EQ(rows[0].changes_size(), 1);
  EXPECT_EQ(rows[0].changes(0).field(), "floor");
  ASSERT_EQ(rows[0].problems_size(), 1);
  EXPECT_EQ(rows[0].problems(0).code(), "METHOD_DIFFERS");
  EXPECT_TRUE(rows[0].problems(0).warning());
  EXPECT_THAT(rows[0].problems(0).sentence().args(),
              ElementsAre("IC_CARD_AND_PASSWORD", "FACE_AND_PASSWORD"));
  EXPECT_EQ(Stored(id).preview.summary().warnings(), 1);
  ASSERT_TRUE(Apply(id).ok());
  EXPECT_EQ(Device("TSM-1").auth_method, domain::AuthMethod::kFaceAndPassword);
  EXPECT_EQ(Device("TSM-1").floor, "2F");
}

// An enrolment list once registered people who withhold consent.
TEST_F(PreviewTest, ARegistrationAgainstConsentIsNotTakenOver) {
  Import(ImportKind::kStaff, "staff_number,name,department\n0000001,山田 太郎,総務部\n");
  domain::Staff person = Person("0000001");
  person.consent_withheld = "本人の申し出";
  Store({person});
  const int64_t id = Preview(ImportKind::kEnrolments,
                             "staff_number,state,enrolled_on\n0000001,ENROLLED,2025-04-01\n");
  const std::vector<stored::ImportRow> rows = Rows(id);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].action(), stored::IMPORT_ACTION_UNCHANGED);
  ASSERT_EQ(rows[0].problems_size(), 1);
  EXPECT_EQ(rows[0].problems(0).code(), "CONSENT_WITHHELD");
  ASSERT_TRUE(Apply(id).ok());
  EXPECT_NE(Person("0000001").enrolment, domain::EnrolmentState::kEnrolled);
}

// The consent is withheld after the list was read: the write itself refuses.
TEST_F(PreviewTest, ConsentWithheldAfterThePreviewStopsTheWholeList) {
  Import(ImportKind::kStaff, "staff_number,name,department\n0000001,山田 太郎,総務部\n");
  domain::Staff person = Person("0000001");
  person.enrolment = domain::EnrolmentState::kEnrolled;
  person.consent_withheld = "本人の申し出";
  const absl::Status refused =
      Write(Context(),
            [person](store::ReadView&, int64_t,
                     const WriteContext& context) -> absl::StatusOr<store::Draft> {
              store::Draft draft = context.NewDraft(domain::Act::kApplyImport);
              draft.edits.emplace_back(person);
              return draft;
            });
  EXPECT_EQ(domain::DetailOf(refused)->reason, "CONSENT_WITHHELD");
}

}  // namespace
}  // namespace kirikae::app

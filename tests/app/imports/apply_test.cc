// Exactly the preview is applied, or nothing is.
#include "service/app/imports/apply.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/app/imports/import_fixture.h"

namespace kirikae::app {
namespace {

using domain::ImportKind;
using ::testing::ElementsAre;

class ApplyTest : public ImportFixture {
 protected:
  // More rows than one part holds.
  static std::string ManyDevices(int rows, const std::string& note) {
    std::string file = "asset_tag,note\n";
    for (int i = 1; i <= rows; ++i) file += absl::StrCat("TSM-", i, ",", note, "\n");
    return file;
  }
};

TEST_F(ApplyTest, AnImportNotesTheChangeSetThatAppliedIt) {
  const int64_t id = Preview(ImportKind::kDevices, ManyDevices(2, "a"));
  EXPECT_EQ(Stored(id).record.change_set, 0);
  ASSERT_TRUE(Apply(id).ok());
  EXPECT_EQ(Stored(id).record.change_set, id + 1);
  EXPECT_EQ(Device("TSM-2").note, "a");
  EXPECT_EQ(Device("TSM-2").auth_method_since, now_);
}

TEST_F(ApplyTest, AnAppliedImportIsNotAppliedAgain) {
  const int64_t id = Preview(ImportKind::kDevices, ManyDevices(1, "a"));
  ASSERT_TRUE(Apply(id).ok());
  SetNote("TSM-1", "by hand");
  ASSERT_TRUE(Apply(id).ok());
  EXPECT_EQ(Device("TSM-1").note, "by hand");
  EXPECT_EQ(Stored(id).record.change_set, id + 1);
}

TEST_F(ApplyTest, APreviewWithErrorsIsNotApplied) {
  const int64_t id = Preview(ImportKind::kDevices, "asset_tag\nTSM-1\nTSM-1\n");
  const absl::Status refused = Apply(id);
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Reason(refused), "IMPORT_HAS_ERRORS");
  EXPECT_TRUE(Read()->ListDevices({})->empty());
}

TEST_F(ApplyTest, AnUnknownImportIsNotFound) {
  EXPECT_EQ(FindStoredImport(*Read(), 7, now_).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(ApplyTest, StaleRecordsOfAllPartsAreNamedAndNothingIsWritten) {
  Import(ImportKind::kDevices, ManyDevices(2100, "a"));
  const int64_t id = Preview(ImportKind::kDevices, ManyDevices(2100, "b"));
  SetNote("TSM-10", "by hand");
  SetNote("TSM-2050", "by hand");
  const absl::Status stale = Apply(id);
  EXPECT_EQ(stale.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Reason(stale), "IMPORT_STALE");
  EXPECT_THAT(FaultyFields(stale), ElementsAre("devices/TSM-10", "devices/TSM-2050"));
  EXPECT_EQ(Device("TSM-11").note, "a");
  EXPECT_EQ(Stored(id).record.change_set, 0);
}

TEST_F(ApplyTest, ARecordMadeSinceThePreviewIsStale) {
  const int64_t id = Preview(ImportKind::kDevices, ManyDevices(1, "a"));
  Import(ImportKind::kDevices, ManyDevices(1, "b"));
  EXPECT_EQ(Reason(Apply(id)), "IMPORT_STALE");
}

TEST_F(ApplyTest, AMissingDeviceThatChangedIsNotRetired) {
  Import(ImportKind::kDevices, ManyDevices(2, "a"));
  stored::ImportHeader header = Header(ImportKind::kDevices);
  header.set_retire_missing(true);
  header.set_force(true);
  const int64_t id = Preview(header, ManyDevices(1, "a"));
  SetNote("TSM-2", "by hand");
  EXPECT_THAT(FaultyFields(Apply(id)), ElementsAre("devices/TSM-2"));
  EXPECT_EQ(Device("TSM-2").state, domain::DeviceState::kActive);
}

TEST_F(ApplyTest, ADeviceThatWouldFollowNowAndWasNotShownIsNamed) {
  Import(ImportKind::kStaff, "staff_number,name,department\n0000001,山田 太郎,総務部\n");
  const int64_t id = Preview(
      ImportKind::kStaff, "staff_number,name,department,devices\n0000001,山田 太郎,市民部,STAY\n");
  Import(ImportKind::kDevices, "asset_tag,user_staff_numbers\nTSM-1,0000001\n");
  EXPECT_THAT(FaultyFields(Apply(id)), ElementsAre("devices/TSM-1"));
  EXPECT_EQ(Person("0000001").department, "総務部");
}

TEST_F(ApplyTest, APreviewWhosePartsAreNotWhatWasShownIsDataLoss) {
  auto built = Build(Header(ImportKind::kDevices), ManyDevices(2, "a"));
  ASSERT_TRUE(built.ok());
  auto other = Build(Header(ImportKind::kDevices), ManyDevices(2, "b"));
  ASSERT_TRUE(other.ok());
  built->parts = other->parts;
  EXPECT_EQ(Apply(Keep(*built)).code(), absl::StatusCode::kDataLoss);
  EXPECT_TRUE(Read()->ListDevices({})->empty());
}

TEST_F(ApplyTest, ImportedDevicesAreFoundByTheirKeys) {
  Import(ImportKind::kDevices, "asset_tag,host_name\nTSM-1,PC-77\n");
  const auto hits = Read()->Search(kIdentifierTier, {"PC-77", "PC-77~"}, 10);
  ASSERT_TRUE(hits.ok());
  ASSERT_EQ(hits->size(), 1U);
  EXPECT_EQ(hits->front().asset_tag, "TSM-1");
}

}  // namespace
}  // namespace kirikae::app

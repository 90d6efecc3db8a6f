// Databases of earlier programs can be opened, are migrated, and are sound.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "service/store/sqlite/check.h"
#include "service/store/sqlite/migrations.h"
#include "tests/store/store_fixture.h"

namespace kirikae::store {
namespace {

using domain::PlacementState;
using ::testing::Contains;
using ::testing::ElementsAre;

// The oldest schema with a kept database.
constexpr int kFirstKept = 7;

std::string FixtureOf(int schema) {
  return KIRIKAE_SOURCE_FOLDER "/tests/store/data/schema" + std::to_string(schema) + ".db";
}

std::vector<int> KeptSchemas() {
  std::vector<int> schemas;
  for (int schema = kFirstKept; schema <= SchemaVersion(); ++schema) schemas.push_back(schema);
  return schemas;
}

// The content that tests/store/make_fixture writes, in a database of each schema.
class Migration : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(std::filesystem::exists(FixtureOf(GetParam())))
        << "tests/store/data/README.md says how to make it";
    std::filesystem::copy_file(FixtureOf(GetParam()), folder_ / "kirikae.db");
    {
      SQLite::Database database(folder_ / "kirikae.db", SQLite::OPEN_READONLY);
      ASSERT_EQ(database.execAndGet("PRAGMA user_version").getInt(), GetParam());
      head_ = database.execAndGet("SELECT hash FROM change_sets ORDER BY id DESC").getString();
    }
    auto opened = OpenSqlite(folder_.path());
    ASSERT_TRUE(opened.ok()) << opened.status();
    store_ = *std::move(opened);
    view_ = *store_->Read();
  }

  void ExpectSound() {
    view_.reset();
    store_.reset();
    const auto report = CheckDatabase(folder_.path());
    ASSERT_TRUE(report.ok()) << report.status();
    for (const Finding& finding : report->findings) {
      ADD_FAILURE() << finding.record << ": " << finding.sentence.English();
    }
  }

  kirikae::testing::TemporaryFolder folder_;
  std::string head_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<ReadView> view_;
};

TEST_P(Migration, LeavesASoundDatabaseAndTheChainAsItWas) {
  const ChainReport chain = *view_->VerifyChain();
  EXPECT_EQ(chain.first_bad, 0);
  EXPECT_EQ(chain.head_hash, head_);
  EXPECT_GT(chain.checked, 40);
  ExpectSound();
}

TEST_P(Migration, KeepsTheInventory) {
  EXPECT_EQ(view_->ListDevices({})->size(), 13U);
  const domain::Device device = **view_->FindDevice("P-01");
  EXPECT_EQ(device.note, "点検済");
  EXPECT_EQ(device.labels.at("bundle"), "束1");
  EXPECT_EQ(device.auth_method, domain::AuthMethod::kFaceAndPassword);
  ASSERT_EQ(device.users.size(), 1U);
  EXPECT_EQ(device.users[0].enrolment, domain::EnrolmentState::kEnrolled);
  EXPECT_EQ((*view_->FindDevice("L-01"))->state, domain::DeviceState::kRetired);
  EXPECT_EQ((*view_->FindDevice("M-06"))->exception->method, domain::AuthMethod::kFaceAndIcCard);
  EXPECT_EQ((*view_->FindStaff("0000002"))->consent_withheld, "本人の申し出");
  EXPECT_FALSE(view_->Search(1, {"P-01", "P-01~"}, 10)->empty());
  constexpr int kCameraDue = 13;  // the first schema that knows the day
  EXPECT_EQ((*view_->FindDevice("M-05"))->camera_due_on.has_value(), GetParam() >= kCameraDue);
}

TEST_P(Migration, KeepsTheRollout) {
  EXPECT_EQ((*view_->FindRollout("small"))->approved_plan, 2);
  EXPECT_EQ((*view_->FindPlan("small", 1))->state, domain::PlanState::kRejected);
  EXPECT_EQ((*view_->FindPlan("small", 2))->remark, "案のとおり承認");
  EXPECT_EQ((*view_->FindWave("small", 1))->state, domain::WaveState::kDone);
  EXPECT_EQ((*view_->FindWave("small", 4))->day, absl::CivilDay(2025, 4, 9));
  const domain::PhaseStatus held = **view_->FindPhase("small", "main");
  EXPECT_EQ(held.state, domain::PhaseState::kHeld);
  EXPECT_EQ(held.hold_reason, "窓口の繁忙");
  const domain::PhaseStatus released = **view_->FindPhase("small", "pilot");
  EXPECT_EQ(released.state, domain::PhaseState::kPassed);
  EXPECT_TRUE(released.overridden);
  const domain::Placement deferred = **view_->FindPlacement("small", "P-05");
  EXPECT_EQ(deferred.state, PlacementState::kDeferred);
  EXPECT_EQ(deferred.until, absl::CivilDay(2025, 5, 7));
  EXPECT_EQ((*view_->FindPlacement("small", "P-03"))->failures, 1);
  EXPECT_EQ((*view_->FindPlacement("small", "P-06"))->state, PlacementState::kExempt);
}

TEST_P(Migration, KeepsTheRest) {
  EXPECT_EQ((*view_->FindCalendarDay(absl::CivilDay(2025, 4, 29)))->holiday, "昭和の日");
  EXPECT_EQ((*view_->FindCalendarDay(absl::CivilDay(2025, 8, 12)))->office,
            domain::OfficeDay::kClosed);
  EXPECT_EQ((*view_->FindImportProfile("asset-tool"))->kind, domain::ImportKind::kDevices);
  EXPECT_EQ((*view_->FindImport(15))->change_set, 16);
  EXPECT_TRUE((*view_->FindImportPart(15, 0)).has_value());
  EXPECT_TRUE((*view_->FindToken(3))->revoked);
  EXPECT_EQ((*view_->FindToken(2))->display_name, "窓口");
  constexpr int kFirstWithSessions = 12;
  if (GetParam() >= kFirstWithSessions) {
    EXPECT_EQ((*view_->FindToken(4))->certificate, "CN=kiosk-1,O=Example");
    EXPECT_EQ(view_->ListSessions()->size(), 1U);
  } else {
    EXPECT_EQ((*view_->FindToken(2))->certificate, "");
  }
}

TEST_P(Migration, KeepsTheHistory) {
  EXPECT_EQ((*view_->FindChangeSet(18))->undone_by, 19);
  EXPECT_THAT(*view_->UndoneSubjects(16), ElementsAre("devices/L-02"));
  EXPECT_THAT(*view_->TagsEver({.after = "", .limit = 100}), Contains("L-02"));
  const auto history = *view_->History("devices/P-01", std::nullopt, 1000);
  const bool has_past =
      std::any_of(history.begin(), history.end(), [](const domain::HistoryEntry& entry) {
        return entry.change.field == "past.placement.state" && entry.change.new_value == "FAILED";
      });
  EXPECT_TRUE(has_past);
  EXPECT_EQ(history.back().change.field, "exists");
}

TEST_P(Migration, GoesOnCountingPlacements) {
  domain::Placement placement = **view_->FindPlacement("small", "M-01");
  placement.state = PlacementState::kMigrated;
  Draft draft;
  draft.actor = "山田";
  draft.role = "OPERATOR";
  draft.act = domain::Act::kMarkMigrated;
  draft.edits.emplace_back(placement);
  WriteRequest write;
  write.make = [draft](ReadView&, int64_t) -> absl::StatusOr<Draft> { return draft; };
  std::promise<absl::StatusOr<std::string>> answered;
  store_->Write(std::move(write),
                [&](absl::StatusOr<std::string> answer) { answered.set_value(std::move(answer)); });
  ASSERT_TRUE(answered.get_future().get().ok());
  view_ = *store_->Read();
  int64_t migrated = 0;
  const auto waves = view_->CountWaves("small", 3);
  for (const PlacementCount& count : *waves) {
    if (count.state == PlacementState::kMigrated) migrated += count.count;
  }
  EXPECT_EQ(migrated, 1);
}

INSTANTIATE_TEST_SUITE_P(Schema, Migration, ::testing::ValuesIn(KeptSchemas()));

}  // namespace
}  // namespace kirikae::store

#include "service/domain/record_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/domain/error_detail.h"

namespace kirikae::domain {
namespace {

struct Case {
  std::string name;
  RecordName parts;
};

const Case kNames[] = {
    {DeviceName("TSM-00123"), {RecordKind::kDevice, "", "TSM-00123", 0}},
    {StaffName("0012345"), {RecordKind::kStaff, "", "0012345", 0}},
    {RolloutName("face2025"), {RecordKind::kRollout, "", "face2025", 0}},
    {PlanName("face2025", 1), {RecordKind::kPlan, "face2025", "1", 1}},
    {WaveName("face2025", 12), {RecordKind::kWave, "face2025", "12", 12}},
    {PhaseName("face2025", "pilot"), {RecordKind::kPhase, "face2025", "pilot", 0}},
    {PlacementName("face2025", "TSM-1"), {RecordKind::kPlacement, "face2025", "TSM-1", 0}},
    {TokenName(3), {RecordKind::kToken, "", "3", 3}},
    {ImportName(5), {RecordKind::kImport, "", "5", 5}},
    {ImportProfileName("asset-tool"), {RecordKind::kImportProfile, "", "asset-tool", 0}},
    {CalendarDayName(absl::CivilDay(2025, 8, 12)), {RecordKind::kCalendarDay, "", "2025-08-12", 0}},
    {ChangeSetName(9223372036854775807),
     {RecordKind::kChangeSet, "", "9223372036854775807", 9223372036854775807}},
};

TEST(RecordName, WhatIsMadeIsReadBack) {
  for (const Case& one : kNames) EXPECT_EQ(ReadRecordName(one.name), one.parts) << one.name;
}

TEST(RecordName, KindsAreNotTakenForEachOther) {
  for (const Case& one : kNames) {
    for (const Case& other : kNames) {
      const auto parsed = ParseName(one.parts.kind, other.name);
      EXPECT_EQ(parsed.ok(), one.parts.kind == other.parts.kind) << other.name;
    }
  }
}

TEST(RecordName, WhatIsNoNameIsNotRead) {
  for (const char* text : {"",
                           "/",
                           "devices",
                           "devices/",
                           "/TSM-1",
                           "devices//TSM-1",
                           "devices/a/b",
                           "Devices/a",
                           "rollouts//plans/1",
                           "rollouts/a/plans/",
                           "rollouts/a/plans/0",
                           "rollouts/a/plans/01",
                           "rollouts/a/plans/+1",
                           "rollouts/a/plans/ 1",
                           "rollouts/a/plans/1 ",
                           "rollouts/a/plans/1/",
                           "rollouts/a/plans/x",
                           "rollouts/a/devices/b",
                           "plans/1",
                           "rollouts/a/phases/b/c",
                           "tokens/9223372036854775808",
                           "tokens/-1",
                           "devices/a/plans/1",
                           "rollouts/a/"}) {
    EXPECT_FALSE(ReadRecordName(text).has_value()) << text;
  }
}

TEST(RecordName, AFaultNamesTheFieldAndTheForm) {
  const auto parsed = ParseName(RecordKind::kWave, "waves/1", "parent");
  const auto detail = DetailOf(parsed.status());
  ASSERT_TRUE(detail.has_value());
  ASSERT_EQ(detail->violations.size(), 1U);
  EXPECT_EQ(detail->violations[0].field, "parent");
  EXPECT_EQ(detail->violations[0].sentence.args[1], "rollouts/ID/waves/N");
}

TEST(RecordName, ANameThatIsMissingIsSaidToBe) {
  const auto detail = DetailOf(ParseName(RecordKind::kDevice, "", "name").status());
  ASSERT_TRUE(detail.has_value() && detail->violations.size() == 1U);
  EXPECT_EQ(detail->violations[0].sentence.English(), "A name of the form devices/ID is missing.");
}

}  // namespace
}  // namespace kirikae::domain

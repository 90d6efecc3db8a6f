// Plans as files.
#include "service/app/plans/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "service/app/plans/document_ics.h"
#include "tests/app/plans/plans_fixture.h"

namespace kirikae::app {
namespace {

using catalogue::Language;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Documents : public PlansFixture {
 protected:
  Documents() { AddDevices("総務部/総務課", {"A-2", "A-1", "A-3"}); }
  std::string Written(DocumentForm form, Language language = Language::kJapanese) {
    if (plan_.number == 0) plan_ = MakePlan();
    const auto document = WritePlan(*Read(), plan_, form, language, now_, Day("2025-05-07"));
    EXPECT_TRUE(document.ok()) << document.status();
    if (!document.ok()) return "";
    EXPECT_EQ(document->devices, 3U);
    return document->bytes;
  }
  domain::Plan plan_;
};

TEST_F(Documents, CsvHasARowADeviceByDayAndTag) {
  EXPECT_EQ(Written(DocumentForm::kCsv),
            "\xEF\xBB\xBF日,枠,作業班,資産管理番号,ホスト名,所属,拠点,階,使用者,前提条件\r\n"
            "2025-05-08,day,a,A-1,PC-A-1,総務部/総務課,本庁舎,3階,豊島　太郎,\r\n"
            "2025-05-08,day,a,A-2,PC-A-2,総務部/総務課,本庁舎,3階,豊島　太郎,\r\n"
            "2025-05-09,day,a,A-3,PC-A-3,総務部/総務課,本庁舎,3階,豊島　太郎,\r\n");
  EXPECT_THAT(Written(DocumentForm::kCsv, Language::kEnglish),
              StartsWith("\xEF\xBB\xBF"
                         "day,slot,team,tag,host,department,site,floor,users,waits for\r\n"));
}

TEST_F(Documents, CsvNeutralisesWhatASpreadsheetWouldRun) {
  domain::Device device = **Read()->FindDevice("A-1");
  device.floor = "=1+1";
  AddDevice(device);
  EXPECT_THAT(Written(DocumentForm::kCsv), HasSubstr(",'=1+1,"));
}

TEST_F(Documents, ADeviceThatIsNotReadySaysWhatItWaitsFor) {
  AddToFile("policy: { expect: { camera: 3 } }\n");
  domain::Device device = **Read()->FindDevice("A-2");
  device.camera = domain::Camera::kNone;
  AddDevice(device);
  EXPECT_THAT(Written(DocumentForm::kCsv),
              HasSubstr("2025-05-12,day,a,A-2,PC-A-2,総務部/総務課,本庁舎,3階,豊島　太郎,"
                        "カメラなし → 2025-05-12\r\n"));
  const std::string calendar = Written(DocumentForm::kIcs, Language::kEnglish);
  EXPECT_THAT(absl::StrReplaceAll(calendar, {{"\r\n ", ""}}), HasSubstr("(no camera → 2025-05-12)"))
      << "long lines are folded";
}

TEST_F(Documents, ADeviceThatIsGoneKeepsItsTag) {
  plan_ = MakePlan();
  auto kept = KeptOf(plan_);
  ASSERT_TRUE(kept.ok());
  kept->mutable_solution()->mutable_placements(0)->set_item("Z-9");
  plan_.solution = kept->SerializeAsString();
  EXPECT_THAT(Written(DocumentForm::kCsv), HasSubstr(",Z-9,,,,,,\r\n"));
}

TEST_F(Documents, AWorkbookIsOne) { EXPECT_THAT(Written(DocumentForm::kXlsx), StartsWith("PK")); }

TEST_F(Documents, ACalendarHasAnAllDayEventASlotAndTeam) {
  const std::string file = Written(DocumentForm::kIcs);
  EXPECT_THAT(file, StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  EXPECT_THAT(file, HasSubstr("BEGIN:VEVENT\r\n"
                              "UID:rollouts/small/2025-05-08/day/a@kirikae\r\n"
                              "DTSTAMP:20250507T000000Z\r\n"
                              "DTSTART;VALUE=DATE:20250508\r\n"
                              "SEQUENCE:1\r\n"
                              "SUMMARY:作業班 a、day: 2台\r\n"
                              "DESCRIPTION:A-1 PC-A-1 総務部/総務課 本庁舎 3階\\nA-2"));
  EXPECT_THAT(Written(DocumentForm::kIcs, Language::kEnglish),
              HasSubstr("SUMMARY:Team a\\, day: 2 devices\r\n"));
}

TEST_F(Documents, TheEventOfASlotKeepsItsUidOverPlans) {
  const std::string uid = "UID:rollouts/small/2025-05-08/day/a@kirikae\r\n";
  EXPECT_THAT(Written(DocumentForm::kIcs), HasSubstr(uid));
  plan_ = MakePlan();
  EXPECT_EQ(plan_.number, 2);
  EXPECT_THAT(Written(DocumentForm::kIcs), HasSubstr(uid));
}

TEST_F(Documents, AWaveThatALaterPlanLacksIsCancelled) {
  plan_ = MakePlan();
  domain::Plan later = plan_;
  later.number = 2;
  auto kept = KeptOf(later);
  ASSERT_TRUE(kept.ok());
  for (auto& placement : *kept->mutable_solution()->mutable_placements()) {
    placement.set_day("2025-05-12");
  }
  later.solution = kept->SerializeAsString();
  later.version = 0;
  Store({later});
  plan_ = later;
  const std::string file = Written(DocumentForm::kIcs);
  EXPECT_THAT(file, HasSubstr("UID:rollouts/small/2025-05-12/day/a@kirikae\r\n"));
  EXPECT_THAT(file, HasSubstr("SEQUENCE:2\r\n"));
  const size_t removed = file.find("UID:rollouts/small/2025-05-08/day/a@kirikae\r\n");
  ASSERT_NE(removed, std::string::npos);
  EXPECT_LT(removed, file.find("STATUS:CANCELLED\r\n", removed));
}

TEST(IcsLine, FoldsAt75OctetsNeverInsideACharacter) {
  EXPECT_EQ(IcsLine(std::string(75, 'x')), std::string(75, 'x') + "\r\n");
  EXPECT_EQ(IcsLine(std::string(76, 'x')), std::string(75, 'x') + "\r\n x\r\n");
  std::string wide;
  for (int i = 0; i < 60; ++i) wide += "界";
  const std::string folded = IcsLine("X" + wide);
  std::string joined = folded;
  for (size_t at = 0; (at = joined.find("\r\n ")) != std::string::npos;) joined.erase(at, 3);
  EXPECT_EQ(joined, "X" + wide + "\r\n");
  for (size_t start = 0; start < folded.size();) {
    const size_t end = folded.find("\r\n", start);
    EXPECT_LE(end - start, 75U);
    EXPECT_NE(static_cast<unsigned char>(folded[start]) & 0xC0U, 0x80U);
    start = end + 2;
  }
}

TEST(IcsText, EscapesAndLeavesOutControlCharacters) {
  EXPECT_EQ(IcsText("a,b;c\\d\ne\r\x01"
                    "f\t"),
            "a\\,b\\;c\\\\d\\nef\t");
}

}  // namespace
}  // namespace kirikae::app

// The texts of every record's fields, byte for byte. The hash chain of every database covers these
// texts, so the expectations never change; only new fields are added.
#include "service/domain/record_fields.h"
#include "service/domain/text_hash.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace kirikae::domain {
namespace {

const absl::Time kTime = absl::FromUnixMicros(1'743'465'600'123'456);
const absl::Time kLater = absl::FromUnixSeconds(1'743'552'000);

TEST(FieldTexts, OfADevice) {
  Device device;
  device.asset_tag = "TSM-00001";
  device.host_name = "TSMPC00001";
  device.serial = "S1";
  device.model = "Latitude 5340";
  device.os = "Windows 11 Pro";
  device.kind = DeviceKind::kSharedCounterTerminal;
  device.network = Network::kMyNumber;
  device.department = "区民部/戸籍課";
  device.site = "本庁舎";
  device.floor = "2階";
  device.users = {{"0100001", "髙橋　恵", "タカハシ メグミ", {}, {}}, {"0100002", "", "", {}, {}}};
  device.camera = Camera::kBroken;
  device.auth_method = AuthMethod::kFaceAndPassword;
  device.auth_method_since = kTime;
  device.state = DeviceState::kRetired;
  device.labels = {{"bundle", "k1"}, {"lease", "2027=03"}};
  device.note = "更新\n予定";
  device.inventoried_on = absl::CivilDay(2025, 4, 1);
  device.lease_ends_on = absl::CivilDay(2026, 3, 31);
  device.camera_due_on = absl::CivilDay(2025, 6, 2);
  device.exception = MethodException{AuthMethod::kFaceAndIcCard, kTime, kLater, "山田", "調整\t中"};
  device.version = 3;
  const Fields expected = {{"host_name", "TSMPC00001"},
                           {"serial", "S1"},
                           {"model", "Latitude 5340"},
                           {"os", "Windows 11 Pro"},
                           {"kind", "SHARED_COUNTER_TERMINAL"},
                           {"network", "MY_NUMBER"},
                           {"department", "区民部/戸籍課"},
                           {"site", "本庁舎"},
                           {"floor", "2階"},
                           {"users", "0100001\t髙橋　恵\tタカハシ メグミ\n0100002\t\t"},
                           {"camera", "BROKEN"},
                           {"auth_method_since", "2025-04-01T00:00:00.123456Z"},
                           {"auth_method", "FACE_AND_PASSWORD"},
                           {"state", "RETIRED"},
                           {"labels", "bundle=k1\nlease=2027=03\n"},
                           {"note", "更新\n予定"},
                           {"inventoried_on", "2025-04-01"},
                           {"lease_ends_on", "2026-03-31"},
                           {"camera_due_on", "2025-06-02"},
                           {"exception",
                            "FACE_AND_IC_CARD\t2025-04-01T00:00:00.123456Z\t2025-04-02T00:00:00Z\t"
                            "山田\t調整\t中"}};
  EXPECT_EQ(FieldsOf(device), expected);
}

TEST(FieldTexts, OfANewDevice) {
  const Fields expected = {{"host_name", ""},
                           {"serial", ""},
                           {"model", ""},
                           {"os", ""},
                           {"kind", "STAFF_DEVICE"},
                           {"network", "LGWAN"},
                           {"department", ""},
                           {"site", ""},
                           {"floor", ""},
                           {"users", ""},
                           {"camera", "UNKNOWN"},
                           {"auth_method_since", "1970-01-01T00:00:00Z"},
                           {"auth_method", "IC_CARD_AND_PASSWORD"},
                           {"state", "ACTIVE"},
                           {"labels", ""},
                           {"note", ""},
                           {"inventoried_on", ""},
                           {"lease_ends_on", ""},
                           {"camera_due_on", ""},
                           {"exception", ""}};
  EXPECT_EQ(FieldsOf(Device()), expected);
}

TEST(FieldTexts, OfAPerson) {
  Staff staff;
  staff.staff_number = "0100003";
  staff.name = "髙橋　恵";
  staff.kana = "タカハシ　メグミ";
  staff.department = "総務部/総務課";
  staff.title = "主任";
  staff.role = StaffRole::kPromotionOfficer;
  staff.enrolment = EnrolmentState::kEnrolled;
  staff.enrolled_on = absl::CivilDay(2025, 3, 1);
  staff.consent_withheld = "信条";
  staff.version = 2;
  const Fields expected = {{"name", "髙橋　恵"},
                           {"kana", "タカハシ　メグミ"},
                           {"department", "総務部/総務課"},
                           {"title", "主任"},
                           {"role", "PROMOTION_OFFICER"},
                           {"enrolment", "ENROLLED"},
                           {"enrolled_on", "2025-03-01"},
                           {"consent_withheld", "信条"}};
  EXPECT_EQ(FieldsOf(staff), expected);
  const Fields none = {
      {"name", ""},      {"kana", ""},          {"department", ""},  {"title", ""},
      {"role", "STAFF"}, {"enrolment", "NONE"}, {"enrolled_on", ""}, {"consent_withheld", ""}};
  EXPECT_EQ(FieldsOf(Staff()), none);
}

TEST(FieldTexts, OfARollout) {
  Rollout rollout;
  rollout.id = "face2025";
  rollout.title = "顔認証";
  rollout.source = "rollout: face2025\n";
  rollout.from_method = AuthMethod::kIcCardAndPassword;
  rollout.to_method = AuthMethod::kFaceAndIcCard;
  rollout.minimum_os = "Windows 11";
  rollout.state = RolloutState::kPaused;
  rollout.approved_plan = 2;
  rollout.waves_go_on_until = absl::CivilDay(2025, 6, 30);
  rollout.version = 4;
  const Fields expected = {{"title", "顔認証"},
                           {"source", "rollout: face2025\n"},
                           {"from_method", "IC_CARD_AND_PASSWORD"},
                           {"to_method", "FACE_AND_IC_CARD"},
                           {"minimum_os", "Windows 11"},
                           {"approved_plan", "2"},
                           {"waves_go_on_until", "2025-06-30"},
                           {"state", "PAUSED"}};
  EXPECT_EQ(FieldsOf(rollout), expected);
  const Fields none = {{"title", ""},
                       {"source", ""},
                       {"from_method", "IC_CARD_AND_PASSWORD"},
                       {"to_method", "FACE_AND_PASSWORD"},
                       {"minimum_os", ""},
                       {"approved_plan", "0"},
                       {"waves_go_on_until", ""},
                       {"state", "DRAFT"}};
  EXPECT_EQ(FieldsOf(Rollout()), none);
}

TEST(FieldTexts, OfAPlan) {
  Plan plan;
  plan.rollout = "face2025";
  plan.number = 2;
  plan.state = PlanState::kApproved;
  plan.solution = "solution";
  plan.creator = "佐藤";
  plan.create_time = kTime;
  plan.submitter = "鈴木";
  plan.approver = "田中";
  plan.remark = "可";
  plan.approve_time = kLater;
  plan.planned_count = 9;
  plan.left_count = 1;
  plan.blocked_count = 0;
  plan.file_hash = "0a1b";
  plan.version = 3;
  const Fields expected = {{"solution", "8 bytes 79bde6fe1e1f3c7a350e9944b784d6df"},
                           {"creator", "佐藤"},
                           {"submitter", "鈴木"},
                           {"approver", "田中"},
                           {"remark", "可"},
                           {"approve_time", "2025-04-02T00:00:00Z"},
                           {"planned_count", "9"},
                           {"left_count", "1"},
                           {"blocked_count", "0"},
                           {"file_hash", "0a1b"},
                           {"state", "APPROVED"}};
  EXPECT_EQ(FieldsOf(plan), expected);
  const Fields none = {{"solution", ""},       {"creator", ""},     {"submitter", ""},
                       {"approver", ""},       {"remark", ""},      {"approve_time", ""},
                       {"planned_count", "0"}, {"left_count", "0"}, {"blocked_count", "0"},
                       {"file_hash", ""},      {"state", "DRAFT"}};
  EXPECT_EQ(FieldsOf(Plan()), none);
}

TEST(FieldTexts, OfAProposal) {
  Proposal proposal;
  proposal.rollout = "face2025";
  proposal.number = 2;
  proposal.state = ProposalState::kDeclined;
  proposal.base = "solution";
  proposal.source = "rollout: face2025\n";
  proposal.author = "佐藤";
  proposal.create_time = kTime;
  proposal.reason = "初期不良";
  proposal.decider = "田中";
  proposal.remark = "否";
  proposal.decide_time = kLater;
  proposal.version = 2;
  const Fields expected = {{"base", "8 bytes 79bde6fe1e1f3c7a350e9944b784d6df"},
                           {"source", "rollout: face2025\n"},
                           {"author", "佐藤"},
                           {"create_time", "2025-04-01T00:00:00.123456Z"},
                           {"reason", "初期不良"},
                           {"decider", "田中"},
                           {"remark", "否"},
                           {"decide_time", "2025-04-02T00:00:00Z"},
                           {"state", "DECLINED"}};
  EXPECT_EQ(FieldsOf(proposal), expected);
  const Fields none = {
      {"base", ""},     {"source", ""},  {"author", ""}, {"create_time", "1970-01-01T00:00:00Z"},
      {"reason", ""},   {"decider", ""}, {"remark", ""}, {"decide_time", ""},
      {"state", "OPEN"}};
  EXPECT_EQ(FieldsOf(Proposal()), none);
}

TEST(FieldTexts, OfAWave) {
  Wave wave;
  wave.rollout = "face2025";
  wave.number = 12;
  wave.plan = 2;
  wave.phase = "pilot";
  wave.day = absl::CivilDay(2025, 5, 1);
  wave.slot = "am";
  wave.team = "a";
  wave.state = WaveState::kInProgress;
  wave.make_up = true;
  wave.version = 2;
  const Fields expected = {{"plan", "2"},           {"phase", "pilot"}, {"day", "2025-05-01"},
                           {"slot", "am"},          {"team", "a"},      {"make_up", "true"},
                           {"state", "IN_PROGRESS"}};
  EXPECT_EQ(FieldsOf(wave), expected);
  const Fields none = {{"plan", "0"}, {"phase", ""},   {"day", "1970-01-01"}, {"slot", ""},
                       {"team", ""},  {"make_up", ""}, {"state", "PLANNED"}};
  EXPECT_EQ(FieldsOf(Wave()), none);
}

TEST(FieldTexts, OfAPlacement) {
  Placement placement;
  placement.rollout = "face2025";
  placement.asset_tag = "TSM-00001";
  placement.wave = 3;
  placement.phase = "pilot";
  placement.day = absl::CivilDay(2025, 4, 7);
  placement.slot = "am";
  placement.team = "a";
  placement.state = PlacementState::kFailed;
  placement.cause = FailureCause::kCameraFault;
  placement.method_before = AuthMethod::kIcCardAndPassword;
  placement.off_schedule = true;
  placement.until = absl::CivilDay(2025, 4, 14);
  placement.marked_time = kTime;
  placement.failures = 2;
  placement.absences = 1;
  placement.version = 5;
  const Fields expected = {{"placement.wave", "3"},
                           {"placement.phase", "pilot"},
                           {"placement.day", "2025-04-07"},
                           {"placement.slot", "am"},
                           {"placement.team", "a"},
                           {"placement.cause", "CAMERA_FAULT"},
                           {"placement.method_before", "IC_CARD_AND_PASSWORD"},
                           {"placement.off_schedule", "true"},
                           {"placement.until", "2025-04-14"},
                           {"placement.marked_time", "2025-04-01T00:00:00.123456Z"},
                           {"placement.failures", "2"},
                           {"placement.absences", "1"},
                           {"placement.state", "FAILED"}};
  EXPECT_EQ(FieldsOf(placement), expected);
  const Fields none = {
      {"placement.wave", "0"},         {"placement.phase", ""},        {"placement.day", ""},
      {"placement.slot", ""},          {"placement.team", ""},         {"placement.cause", ""},
      {"placement.method_before", ""}, {"placement.off_schedule", ""}, {"placement.until", ""},
      {"placement.marked_time", ""},   {"placement.failures", ""},     {"placement.absences", ""},
      {"placement.state", "UNPLANNED"}};
  EXPECT_EQ(FieldsOf(Placement()), none);
}

TEST(FieldTexts, OfAPhase) {
  PhaseStatus phase;
  phase.rollout = "face2025";
  phase.id = "pilot";
  phase.state = PhaseState::kHeld;
  phase.returns_to = PhaseState::kGate;
  phase.hold_rule = HoldRule::kIncidents;
  phase.hold_reason = "様子見";
  phase.held_by = "鈴木";
  phase.hold_time = kTime;
  phase.held_succeeded = 7;
  phase.held_attempted = 9;
  phase.held_incidents = 2;
  phase.forgiven_failures = 3;
  phase.forgiven_incidents = 1;
  phase.done_on = absl::CivilDay(2025, 4, 1);
  phase.released_by = "田中";
  phase.remark = "解決";
  phase.release_time = kLater;
  phase.approved = true;
  phase.overridden = true;
  phase.opened_on = absl::CivilDay(2025, 4, 2);
  phase.passed_on = absl::CivilDay(2025, 4, 3);
  phase.version = 6;
  const Fields expected = {{"returns_to", "GATE"},
                           {"hold_rule", "INCIDENTS"},
                           {"hold_reason", "様子見"},
                           {"held_by", "鈴木"},
                           {"hold_time", "2025-04-01T00:00:00.123456Z"},
                           {"held_succeeded", "7"},
                           {"held_attempted", "9"},
                           {"held_incidents", "2"},
                           {"forgiven_failures", "3"},
                           {"forgiven_incidents", "1"},
                           {"done_on", "2025-04-01"},
                           {"released_by", "田中"},
                           {"remark", "解決"},
                           {"release_time", "2025-04-02T00:00:00Z"},
                           {"approved", "true"},
                           {"overridden", "true"},
                           {"opened_on", "2025-04-02"},
                           {"passed_on", "2025-04-03"},
                           {"state", "HELD"}};
  EXPECT_EQ(FieldsOf(phase), expected);
  const Fields none = {{"returns_to", "OPEN"},
                       {"hold_rule", ""},
                       {"hold_reason", ""},
                       {"held_by", ""},
                       {"hold_time", ""},
                       {"held_succeeded", "0"},
                       {"held_attempted", "0"},
                       {"held_incidents", "0"},
                       {"forgiven_failures", "0"},
                       {"forgiven_incidents", "0"},
                       {"done_on", ""},
                       {"released_by", ""},
                       {"remark", ""},
                       {"release_time", ""},
                       {"approved", ""},
                       {"overridden", ""},
                       {"opened_on", ""},
                       {"passed_on", ""},
                       {"state", "WAITING"}};
  EXPECT_EQ(FieldsOf(PhaseStatus()), none);
}

TEST(FieldTexts, OfAToken) {
  Token token;
  token.id = 3;
  token.display_name = "田中";
  token.role = Role::kApprover;
  token.hash = "00ff";
  token.expire_time = kLater;
  token.revoked = true;
  token.version = 2;
  token.certificate = "CN=kiosk-1";
  const Fields expected = {{"display_name", "田中"},
                           {"role", "APPROVER"},
                           {"secret", "4 bytes dd04116edc5551578649fc6cff82d245"},
                           {"expire_time", "2025-04-02T00:00:00Z"},
                           {"revoked", "true"},
                           {"certificate", "CN=kiosk-1"}};
  EXPECT_EQ(FieldsOf(token), expected);
  const Fields none = {{"display_name", ""}, {"role", "VIEWER"},
                       {"secret", ""},       {"expire_time", "1970-01-01T00:00:00Z"},
                       {"revoked", ""},      {"certificate", ""}};
  EXPECT_EQ(FieldsOf(Token()), none);
}

TEST(FieldTexts, OfAnImport) {
  ImportPreview import;
  import.id = 5;
  import.kind = ImportKind::kEnrolments;
  import.payload = "payload";
  import.parts = std::make_shared<const std::vector<std::string>>(1, "part");
  import.change_set = 12;
  import.author = "佐藤";
  import.create_time = kTime;
  import.size = 11;
  import.expired = true;
  import.parts_hash = HashOfTexts(*import.parts);
  import.version = 2;
  const Fields expected = {{"kind", "ENROLMENTS"},
                           {"payload", "7 bytes 10869b0f6f20a93198b36b54dcfb8664"},
                           {"change_set", "12"},
                           {"author", "佐藤"},
                           {"create_time", "2025-04-01T00:00:00.123456Z"},
                           {"size", "11"},
                           {"expired", "true"},
                           {"parts_hash", import.parts_hash}};
  EXPECT_EQ(FieldsOf(import), expected);
  const Fields none = {{"kind", "DEVICES"}, {"payload", ""},     {"change_set", "0"},
                       {"author", ""},      {"create_time", ""}, {"size", ""},
                       {"expired", ""},     {"parts_hash", ""}};
  EXPECT_EQ(FieldsOf(ImportPreview()), none);
}

TEST(FieldTexts, OfAnImportProfile) {
  ImportProfile profile;
  profile.name = "asset-tool";
  profile.kind = ImportKind::kStaff;
  profile.source = "profile: asset-tool\n";
  profile.version = 1;
  const Fields expected = {{"kind", "STAFF"}, {"source", "profile: asset-tool\n"}};
  EXPECT_EQ(FieldsOf(profile), expected);
  const Fields none = {{"kind", "DEVICES"}, {"source", ""}};
  EXPECT_EQ(FieldsOf(ImportProfile()), none);
}

TEST(FieldTexts, OfACalendarDay) {
  CalendarDay day;
  day.day = absl::CivilDay(2025, 8, 11);
  day.holiday = "山の日";
  day.office = OfficeDay::kOpen;
  day.reason = "選挙事務";
  day.version = 1;
  const Fields expected = {{"holiday", "山の日"}, {"office", "OPEN"}, {"reason", "選挙事務"}};
  EXPECT_EQ(FieldsOf(day), expected);
  const Fields none = {{"holiday", ""}, {"office", ""}, {"reason", ""}};
  EXPECT_EQ(FieldsOf(CalendarDay()), none);
}

}  // namespace
}  // namespace kirikae::domain

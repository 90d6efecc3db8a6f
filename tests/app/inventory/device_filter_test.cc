#include "service/app/inventory/device_filter.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_replace.h"
#include "service/domain/record_fields.h"
#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

// A device with a different value in every field.
domain::Device Full() {
  domain::Device device;
  device.asset_tag = "TSM-00001";
  device.host_name = "PC-MADOGUCHI-1";
  device.serial = "5CG1234XYZ";
  device.model = "ProBook 450";
  device.os = "Windows 11 23H2";
  device.department = "市民部/市民課";
  device.site = "本庁舎";
  device.floor = "2F";
  device.note = "窓口の \"右\" 端";
  device.kind = domain::DeviceKind::kSharedCounterTerminal;
  device.network = domain::Network::kMyNumber;
  device.camera = domain::Camera::kExternal;
  device.auth_method = domain::AuthMethod::kIcCardAndPassword;
  device.state = domain::DeviceState::kActive;
  device.inventoried_on = absl::CivilDay(2025, 4, 1);
  device.lease_ends_on = absl::CivilDay(2026, 3, 31);
  device.camera_due_on = absl::CivilDay(2025, 6, 2);
  device.labels["lot"] = "A-3";
  device.exception = domain::MethodException{domain::AuthMethod::kFaceAndIcCard, absl::UnixEpoch(),
                                             absl::InfiniteFuture(), "", ""};
  device.users = {{"0012345", "髙橋 花子", "タカハシ ハナコ", domain::StaffRole::kManager,
                   domain::EnrolmentState::kEnrolled},
                  {"0012346", "佐藤 一郎", "サトウ イチロウ", domain::StaffRole::kStaff,
                   domain::EnrolmentState::kNone}};
  return device;
}

bool MatchesFull(const std::string& text) {
  const auto filter = ParseDeviceFilter(text);
  EXPECT_TRUE(filter.ok()) << text << ": " << filter.status();
  return filter.ok() && filter->Matches(Full());
}

// The sentence of a refusal.
std::string Refusal(const std::string& text) {
  const auto filter = ParseDeviceFilter(text);
  EXPECT_EQ(filter.status().code(), absl::StatusCode::kInvalidArgument) << text;
  const auto detail = domain::DetailOf(filter.status());
  if (!detail.has_value() || detail->violations.empty()) return "";
  EXPECT_EQ(detail->violations.front().field, "filter");
  return detail->violations.front().sentence.English();
}

TEST(DeviceFilter, EveryFieldCanBeAskedFor) {
  for (const std::string text : {R"(asset_tag = TSM-00001)",
                                 R"(host_name = PC-MADOGUCHI-1)",
                                 R"(serial = 5CG1234XYZ)",
                                 R"(model = "ProBook 450")",
                                 R"(os = "Windows 11 23H2")",
                                 R"(department = 市民部/市民課)",
                                 R"(site = 本庁舎)",
                                 R"(floor = 2F)",
                                 R"(note = "窓口の \"右\" 端")",
                                 R"(kind = SHARED_COUNTER_TERMINAL)",
                                 R"(network = MY_NUMBER)",
                                 R"(camera = EXTERNAL)",
                                 R"(auth_method = IC_CARD_AND_PASSWORD)",
                                 R"(effective_method = FACE_AND_IC_CARD)",
                                 R"(exception.method = FACE_AND_IC_CARD)",
                                 R"(state = ACTIVE)",
                                 R"(inventoried_on = 2025-04-01)",
                                 R"(labels.lot = A-3)",
                                 R"(users.name = "佐藤 一郎")",
                                 R"(users.kana = "サトウ イチロウ")",
                                 R"(users.role = MANAGER)",
                                 R"(users.enrolment = NONE)",
                                 R"(users.staff_number = 0012346)"}) {
    EXPECT_TRUE(MatchesFull(text)) << text;
    EXPECT_FALSE(MatchesFull("NOT " + text)) << text;
  }
}

TEST(DeviceFilter, ARowOfTheFieldTableMakesAFieldThatFiltersKnow) {
  for (const auto& field : domain::FieldTable<domain::Device>()) {
    const std::string name(field.api_name);
    const std::string text = "\"" + absl::StrReplaceAll(field.get(Full()), {{"\"", "\\\""}}) + "\"";
    if (!field.Is(domain::kFiltered)) {
      EXPECT_FALSE(ParseDeviceFilter(name + " = " + text).ok()) << name;
      continue;
    }
    EXPECT_TRUE(MatchesFull(name + " = " + text));
    EXPECT_EQ(ParseDeviceFilter(name + " = TOASTER").ok(), field.terms == nullptr) << name;
  }
}

TEST(DeviceFilter, ADeviceThatWasNeverCountedIsNeitherBeforeNorAfterADay) {
  for (const std::string sign : {"<", "<=", "=", ">=", ">"}) {
    const auto filter = ParseDeviceFilter("inventoried_on " + sign + " 2025-04-01");
    ASSERT_TRUE(filter.ok()) << filter.status();
    EXPECT_FALSE(filter->Matches(domain::Device())) << sign;
  }
}

TEST(DeviceFilter, EveryOperatorDecidesAsItSays) {
  const std::vector<std::pair<std::string, bool>> cases = {
      {"inventoried_on < 2025-04-02", true},
      {"inventoried_on < 2025-04-01", false},
      {"inventoried_on <= 2025-04-01", true},
      {"inventoried_on > 2025-03-31", true},
      {"inventoried_on > 2025-04-01", false},
      {"inventoried_on >= 2025-04-01", true},
      {"kind != SPARE", true},
      {"kind != SHARED_COUNTER_TERMINAL", false},
      // A field with several values: != holds when none of them equals the value.
      {"users.name != \"佐藤 一郎\"", false},
      {"users.role != PROMOTION_OFFICER", true},
      // `:` means contains, in any width and case; for a department, everything below it.
      {"host_name : ｍａｄｏ", true},
      {"host_name : kaigi", false},
      {"department : 市民部", true},
      {"department : 市民", false},
      {"department = 市民部", false},
      {"labels.missing : a", false}};
  for (const auto& [text, matches] : cases) EXPECT_EQ(MatchesFull(text), matches) << text;
}

TEST(DeviceFilter, AndBindsTighterThanOrAndParenthesesTighterStill) {
  EXPECT_TRUE(MatchesFull("floor = 2F OR floor = 3F AND kind = SPARE"));
  EXPECT_FALSE(MatchesFull("(floor = 2F OR floor = 3F) AND kind = SPARE"));
  EXPECT_TRUE(MatchesFull("NOT floor = 3F AND floor = 2F"));
  EXPECT_FALSE(MatchesFull("NOT (floor = 3F OR floor = 2F)"));
  EXPECT_TRUE(MatchesFull(""));
  EXPECT_TRUE(MatchesFull("  \t"));
}

TEST(DeviceFilter, ARefusalNamesTheCharacterAndNotTheByte) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"colour = red", "There is no field such as the one at character 1 "},
      {"site = 本庁舎 AND colour = red", "There is no field such as the one at character 16 "},
      {"kind = TOASTER", "no value such as the one at character 8 "},
      {"kind SPARE", "At character 6 of the filter, a comparison"},
      {"kind =", "At character 7 of the filter, a value"},
      {"site = \"本庁", "At character 11 of the filter, a closing quote"},
      {"(floor = 2F", "At character 12 of the filter, a closing parenthesis"},
      {"floor = 2F floor = 3F", "At character 12 of the filter, AND, OR or the end"},
      {"labels. = 1", "There is no field such as the one at character 1 "}};
  for (const auto& [text, words] : cases) {
    EXPECT_NE(Refusal(text).find(words), std::string::npos) << text << ": " << Refusal(text);
  }
}

TEST(DeviceFilter, NestingAndLengthHaveLimits) {
  const std::string deep = std::string(60, '(') + "floor = 2F" + std::string(60, ')');
  EXPECT_NE(Refusal(deep).find("nested too deeply"), std::string::npos);
  EXPECT_NE(Refusal("note = " + std::string(5000, 'a')).find("4096"), std::string::npos);
}

TEST(DeviceFilter, ASelectorKnowsNoFieldOfPlacements) {
  EXPECT_TRUE(ParseDeviceSelector("kind = SPARE").ok());
  EXPECT_FALSE(ParseDeviceSelector("placement.state = DUE").ok());
  const auto filter = ParseDeviceFilter("placement.state = DUE");
  ASSERT_TRUE(filter.ok()) << filter.status();
  EXPECT_TRUE(filter->NeedsPlacements());
  EXPECT_FALSE(ParseDeviceFilter("kind = SPARE")->NeedsPlacements());
}

using DeviceFilterTest = InventoryFixture;

TEST_F(DeviceFilterTest, FieldsOfPlacementsAreThoseOfEveryRollout) {
  StoreDevices({NewTagged("TSM-1"), NewTagged("TSM-2")});
  domain::Rollout rollout;
  rollout.id = "face2025";
  domain::Placement placement;
  placement.rollout = rollout.id;
  placement.asset_tag = "TSM-1";
  placement.phase = "window";
  placement.team = "a";
  placement.day = Day("2025-06-02");
  placement.state = domain::PlacementState::kPlanned;
  Store({rollout, placement});
  const auto view = Read();
  for (const std::string text :
       {"placement.state = PLANNED", "placement.day >= 2025-06-01", "placement.team = a",
        "placement.phase = window", "placement.rollout = face2025"}) {
    const auto filter = ParseDeviceFilter(text);
    ASSERT_TRUE(filter.ok()) << filter.status();
    EXPECT_TRUE(*Matches(*view, *filter, Stored("TSM-1"))) << text;
    EXPECT_FALSE(*Matches(*view, *filter, Stored("TSM-2"))) << text;
  }
}

}  // namespace
}  // namespace kirikae::app

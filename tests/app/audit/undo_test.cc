#include "service/app/audit/undo.h"

#include <string>
#include <vector>

#include "service/app/inventory/method_change.h"
#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

using Names = std::vector<std::string>;

class UndoTest : public InventoryFixture {
 protected:
  void SetUp() override {
    StoreDevices({NewTagged("TSM-1"), NewTagged("TSM-2")});
    now_ += absl::Minutes(1);
  }

  absl::Status Undo(int64_t change_set, const Names& records, const WriteContext& context) {
    return Write(context, [&](store::ReadView& view, int64_t, const WriteContext& given) {
      return UndoDraft(view, change_set, records, given);
    });
  }
  absl::Status Undo(int64_t change_set, const Names& records = {}) {
    return Undo(change_set, records, Context());
  }
  int64_t Last() { return Read()->ListChangeSets({})->front().id; }

  // Sets floors in one change set and returns its id.
  int64_t SetFloors(const std::vector<std::pair<std::string, std::string>>& floors) {
    std::vector<domain::Device> devices;
    for (const auto& [tag, floor] : floors) {
      devices.push_back(Stored(tag));
      devices.back().floor = floor;
    }
    StoreDevices(devices);
    now_ += absl::Minutes(1);
    return Last();
  }
};

TEST_F(UndoTest, TheOldValuesComeBackInOneChangeSet) {
  const int64_t set = SetFloors({{"TSM-1", "1F"}, {"TSM-2", "2F"}});
  ASSERT_TRUE(Undo(set).ok());
  EXPECT_EQ(Stored("TSM-1").floor, "");
  EXPECT_EQ(Stored("TSM-2").floor, "");
  EXPECT_EQ((*Read()->FindChangeSet(set))->undone_by, Last());
  EXPECT_EQ(Undo(set).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Undo(Last()).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Undo(99).code(), absl::StatusCode::kNotFound);
}

TEST_F(UndoTest, EveryFieldThatWasChangedSinceIsAConflictAndNothingIsUndone) {
  const int64_t set = SetFloors({{"TSM-1", "1F"}, {"TSM-2", "2F"}});
  SetFloors({{"TSM-1", "8F"}});
  const absl::Status refused = Undo(set);
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Faults(refused), Names{"devices/TSM-1.floor"});
  EXPECT_EQ(Stored("TSM-2").floor, "2F");
}

TEST_F(UndoTest, APartIsUndoneAndThenTheRest) {
  const int64_t set = SetFloors({{"TSM-1", "1F"}, {"TSM-2", "2F"}});
  ASSERT_TRUE(Undo(set, {"devices/TSM-1"}).ok());
  EXPECT_EQ(Stored("TSM-1").floor, "");
  EXPECT_EQ(Stored("TSM-2").floor, "2F");
  EXPECT_EQ(Undo(set, {"devices/TSM-1"}).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Undo(set, {"devices/TSM-3"}).code(), absl::StatusCode::kNotFound);
  ASSERT_TRUE(Undo(set).ok());
  EXPECT_EQ(Stored("TSM-2").floor, "");
  EXPECT_EQ(Undo(set).code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(UndoTest, AMadeRecordGoesUnlessItWasTouchedSince) {
  StoreDevices({NewTagged("TSM-3")});
  const int64_t third = Last();
  StoreDevices({NewTagged("TSM-4")});
  const int64_t fourth = Last();
  SetFloors({{"TSM-4", "4F"}});
  ASSERT_TRUE(Undo(third).ok());
  EXPECT_FALSE((*Read()->FindDevice("TSM-3")).has_value());
  EXPECT_EQ(Faults(Undo(fourth)), Names{"devices/TSM-4"});
}

TEST_F(UndoTest, StaffAndCalendarDaysAreUndoneToo) {
  domain::CalendarDay day;
  day.day = Day("2025-06-02");
  day.office = domain::OfficeDay::kClosed;
  Store({NewStaff("0001", "佐藤", "サトウ"), day});
  ASSERT_TRUE(Undo(Last()).ok());
  EXPECT_FALSE((*Read()->FindStaff("0001")).has_value());
  EXPECT_FALSE((*Read()->FindCalendarDay(day.day)).has_value());
}

// The store's write path checks it, whatever the way.
TEST_F(UndoTest, RegistersNobodyAndSwitchesNothingAgainstConsent) {
  domain::Staff person = NewStaff("0001", "佐藤", "サトウ");
  person.enrolment = domain::EnrolmentState::kEnrolled;
  domain::Device device = NewTagged("TSM-9");
  device.users.emplace_back().staff_number = "0001";
  device.auth_method = domain::AuthMethod::kFaceAndPassword;
  Store({person, store::DeviceEdit{device, std::nullopt}});
  person = **Read()->FindStaff("0001");
  person.enrolment = domain::EnrolmentState::kNone;
  Store({person});
  const int64_t removed = Last();
  device = Stored("TSM-9");
  device.auth_method = domain::AuthMethod::kIcCardAndPassword;
  Store({store::DeviceEdit{device, std::nullopt}});
  const int64_t switched_back = Last();
  person = **Read()->FindStaff("0001");
  person.consent_withheld = "信条";
  Store({person});
  for (const int64_t set : {removed, switched_back}) {
    const absl::Status refused = Undo(set);
    EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(domain::DetailOf(refused)->reason, "CONSENT_WITHHELD");
  }
  EXPECT_EQ((*Read()->FindStaff("0001"))->enrolment, domain::EnrolmentState::kNone);
  EXPECT_EQ(Stored("TSM-9").auth_method, domain::AuthMethod::kIcCardAndPassword);
}

TEST_F(UndoTest, OnlyWhoMadeItOrAnAdministratorMayUndo) {
  const int64_t set = SetFloors({{"TSM-1", "1F"}});
  WriteContext other = Context();
  other.caller = {.actor = "鈴木", .role = domain::Role::kOperator, .token = 2};
  EXPECT_EQ(Undo(set, {}, other).code(), absl::StatusCode::kPermissionDenied);
  other.caller.actor = "山田";
  EXPECT_TRUE(Undo(set, {}, other).ok());
}

TEST_F(UndoTest, TheMethodFollowsFromWhatIsStillBelieved) {
  const auto set_method = [&](domain::AuthMethod method) {
    domain::Device device = Stored("TSM-1");
    device.auth_method = method;
    device.auth_method_since = now_;
    StoreDevices({device});
    now_ += absl::Minutes(1);
    return Last();
  };
  const int64_t first = set_method(domain::AuthMethod::kFaceAndPassword);
  set_method(domain::AuthMethod::kIcCardAndPassword);
  const int64_t third = set_method(domain::AuthMethod::kFaceAndIcCard);
  EXPECT_EQ(Faults(Undo(first)), Names{"devices/TSM-1.auth_method"});
  ASSERT_TRUE(Undo(third).ok());
  EXPECT_EQ(Stored("TSM-1").auth_method, domain::AuthMethod::kIcCardAndPassword);
}

}  // namespace
}  // namespace kirikae::app

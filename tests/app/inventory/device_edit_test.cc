#include "service/app/inventory/device_edit.h"

#include <optional>
#include <string>
#include <vector>

#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

using Fields = std::vector<std::string>;

class DeviceEditTest : public InventoryFixture {
 protected:
  void SetUp() override {
    Store({NewStaff("0012345", "佐藤 花子", "サトウ ハナコ")});
    StoreDevices({NewTagged("TSM-1")});
  }

  absl::Status Edit(const FieldTexts& texts, std::optional<absl::Time> effective = {}) {
    WriteContext context = Context();
    context.effective = effective.value_or(now_);
    return Write(context,
                 [&](store::ReadView& view, int64_t,
                     const WriteContext& given) -> absl::StatusOr<store::Draft> {
                   domain::Device device = **view.FindDevice("TSM-1");
                   store::Draft draft = given.NewDraft(domain::Act::kUpdateDevice);
                   const absl::Status edited = EditDevice(texts, view, device);
                   if (!edited.ok()) return edited;
                   draft.edits.emplace_back(ToEdit(device));
                   return draft;
                 });
  }
};

TEST_F(DeviceEditTest, FieldsAreSetByName) {
  ASSERT_TRUE(Edit({{"host_name", "ｐｃ－１"},
                    {"kind", "SPARE"},
                    {"inventoried_on", "2025-05-01"},
                    {"labels.lot", "A-3"},
                    {"users", ""},
                    {"users[0].staff_number", "００１２３４５"}})
                  .ok());
  const domain::Device device = Stored("TSM-1");
  EXPECT_EQ(device.host_name, "PC-1");
  EXPECT_EQ(device.kind, domain::DeviceKind::kSpare);
  EXPECT_EQ(device.inventoried_on, Day("2025-05-01"));
  EXPECT_EQ(device.labels.at("lot"), "A-3");
  ASSERT_EQ(device.users.size(), 1U);
  EXPECT_EQ(device.users[0].name, "佐藤 花子");
}

TEST_F(DeviceEditTest, EveryFaultIsNamedAndNothingIsStored) {
  const absl::Status refused = Edit({{"colour", "red"},
                                     {"state", "RETIRED"},
                                     {"kind", "TOASTER"},
                                     {"note", std::string(2001, 'a')},
                                     {"labels.a b", "1"},
                                     {"users", ""},
                                     {"users[0].staff_number", "9999999"},
                                     {"floor", "2F"}});
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Faults(refused),
            (Fields{"colour", "state", "kind", "note", "labels.a b", "users[0].staff_number"}));
  EXPECT_EQ(Stored("TSM-1").floor, "");
  EXPECT_EQ(Faults(Edit({})), Fields{"update_mask"});
}

// Once, labels set as a whole were stored unchecked, so that a = in a key changed the key.
TEST_F(DeviceEditTest, LabelsSetAsAWholeAreCheckedLikeSingleOnes) {
  ASSERT_TRUE(Edit({{"labels.old", "1"}}).ok());
  EXPECT_EQ(Faults(Edit({{"labels", ""}, {"labels.a=b", "1"}})), Fields{"labels.a=b"});
  ASSERT_TRUE(Edit({{"labels", ""}, {"labels.new", "2"}}).ok());
  EXPECT_EQ(Stored("TSM-1").labels, (std::map<std::string, std::string>{{"new", "2"}}));
  ASSERT_TRUE(Edit({{"labels.new", ""}}).ok());
  EXPECT_TRUE(Stored("TSM-1").labels.empty());
}

TEST_F(DeviceEditTest, ADeviceHasAtMost50LabelsWithShortKeys) {
  FieldTexts texts;
  for (int i = 0; i < 51; ++i) texts.emplace_back("labels.k" + std::to_string(i), "1");
  EXPECT_EQ(Faults(Edit(texts)), Fields{"labels.k50"});
  EXPECT_EQ(Faults(Edit({{"labels." + std::string(101, 'k'), "1"}})),
            Fields{"labels." + std::string(101, 'k')});
}

TEST_F(DeviceEditTest, ADeviceHasAtMost50Users) {
  FieldTexts texts = {{"users", ""}};
  for (int i = 0; i < 52; ++i) {
    texts.emplace_back("users[" + std::to_string(i) + "].staff_number", "0012345");
  }
  EXPECT_EQ(Faults(Edit(texts)), Fields{"users"});
}

// An update once switched any number of devices, without a plan, a gate or a reason.
TEST_F(DeviceEditTest, TheMethodOfAStoredDeviceIsNoFieldToSet) {
  EXPECT_EQ(Faults(Edit({{"auth_method", "FACE_AND_PASSWORD"}, {"floor", "2F"}})),
            Fields{"auth_method"});
  EXPECT_EQ(Stored("TSM-1").auth_method, domain::AuthMethod::kIcCardAndPassword);
  EXPECT_EQ(Stored("TSM-1").floor, "");
  const auto made = NewDevice("TSM-9", {{"auth_method", "FACE_AND_PASSWORD"}}, *Read(), Context());
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->auth_method, domain::AuthMethod::kFaceAndPassword);
}

TEST_F(DeviceEditTest, ANewDeviceHasUsualValuesAndAFoldedTag) {
  const auto device = NewDevice("ｔｓｍ－００２", {{"floor", "3F"}}, *Read(), Context());
  ASSERT_TRUE(device.ok()) << device.status();
  EXPECT_EQ(device->asset_tag, "TSM-002");
  EXPECT_EQ(device->floor, "3F");
  EXPECT_EQ(device->kind, domain::DeviceKind::kStaffDevice);
  EXPECT_EQ(device->auth_method, domain::AuthMethod::kIcCardAndPassword);
  EXPECT_EQ(device->auth_method_since, now_);
  EXPECT_TRUE(NewDevice("TSM-3", {}, *Read(), Context()).ok());

  EXPECT_EQ(NewDevice("tsm-1", {}, *Read(), Context()).status().code(),
            absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(Faults(NewDevice("TSM 2", {}, *Read(), Context()).status()),
            Fields{"device.asset_tag"});
}

TEST_F(DeviceEditTest, AnEtagIsThatOfTheVersionOrNone) {
  EXPECT_TRUE(CheckEtag("", "devices/TSM-1", 3).ok());
  EXPECT_TRUE(CheckEtag("3", "devices/TSM-1", 3).ok());
  EXPECT_EQ(CheckEtag("2", "devices/TSM-1", 3).code(), absl::StatusCode::kAborted);

  const domain::Device before = Stored("TSM-1");
  domain::Device after = before;
  EXPECT_EQ(VersionAfter(before, after), before.version);
  after.floor = "9F";
  EXPECT_EQ(VersionAfter(before, after), before.version + 1);
  EXPECT_EQ(VersionAfter(domain::Device(), domain::Device()), 1);
}

}  // namespace
}  // namespace kirikae::app

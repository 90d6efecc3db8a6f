#include "service/app/inventory/method_change.h"

#include <string>
#include <vector>

#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

using domain::AuthMethod;

class MethodChangeTest : public InventoryFixture {
 protected:
  void SetUp() override { StoreDevices({NewTagged("TSM-1")}); }

  // Returns the number of past changes.
  size_t Change(AuthMethod method, absl::Time effective) {
    size_t past = 0;
    const absl::Status changed =
        Write([&](store::ReadView& view, int64_t,
                  const WriteContext& context) -> absl::StatusOr<store::Draft> {
          store::Draft draft = context.NewDraft(domain::Act::kUpdateDevice);
          draft.effective_time = effective;
          domain::Device device = **view.FindDevice("TSM-1");
          const absl::Status status = ChangeMethod(view, method, effective, device, draft.edits);
          if (!status.ok()) return status;
          past = draft.edits.size();
          draft.edits.emplace_back(ToEdit(device));
          return draft;
        });
    EXPECT_TRUE(changed.ok()) << changed;
    now_ += absl::Minutes(1);
    return past;
  }
};

TEST_F(MethodChangeTest, ALaterMethodIsTheDevicesMethod) {
  const absl::Time when = now_ - absl::Hours(2);
  EXPECT_EQ(Change(AuthMethod::kFaceAndPassword, when), 0U);
  EXPECT_EQ(Stored("TSM-1").auth_method, AuthMethod::kFaceAndPassword);
  EXPECT_EQ(Stored("TSM-1").auth_method_since, when);
}

TEST_F(MethodChangeTest, TheMethodThatItHasAlreadyChangesNothing) {
  const domain::Device before = Stored("TSM-1");
  EXPECT_EQ(Change(before.auth_method, now_), 0U);
  EXPECT_EQ(Stored("TSM-1").auth_method_since, before.auth_method_since);
  EXPECT_EQ(Stored("TSM-1").version, before.version);
}

TEST_F(MethodChangeTest, AMethodBeforeWhatIsKnownGoesIntoThePastOnly) {
  Change(AuthMethod::kFaceAndPassword, now_ - absl::Hours(1));
  const domain::Device before = Stored("TSM-1");
  EXPECT_EQ(Change(AuthMethod::kFaceAndIcCard, now_ - absl::Hours(30)), 1U);
  const domain::Device after = Stored("TSM-1");
  EXPECT_EQ(after.auth_method, AuthMethod::kFaceAndPassword);
  EXPECT_EQ(after.auth_method_since, before.auth_method_since);
  EXPECT_EQ(after.version, before.version);
}

TEST_F(MethodChangeTest, APastChangeIsListedUnderItsDevice) {
  const store::PastChange change =
      PastChangeOf("TSM-1", "rollouts/r/placements/TSM-1", "state", "PLANNED", "MIGRATED");
  EXPECT_EQ(change.subject, "devices/TSM-1");
  EXPECT_EQ(change.change.record, "rollouts/r/placements/TSM-1");
  EXPECT_EQ(change.change.field, "past.state");
}

}  // namespace
}  // namespace kirikae::app

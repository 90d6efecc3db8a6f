#include "service/app/ward.h"

#include <string>
#include <vector>

#include "service/app/act.h"
#include "tests/app/ward_fixture.h"

namespace kirikae::app {
namespace {

using WardTest = WardFixture;

TEST_F(WardTest, TheDayIsTheWardsAndNotThatOfUtc) {
  now_ = At("2025-05-06T23:30:00Z");
  EXPECT_EQ(ward_.Today(), Day("2025-05-07"));
  EXPECT_EQ(ward_.DayOf(At("2025-05-06T14:59:59Z")), Day("2025-05-06"));
  EXPECT_EQ(ward_.DayOf(At("2025-05-06T15:00:00Z")), Day("2025-05-07"));
}

TEST_F(WardTest, ADraftSaysWhoWhyAndWhen) {
  WriteContext context = Context("名前の訂正");
  context.effective = now_ - absl::Hours(3);
  domain::Staff staff;
  staff.staff_number = "0012345";
  staff.name = "佐藤 花子";
  Store({staff}, context);

  const auto sets = Read()->ListChangeSets({});
  ASSERT_TRUE(sets.ok()) << sets.status();
  ASSERT_EQ(sets->size(), 1U);
  EXPECT_EQ(sets->front().actor, "山田");
  EXPECT_EQ(sets->front().role, "ADMIN");
  EXPECT_EQ(sets->front().reason, "名前の訂正");
  EXPECT_EQ(sets->front().recorded_time, now_);
  EXPECT_EQ(sets->front().effective_time, now_ - absl::Hours(3));
}

}  // namespace
}  // namespace kirikae::app

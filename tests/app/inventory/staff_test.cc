#include <algorithm>
#include <string>
#include <vector>

#include "service/app/inventory/staff_edit.h"
#include "service/app/inventory/staff_list.h"
#include "tests/app/inventory/inventory_fixture.h"

namespace kirikae::app {
namespace {

using Numbers = std::vector<std::string>;

class StaffTest : public InventoryFixture {
 protected:
  void SetUp() override {
    std::vector<store::Edit> edits;
    for (int i = 1; i <= 5; ++i) {
      domain::Staff staff = NewStaff("000" + std::to_string(i), "佐藤", "サトウ");
      staff.department = i % 2 == 0 ? "総務部/総務課" : "市民部/市民課";
      edits.emplace_back(staff);
    }
    Store(edits);
  }

  Numbers Walk(const StaffQuery& query, const std::string& made_between_pages = "") {
    Numbers numbers;
    std::string position;
    do {
      const auto page = ListStaff(*Read(), query, position);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) return numbers;
      for (const domain::Staff& staff : page->staff) numbers.push_back(staff.staff_number);
      position = page->next;
      if (!made_between_pages.empty()) Store({NewStaff(made_between_pages, "鈴木", "スズキ")});
    } while (!position.empty());
    return numbers;
  }
};

TEST_F(StaffTest, PagesGiveEverybodyOnceInTheOrderAskedFor) {
  EXPECT_EQ(Walk({"", "", 2}, "0000"), (Numbers{"0001", "0002", "0003", "0004", "0005"}));
  EXPECT_EQ(Walk({"", "staff_number desc", 2}, "0009"),
            (Numbers{"0005", "0004", "0003", "0002", "0001", "0000"}));
}

TEST_F(StaffTest, OrdersByAFieldThenByNumberAndFilters) {
  EXPECT_EQ(Walk({"", "department", 2}), (Numbers{"0001", "0003", "0005", "0002", "0004"}));
  EXPECT_EQ(Walk({"department : 総務部", "", 10}), (Numbers{"0002", "0004"}));
  EXPECT_EQ(Walk({"enrolment = NONE AND display_name = 佐藤", "", 10}).size(), 5U);
  EXPECT_EQ(Faults(ListStaff(*Read(), {"", "colour", 10}, "").status()), Numbers{"order_by"});
  EXPECT_EQ(Faults(ListStaff(*Read(), {"colour = red", "", 10}, "").status()), Numbers{"filter"});
  EXPECT_FALSE(ListStaff(*Read(), {"", "", 10}, "nonsense").ok());
}

TEST_F(StaffTest, ARowOfTheFieldTableFiltersAndOrders) {
  const domain::Staff first = ListStaff(*Read(), {"", "", 1}, "")->staff.front();
  for (const auto& field : domain::FieldTable<domain::Staff>()) {
    const std::string name(field.api_name);
    EXPECT_EQ(Walk({"", name + " desc", 2}).size(), 5U) << name;
    const Numbers alike = Walk({name + " = \"" + field.get(first) + "\"", "", 10});
    EXPECT_EQ(std::count(alike.begin(), alike.end(), first.staff_number), 1) << name;
    EXPECT_EQ(ListStaff(*Read(), {name + " = TOASTER", "", 10}, "").ok(), field.terms == nullptr)
        << name;
  }
}

TEST_F(StaffTest, FieldsAreSetByTheirNamesInTheApi) {
  auto staff = RequireStaff(*Read(), "０００１");
  ASSERT_TRUE(staff.ok()) << staff.status();
  ASSERT_TRUE(
      EditStaff({{"display_name", "髙橋"}, {"role", "MANAGER"}}, ward_.Today(), *staff).ok());
  EXPECT_EQ(staff->name, "髙橋");
  EXPECT_EQ(staff->role, domain::StaffRole::kManager);
  EXPECT_EQ(Faults(EditStaff({{"name", "髙橋"}, {"role", "KING"}, {"enrolled_on", "yesterday"}},
                             ward_.Today(), *staff)),
            (Numbers{"name", "role", "enrolled_on"}));
  EXPECT_EQ(Faults(EditStaff({}, ward_.Today(), *staff)), Numbers{"update_mask"});
  EXPECT_EQ(RequireStaff(*Read(), "7").status().code(), absl::StatusCode::kNotFound);
}

TEST_F(StaffTest, ADayOfRegistrationThatAListBroughtTooEarlyStopsNoOtherChange) {
  auto staff = RequireStaff(*Read(), "0001");
  ASSERT_TRUE(staff.ok()) << staff.status();
  staff->enrolment = domain::EnrolmentState::kEnrolled;
  staff->enrolled_on = ward_.Today() + 7;
  EXPECT_TRUE(EditStaff({{"title", "係長"}}, ward_.Today(), *staff).ok());
  const std::string later = absl::FormatCivilTime(ward_.Today() + 8);
  EXPECT_EQ(Faults(EditStaff({{"enrolled_on", later}}, ward_.Today(), *staff)),
            Numbers{"enrolled_on"});
}

TEST_F(StaffTest, APersonWhoIsNotRegisteredMayHaveAnAppointment) {
  auto staff = RequireStaff(*Read(), "0001");
  ASSERT_TRUE(staff.ok()) << staff.status();
  staff->enrolment = domain::EnrolmentState::kNone;
  staff->enrolled_on.reset();
  const absl::CivilDay today = ward_.Today();
  const auto set = [&](absl::CivilDay day) {
    return EditStaff({{"enrolled_on", absl::FormatCivilTime(day)}}, today, *staff);
  };
  domain::Staff before = *staff;
  EXPECT_EQ(Faults(set(today)), Numbers{"enrolled_on"});
  *staff = before;
  EXPECT_EQ(Faults(set(today - 1)), Numbers{"enrolled_on"});
  *staff = before;
  ASSERT_TRUE(set(today + 5).ok());
  EXPECT_EQ(staff->enrolled_on, today + 5);
  // The day passes, and nobody came: other changes go on.
  EXPECT_TRUE(EditStaff({{"title", "係長"}}, today + 9, *staff).ok());
  EXPECT_TRUE(EditStaff({{"enrolment", "ENROLLED"}}, today + 9, *staff).ok());
  EXPECT_EQ(Faults(EditStaff({{"enrolment", "NONE"}}, today + 9, *staff)), Numbers{"enrolled_on"})
      << "the day of a registration that is taken back goes with it";
}

}  // namespace
}  // namespace kirikae::app

// The first fault of a text that is to become a message: which, and where.
#include "client/cli/json_check.h"

#include <gtest/gtest.h>

#include <string>

#include "kirikae/v1/planning_service.pb.h"

namespace kirikae::cli {
namespace {

void ExpectFault(const std::string& json, const std::string& code, const std::string& path) {
  const auto fault = FaultIn(json, *v1::PlanProblem::descriptor());
  ASSERT_TRUE(fault.has_value()) << json;
  EXPECT_EQ(fault->code, code) << json;
  EXPECT_EQ(fault->path, path) << json;
  EXPECT_FALSE(fault->sentence.empty());
}

TEST(JsonCheck, AWholeProblemHasNoFault) {
  EXPECT_FALSE(FaultIn(R"({"calendar":{"firstDay":"2025-05-07","slots":["am","pm"]},
                           "teams":[{"id":"a","minutesPerSlot":60}],
                           "policy":{"departmentDailyShare":"NaN","help_desk":null},
                           "items":[{"id":"x","minutes":"20","phase":"p"}]})",
                       *v1::PlanProblem::descriptor())
                   .has_value());
}

TEST(JsonCheck, AFieldThatIsNotThereOrStandsTwiceIsNamed) {
  ExpectFault(R"({"items":[{"id":"x","minuets":20}]})", "NO_SUCH_FIELD", "items[0].minuets");
  ExpectFault(R"({"calender":{}})", "NO_SUCH_FIELD", "calender");
  ExpectFault(R"({"items":[{},{"minutes":1,"minutes":2}]})", "GIVEN_TWICE", "items[1].minutes");
  ExpectFault(R"({"teams":[{"minutesPerSlot":60,"minutes_per_slot":70}]})", "GIVEN_TWICE",
              "teams[0].minutes_per_slot");
  ExpectFault(R"({"items":[],"items":[]})", "GIVEN_TWICE", "items");
}

TEST(JsonCheck, AValueOfAnotherTypeIsNamed) {
  ExpectFault(R"({"items":[{"minutes":"many"}]})", "WRONG_TYPE", "items[0].minutes");
  ExpectFault(R"({"items":[{"minutes":"20 "}]})", "WRONG_TYPE", "items[0].minutes");
  ExpectFault(R"({"items":[{"minutes":"\n20"}]})", "WRONG_TYPE", "items[0].minutes");
  ExpectFault(R"({"items":[{"minutes":1.5}]})", "WRONG_TYPE", "items[0].minutes");
  ExpectFault(R"({"items":[{"minutes":[]}]})", "WRONG_TYPE", "items[0].minutes");
  ExpectFault(R"({"items":[{"minutes":{}}]})", "WRONG_TYPE", "items[0].minutes");
  ExpectFault(R"({"calendar":{"firstDay":5}})", "WRONG_TYPE", "calendar.firstDay");
  ExpectFault(R"({"items":[null]})", "WRONG_TYPE", "items[0]");
  ExpectFault(R"({"items":null})", "WRONG_TYPE", "items");
  ExpectFault(R"({"items":{"id":"x"}})", "WRONG_TYPE", "items");
  ExpectFault(R"({"items":[[{"id":"x"}]]})", "WRONG_TYPE", "items[0]");
  ExpectFault(R"({"teams":[{"sites":"x"}]})", "WRONG_TYPE", "teams[0].sites");
  ExpectFault("[1]", "WRONG_TYPE", "");
}

TEST(JsonCheck, ANumberOutOfItsRangeIsNamed) {
  ExpectFault(R"({"items":[{"minutes":99999999999}]})", "OUT_OF_RANGE", "items[0].minutes");
  ExpectFault(R"({"items":[{"minutes":2147483648}]})", "OUT_OF_RANGE", "items[0].minutes");
  ExpectFault(R"({"policy":{"departmentDailyShare":1e400}})", "NUMBER_TOO_LARGE", "");
}

TEST(JsonCheck, ATextThatIsNotJsonIsToldBySort) {
  ExpectFault("", "CUT_SHORT", "");
  ExpectFault(R"({"items":[{"id":"x)", "CUT_SHORT", "");
  ExpectFault(R"({"policy":{"departmentDailyShare":NaN}})", "NOT_JSON", "");
  // Shift_JIS, as an older spreadsheet writes it.
  ExpectFault("{\"teams\":[{\"id\":\"\x94\xc7\"}]}", "NOT_UTF8", "");
}

}  // namespace
}  // namespace kirikae::cli

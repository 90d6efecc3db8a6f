// What is undone in part, what was believed when, and who withholds consent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class History : public ::testing::Test {
 protected:
  void SetUp() override { ImportSampleWard(daemon_); }

  std::string Show(const std::string& tag, const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {"device", "show", tag, "-o", "json"};
    args.insert(args.end(), more.begin(), more.end());
    return daemon_.Run(args).out;
  }
  // The newest change set's number.
  std::string Newest() {
    const std::string names = daemon_.Run({"change", "list", "-o", "name"}).out;
    return names.substr(11, names.find('\n') - 11);
  }
  void Restart(const std::string& now) {
    daemon_.Stop();
    daemon_.Start({"--now", now, "--allow-self-approval"});
  }
  void ExpectSound() {
    const ProgramResult check =
        RunProgram({KIRIKAED, "check", "--state-dir", daemon_.folder().path()});
    EXPECT_EQ(check.exit_code, 0) << check.out << check.err;
  }

  Daemon daemon_;
};

TEST_F(History, OneRecordOfABulkUpdateIsUndoneAndTheRestAfterwards) {
  ASSERT_EQ(daemon_
                .Run({"device", "update", "--filter", "kind = MANAGER_TERMINAL", "--set",
                      "note=点検済", "--yes"})
                .exit_code,
            0);
  const std::string bulk = Newest();
  const std::vector<std::string> one = {"change", "undo", bulk, "--record", "TSM-00001", "--yes"};
  const ProgramResult undone = daemon_.Run(one);
  ASSERT_EQ(undone.exit_code, 0) << undone.err;
  EXPECT_THAT(Show("TSM-00001"), Not(HasSubstr("点検済")));
  EXPECT_THAT(Show("TSM-00002"), HasSubstr("点検済"));
  const ProgramResult again = daemon_.Run(one);
  EXPECT_EQ(again.exit_code, 4);
  EXPECT_THAT(again.err, HasSubstr("did to devices/TSM-00001 was undone already"));
  ExpectSound();

  ASSERT_EQ(daemon_.Run({"change", "undo", bulk, "--yes"}).exit_code, 0);
  EXPECT_THAT(Show("TSM-00002"), Not(HasSubstr("点検済")));
  const ProgramResult all = daemon_.Run({"change", "undo", bulk, "--yes"});
  EXPECT_EQ(all.exit_code, 4);
  EXPECT_THAT(all.err, HasSubstr("already"));
  ExpectSound();
}

TEST_F(History, ARecordThatTheSetDidNotChangeIsNamed) {
  ASSERT_EQ(daemon_.Run({"device", "update", "TSM-00001", "--set", "note=x"}).exit_code, 0);
  const ProgramResult undo =
      daemon_.Run({"change", "undo", Newest(), "--record", "TSM-00002", "--yes"});
  EXPECT_EQ(undo.exit_code, 3);
  EXPECT_THAT(undo.err, HasSubstr("changed no record devices/TSM-00002"));
  EXPECT_THAT(Show("TSM-00001"), HasSubstr("\"note\": \"x\""));
}

// Undoing one device's mark of two: it never was true of the one, and stays true of the other.
TEST_F(History, AMarkUndoneForOneDeviceStaysForTheOther) {
  ApproveSamplePlan(daemon_);
  const std::string names = daemon_.Run({"wave", "show", "1", "-o", "name"}).out;
  const std::string first = names.substr(0, names.find('\n'));
  const std::string rest = names.substr(names.find('\n') + 1);
  const std::string second = rest.substr(0, rest.find('\n'));
  Restart("2025-04-07T16:00:00+09:00");
  ASSERT_EQ(daemon_.Run({"mark", "migrated", first, second}).exit_code, 0);
  const std::string mark = Newest();
  Restart("2025-04-08T09:00:00+09:00");
  ASSERT_EQ(daemon_.Run({"change", "undo", mark, "--record", first, "--yes"}).exit_code, 0);
  constexpr const char* kFace = "\"authMethod\": \"AUTH_METHOD_FACE_AND_PASSWORD\"";
  EXPECT_THAT(Show(first), Not(HasSubstr(kFace)));
  EXPECT_THAT(Show(second), HasSubstr(kFace));
  EXPECT_THAT(Show(first, {"--as-of", "2025-04-07"}), Not(HasSubstr(kFace)));
  EXPECT_THAT(Show(first, {"--as-of", "2025-04-07", "--known-at", "2025-04-07"}), HasSubstr(kFace));
  EXPECT_THAT(Show(second, {"--as-of", "2025-04-07"}), HasSubstr(kFace));
  EXPECT_THAT(daemon_.Run({"lookup", first}).out, HasSubstr("METHOD NOW: IC card + password"));
  ExpectSound();
}

constexpr const char* kIc = "AUTH_METHOD_IC_CARD_AND_PASSWORD";
constexpr const char* kFace = "AUTH_METHOD_FACE_AND_PASSWORD";

// Marks told of late: what was true on a day, what is true now, and what was believed when.
class LateMarks : public History {
 protected:
  void SetUp() override {
    History::SetUp();
    ApproveSamplePlan(daemon_);
    const std::string names = daemon_.Run({"wave", "show", "1", "-o", "name"}).out;
    tag_ = names.substr(0, names.find('\n'));
    Restart("2025-04-14T09:00:00+09:00");
  }
  void TearDown() override { ExpectSound(); }

  ProgramResult Mark(const std::string& outcome, const std::string& when,
                     const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {"mark", outcome, tag_, "--when", when, "--reason", "遅れて"};
    args.insert(args.end(), more.begin(), more.end());
    return daemon_.Run(args);
  }
  // The method on a day, at its end; now for "".
  std::string MethodOn(const std::string& day) {
    const std::string device =
        day.empty() ? Show(tag_) : Show(tag_, std::vector<std::string>{"--as-of", day});
    for (const char* method : {kIc, kFace, "AUTH_METHOD_FACE_AND_IC_CARD"}) {
      if (device.find("\"authMethod\": \"" + std::string(method)) != std::string::npos) {
        return method;
      }
    }
    return "";
  }

  std::string tag_;
};

TEST_F(LateMarks, AMarkBeforeAKnownRollBackSlotsIn) {
  ASSERT_EQ(Mark("migrated", "2025-04-10T15:00:00+09:00").exit_code, 0);
  ASSERT_EQ(Mark("rolled-back", "2025-04-12T15:00:00+09:00").exit_code, 0);
  ASSERT_EQ(Mark("migrated", "2025-04-08T15:00:00+09:00").exit_code, 0);
  EXPECT_EQ(MethodOn("2025-04-07"), kIc);
  EXPECT_EQ(MethodOn("2025-04-08"), kFace);
  EXPECT_EQ(MethodOn("2025-04-11"), kFace);
  EXPECT_EQ(MethodOn("2025-04-12"), kIc);
  EXPECT_EQ(MethodOn(""), kIc);
  EXPECT_THAT(daemon_.Run({"lookup", tag_}).out, HasSubstr("rolled back"));
  const std::string late = Newest();
  Restart("2025-04-15T09:00:00+09:00");
  ASSERT_EQ(daemon_.Run({"change", "undo", late, "--yes"}).exit_code, 0);
  EXPECT_EQ(MethodOn("2025-04-08"), kIc);
  EXPECT_EQ(MethodOn("2025-04-11"), kFace);
  EXPECT_THAT(Show(tag_, {"--as-of", "2025-04-08", "--known-at", "2025-04-14"}), HasSubstr(kFace));
}

TEST_F(LateMarks, AMarkBeforeALaterUpdateLeavesTheUpdateStanding) {
  ASSERT_EQ(
      daemon_.Run({"device", "update", tag_, "--set", "auth_method=FACE_AND_IC_CARD"}).exit_code,
      0);
  const std::string update = Newest();
  ASSERT_EQ(Mark("migrated", "2025-04-10T15:00:00+09:00").exit_code, 0);
  EXPECT_EQ(MethodOn("2025-04-11"), kFace);
  EXPECT_EQ(MethodOn(""), "AUTH_METHOD_FACE_AND_IC_CARD");
  ExpectSound();
  // Without the update the mark is what counts.
  ASSERT_EQ(daemon_.Run({"change", "undo", update, "--yes"}).exit_code, 0);
  EXPECT_EQ(MethodOn(""), kFace);
}

TEST_F(LateMarks, AMarkOfADayBeforeTheInventoryWasEnteredCounts) {
  ASSERT_EQ(Mark("migrated", "2025-03-28T15:00:00+09:00").exit_code, 0);
  EXPECT_EQ(MethodOn(""), kFace);
  EXPECT_EQ(MethodOn("2025-04-02"), kFace);
  ASSERT_EQ(daemon_.Run({"change", "undo", Newest(), "--yes"}).exit_code, 0);
  EXPECT_EQ(MethodOn(""), kIc);
}

TEST_F(LateMarks, AMarkThatWhatCameAfterContradictsIsRefusedWithWhatToDo) {
  ASSERT_EQ(Mark("failed", "2025-04-12T15:00:00+09:00", {"--cause", "user-absent"}).exit_code, 0);
  const ProgramResult late = Mark("migrated", "2025-04-10T15:00:00+09:00");
  EXPECT_EQ(late.exit_code, 4);
  EXPECT_THAT(late.err, HasSubstr("is known to have become FAILED after the time you give"));
  EXPECT_THAT(late.err, HasSubstr("Undo that mark first"));
  EXPECT_EQ(MethodOn(""), kIc);
}

TEST_F(LateMarks, ARollBackBringsBackTheMethodOfThatTime) {
  ASSERT_EQ(Mark("migrated", "2025-04-10T15:00:00+09:00").exit_code, 0);
  ASSERT_EQ(Mark("rolled-back", "2025-04-11T15:00:00+09:00").exit_code, 0);
  EXPECT_EQ(MethodOn("2025-04-10"), kFace);
  EXPECT_EQ(MethodOn("2025-04-11"), kIc);
  ASSERT_EQ(daemon_.Run({"change", "undo", Newest(), "--yes"}).exit_code, 0);
  EXPECT_EQ(MethodOn("2025-04-11"), kFace);
  EXPECT_EQ(MethodOn(""), kFace);
}

TEST_F(History, AListShowsThePastWithItsFilter) {
  Restart("2025-04-02T09:00:00+09:00");
  ASSERT_EQ(daemon_.Run({"device", "update", "TSM-00001", "--set", "site=分庁舎X"}).exit_code, 0);
  ASSERT_EQ(daemon_.Run({"device", "create", "TSM-08001", "--set", "site=分庁舎X"}).exit_code, 0);
  const auto at = [&](const std::string& day) {
    std::vector<std::string> args = {"device", "list", "--filter", "site = \"分庁舎X\"",
                                     "-o",     "name"};
    if (!day.empty()) args.insert(args.end(), {"--as-of", day});
    return daemon_.Run(args).out;
  };
  EXPECT_EQ(at(""), "devices/TSM-00001\ndevices/TSM-08001\n");
  EXPECT_EQ(at("2025-04-02"), "devices/TSM-00001\ndevices/TSM-08001\n");
  EXPECT_EQ(at("2025-04-01"), "");
  const std::string all =
      daemon_.Run({"device", "list", "--as-of", "2025-04-01", "-o", "name"}).out;
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 700);
  EXPECT_EQ(daemon_.Run({"device", "list", "--as-of", "2025-03-01", "-o", "name"}).out, "");
  EXPECT_EQ(daemon_.Run({"device", "list", "--as-of", "soon"}).exit_code, 7);
}

TEST_F(History, AHistoryLeavesOutWhatWasNotKnownOrWasUndone) {
  Restart("2025-04-02T09:00:00+09:00");
  ASSERT_EQ(daemon_.Run({"device", "update", "TSM-00001", "--set", "note=一"}).exit_code, 0);
  const std::string update = Newest();
  Restart("2025-04-03T09:00:00+09:00");
  ASSERT_EQ(daemon_.Run({"change", "undo", update, "--yes"}).exit_code, 0);
  const auto history = [&](const std::vector<std::string>& when) {
    std::vector<std::string> args = {"device", "history", "TSM-00001", "-o", "json"};
    args.insert(args.end(), when.begin(), when.end());
    return daemon_.Run(args).out;
  };
  EXPECT_THAT(history({}), HasSubstr("\"newValue\": \"一\""));
  EXPECT_THAT(history({"--known-at", "2025-04-02"}), HasSubstr("\"newValue\": \"一\""));
  EXPECT_THAT(history({"--known-at", "2025-04-03"}), Not(HasSubstr("\"newValue\": \"一\"")));
  EXPECT_THAT(history({"--as-of", "2025-04-01"}), Not(HasSubstr("\"newValue\": \"一\"")));
}

TEST_F(History, APersonWhoWithholdsConsentKeepsTheCard) {
  const std::string device = Show("TSM-00001");
  const size_t at = device.find("\"staffNumber\": \"") + 16;
  const std::string number = device.substr(at, device.find('"', at) - at);
  const ProgramResult refused = daemon_.Run(
      {"staff", "update", number, "--set", "enrolment=ENROLLED", "--set", "enrolled_on="});
  EXPECT_EQ(refused.exit_code, 7);
  EXPECT_THAT(refused.err, HasSubstr("enrolled_on"));
  const ProgramResult withheld =
      daemon_.Run({"staff", "update", number, "--set", "consent_withheld=本人の申し出", "--set",
                   "enrolment=NONE", "--set", "enrolled_on="});
  ASSERT_EQ(withheld.exit_code, 0) << withheld.err;
  EXPECT_THAT(withheld.out, HasSubstr("consent withheld"));
  EXPECT_THAT(daemon_.Run({"lookup", "TSM-00001"}).out,
              HasSubstr("does not let a face be registered"));
  const ProgramResult enrolled =
      daemon_.Run({"staff", "update", number, "--set", "enrolment=ENROLLED", "--set",
                   "enrolled_on=2025-04-01"});
  EXPECT_EQ(enrolled.exit_code, 4);
  EXPECT_THAT(enrolled.err, HasSubstr("withholds consent"));
  ASSERT_EQ(daemon_.Run({"change", "undo", Newest(), "--yes"}).exit_code, 0);
  EXPECT_THAT(daemon_.Run({"staff", "show", number}).out, Not(HasSubstr("consent withheld")));
  ExpectSound();
}

TEST_F(History, AnUnknownStaffFieldNumberOrRoleIsRefused) {
  EXPECT_EQ(daemon_.Run({"staff", "update", "0100003", "--set", "colour=red"}).exit_code, 2);
  EXPECT_EQ(daemon_.Run({"staff", "update", "9999999", "--set", "title=係長"}).exit_code, 3);
  EXPECT_EQ(
      daemon_
          .RunAs(daemon_.NewToken("viewer"), {"staff", "update", "0100003", "--set", "title=係長"})
          .exit_code,
      5);
}

TEST_F(History, LookingNothingUpWithoutATerminalIsAUsageError) {
  const ProgramResult nothing = daemon_.Run({"lookup"});
  EXPECT_EQ(nothing.exit_code, 2);
  EXPECT_THAT(nothing.err, HasSubstr("Say what to look up"));
  const ProgramResult lines = daemon_.Run({"lookup", "-", "-o", "name"}, "TSM-00001\r\n00002\n");
  EXPECT_EQ(lines.exit_code, 0) << lines.err;
  EXPECT_THAT(lines.out, HasSubstr("TSM-00001\n"));
  EXPECT_THAT(lines.out, HasSubstr("TSM-00002\n"));
}

}  // namespace
}  // namespace kirikae::testing

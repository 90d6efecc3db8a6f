// Partial undo, past beliefs, and withheld consent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "kirikae/v1/inventory_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr v1::AuthMethod kIc = v1::AUTH_METHOD_IC_CARD_AND_PASSWORD;
constexpr v1::AuthMethod kFace = v1::AUTH_METHOD_FACE_AND_PASSWORD;

class History : public ::testing::Test {
 protected:
  void SetUp() override { ImportSampleWard(daemon_); }

  v1::Device Show(const std::string& tag, const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {"device", "show", tag};
    args.insert(args.end(), more.begin(), more.end());
    return Answer<v1::Device>(daemon_, args);
  }
  v1::DeviceCard Card(const std::string& tag) {
    const auto found = Answer<v1::LookupDevicesResponse>(daemon_, {"lookup", tag});
    EXPECT_EQ(found.matches_size(), 1);
    return found.matches(0).card();
  }
  std::string Newest() { return NewestChange(daemon_); }
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
  EXPECT_NE(Show("TSM-00001").note(), "点検済");
  EXPECT_EQ(Show("TSM-00002").note(), "点検済");
  EXPECT_THAT(Try(daemon_, one), Fails(4, "ALREADY_UNDONE"));
  ExpectSound();

  ASSERT_EQ(daemon_.Run({"change", "undo", bulk, "--yes"}).exit_code, 0);
  EXPECT_NE(Show("TSM-00002").note(), "点検済");
  EXPECT_THAT(Try(daemon_, {"change", "undo", bulk, "--yes"}), Fails(4, "ALREADY_UNDONE"));
  ExpectSound();
}

TEST_F(History, ARecordThatTheSetDidNotChangeIsNamed) {
  ASSERT_EQ(daemon_.Run({"device", "update", "TSM-00001", "--set", "note=x"}).exit_code, 0);
  const Outcome undo = Try(daemon_, {"change", "undo", Newest(), "--record", "TSM-00002", "--yes"});
  EXPECT_THAT(undo, Fails(3, "RECORD_NOT_IN_CHANGE_SET"));
  EXPECT_EQ(undo.resource, "devices/TSM-00002");
  EXPECT_EQ(Show("TSM-00001").note(), "x");
}

// Undoing one device of a mark of two: for that device the mark was never true; for the other it
// stays.
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
  EXPECT_EQ(Show(first).auth_method(), kIc);
  EXPECT_EQ(Show(second).auth_method(), kFace);
  EXPECT_EQ(Show(first, {"--as-of", "2025-04-07"}).auth_method(), kIc);
  EXPECT_EQ(Show(first, {"--as-of", "2025-04-07", "--known-at", "2025-04-07"}).auth_method(),
            kFace);
  EXPECT_EQ(Show(second, {"--as-of", "2025-04-07"}).auth_method(), kFace);
  EXPECT_EQ(Card(first).effective_method(), kIc);
  ExpectSound();
}

// Marks entered late: what was true on a day, what is true now, and what was believed when.
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

  Outcome Mark(const std::string& outcome, const std::string& when,
               const std::vector<std::string>& more = {}) {
    std::vector<std::string> args = {"mark", outcome, tag_, "--when", when, "--reason", "遅れて"};
    args.insert(args.end(), more.begin(), more.end());
    return Try(daemon_, args);
  }
  // The method at the end of a day; the present one for "".
  v1::AuthMethod MethodOn(const std::string& day) {
    return (day.empty() ? Show(tag_) : Show(tag_, {"--as-of", day})).auth_method();
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
  EXPECT_EQ(Card(tag_).placement_state(), v1::PLACEMENT_STATE_ROLLED_BACK);
  const std::string late = Newest();
  Restart("2025-04-15T09:00:00+09:00");
  ASSERT_EQ(daemon_.Run({"change", "undo", late, "--yes"}).exit_code, 0);
  EXPECT_EQ(MethodOn("2025-04-08"), kIc);
  EXPECT_EQ(MethodOn("2025-04-11"), kFace);
  EXPECT_EQ(Show(tag_, {"--as-of", "2025-04-08", "--known-at", "2025-04-14"}).auth_method(), kFace);
}

TEST_F(LateMarks, AMarkBeforeALaterCorrectionLeavesTheCorrectionStanding) {
  ASSERT_EQ(daemon_
                .Run({"device", "correct-method", tag_, "--method", "FACE_AND_IC_CARD", "--reason",
                      "誤記"})
                .exit_code,
            0);
  const std::string update = Newest();
  ASSERT_EQ(Mark("migrated", "2025-04-10T15:00:00+09:00").exit_code, 0);
  EXPECT_EQ(MethodOn("2025-04-11"), kFace);
  EXPECT_EQ(MethodOn(""), v1::AUTH_METHOD_FACE_AND_IC_CARD);
  ExpectSound();
  // Without the correction, the mark decides.
  ASSERT_EQ(daemon_.Run({"change", "undo", update, "--yes"}).exit_code, 0);
  EXPECT_EQ(MethodOn(""), kFace);
}

TEST_F(LateMarks, AMarkOfADayBeforeTheInventoryWasEnteredCounts) {
  ASSERT_EQ(Mark("migrated", "2025-03-28T15:00:00+09:00", {"--yes"}).exit_code, 0);
  EXPECT_EQ(MethodOn(""), kFace);
  EXPECT_EQ(MethodOn("2025-04-02"), kFace);
  ASSERT_EQ(daemon_.Run({"change", "undo", Newest(), "--yes"}).exit_code, 0);
  EXPECT_EQ(MethodOn(""), kIc);
}

TEST_F(LateMarks, AMarkThatWhatCameAfterContradictsIsRefused) {
  ASSERT_EQ(Mark("failed", "2025-04-12T15:00:00+09:00", {"--cause", "user-absent"}).exit_code, 0);
  EXPECT_THAT(Mark("migrated", "2025-04-10T15:00:00+09:00"), Fails(4, "LATER_MARK_CONTRADICTS"));
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
  EXPECT_THAT(Try(daemon_, {"device", "list", "--as-of", "soon"}), InvalidAt({"as_of"}));
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
  const std::string number = Show("TSM-00001").users(0).staff_number();
  const auto set = [&](const std::vector<std::string>& assignments) {
    std::vector<std::string> args = {"staff", "update", number};
    for (const std::string& assignment : assignments) {
      args.insert(args.end(), {"--set", assignment});
    }
    return Try(daemon_, args);
  };
  EXPECT_THAT(set({"enrolment=ENROLLED", "enrolled_on="}), InvalidAt({"enrolled_on"}));
  const Outcome withheld = set({"consent_withheld=本人の申し出", "enrolment=NONE", "enrolled_on="});
  ASSERT_EQ(withheld.exit_code, 0) << withheld;
  EXPECT_EQ(Answer<v1::Staff>(daemon_, {"staff", "show", number}).consent_withheld(),
            "本人の申し出");
  std::vector<std::string> blockers;
  const v1::DeviceCard card = Card("TSM-00001");
  for (const v1::Blocker& blocker : card.blockers()) blockers.push_back(blocker.code());
  EXPECT_THAT(blockers, ::testing::Contains("CONSENT_WITHHELD"));
  EXPECT_THAT(set({"enrolment=ENROLLED", "enrolled_on=2025-04-01"}), Fails(4, "CONSENT_WITHHELD"));
  ASSERT_EQ(daemon_.Run({"change", "undo", Newest(), "--yes"}).exit_code, 0);
  EXPECT_EQ(Answer<v1::Staff>(daemon_, {"staff", "show", number}).consent_withheld(), "");
  ExpectSound();
}

TEST_F(History, AnUnknownStaffFieldNumberOrRoleIsRefused) {
  EXPECT_THAT(Try(daemon_, {"staff", "update", "0100003", "--set", "colour=red"}),
              Fails(2, "UNKNOWN_FIELD"));
  EXPECT_THAT(Try(daemon_, {"staff", "update", "9999999", "--set", "title=係長"}),
              Fails(3, "STAFF_NOT_FOUND"));
  EXPECT_THAT(TryAs(daemon_, daemon_.NewToken("viewer"),
                    {"staff", "update", "0100003", "--set", "title=係長"}),
              Fails(5, "ROLE_MAY_NOT"));
}

TEST_F(History, LookingNothingUpWithoutATerminalIsAUsageError) {
  EXPECT_THAT(Try(daemon_, {"lookup"}), Fails(2, "USAGE"));
  const ProgramResult lines = daemon_.Run({"lookup", "-", "-o", "name"}, "TSM-00001\r\n00002\n");
  EXPECT_EQ(lines.exit_code, 0) << lines.err;
  EXPECT_THAT(lines.out, HasSubstr("TSM-00001\n"));
  EXPECT_THAT(lines.out, HasSubstr("TSM-00002\n"));
}

}  // namespace
}  // namespace kirikae::testing

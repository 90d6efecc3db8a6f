#include "service/domain/act.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace kirikae::domain {
namespace {

// Every act, in order.
std::vector<Act> AllActs() {
  std::vector<Act> acts;
  for (int number = 1; !Name(static_cast<Act>(number)).empty(); ++number) {
    acts.push_back(static_cast<Act>(number));
  }
  return acts;
}

TEST(Acts, EveryActComesBackFromItsName) {
  std::set<std::string_view> names;
  for (const Act act : AllActs()) {
    EXPECT_EQ(FromName<Act>(Name(act)), act);
    EXPECT_TRUE(names.insert(Name(act)).second) << Name(act) << " is there twice";
  }
  EXPECT_EQ(names.size(), static_cast<size_t>(Act::kDropUnready));
}

TEST(Acts, AnActOfANewerProgramIsNone) {
  EXPECT_FALSE(FromName<Act>("PAINT_DEVICE").has_value());
  EXPECT_FALSE(FromName<Act>("").has_value());
  EXPECT_EQ(Name(Act{}), "");
}

// Databases contain these names, so they never change.
TEST(Acts, StoredNamesStayAsTheyAre) {
  // U: undoable, R: touches rollouts, M: a mark.
  const std::map<std::string, std::string> expected = {
      {"FIRST_START", ""},
      {"UNDO", "R"},
      {"CREATE_DEVICE", "U"},
      {"UPDATE_DEVICE", "U"},
      {"BATCH_UPDATE_DEVICES", "U"},
      {"RETIRE_DEVICE", "U"},
      {"RESTORE_DEVICE", "U"},
      {"GRANT_EXCEPTION", "U"},
      {"END_EXCEPTION", "U"},
      {"EXCEPTION_ENDED", "U"},
      {"UPDATE_STAFF", "U"},
      {"PREVIEW_IMPORT", ""},
      {"APPLY_IMPORT", "U"},
      {"SAVE_PROFILE", ""},
      {"DELETE_PROFILE", ""},
      {"SET_DAY", "U"},
      {"CLEAR_DAY", "U"},
      {"IMPORT_HOLIDAYS", "U"},
      {"MARK_MIGRATED", "URM"},
      {"MARK_FAILED", "URM"},
      {"MARK_VERIFIED", "URM"},
      {"MARK_ROLLED_BACK", "URM"},
      {"MARK_DEFERRED", "URM"},
      {"MARK_EXEMPT", "URM"},
      {"APPLY_ROLLOUT", "R"},
      {"START_ROLLOUT", "R"},
      {"PAUSE_ROLLOUT", "R"},
      {"RESUME_ROLLOUT", "R"},
      {"CANCEL_ROLLOUT", "R"},
      {"COMPLETE_ROLLOUT", "R"},
      {"CREATE_PLAN", "R"},
      {"SUBMIT_PLAN", "R"},
      {"APPROVE_PLAN", "R"},
      {"REJECT_PLAN", "R"},
      {"START_WAVE", "R"},
      {"FINISH_WAVE", "R"},
      {"SOAK_PASSED", "UR"},
      {"HOLD_PHASE", "R"},
      {"RELEASE_PHASE", "R"},
      {"OVERRIDE_GATE", "R"},
      {"PHASE_WAITING", "R"},
      {"PHASE_OPEN", "R"},
      {"PHASE_SOAKING", "R"},
      {"PHASE_GATE", "R"},
      {"PHASE_PASSED", "R"},
      {"PHASE_HELD", "R"},
      {"CREATE_TOKEN", ""},
      {"REVOKE_TOKEN", ""},
      {"ACCEPT_CLOCK", ""},
      {"CORRECT_METHOD", "U"},
      {"PROPOSE_ROLLOUT", "R"},
      {"ACCEPT_PROPOSAL", "R"},
      {"DECLINE_PROPOSAL", "R"},
      {"ACCEPT_LOSS", ""},
      {"RESTORE_BACKUP", ""},
      {"USE_AUDIT_KEY", ""},
      {"DROP_UNREADY", "R"},
  };
  std::map<std::string, std::string> found;
  for (const Act act : AllActs()) {
    const ActTraits traits = TraitsOf(act);
    std::string& letters = found[std::string(Name(act))];
    if (traits.Undoable()) letters += 'U';
    if (traits.touches_rollouts) letters += 'R';
    if (traits.is_mark) letters += 'M';
  }
  EXPECT_EQ(found, expected);
}

TEST(Acts, TheKindsOfUndoAreThoseOfTheActs) {
  const std::vector<std::string> kinds = KindsOfUndo();
  const std::set<std::string_view> listed(kinds.begin(), kinds.end());
  EXPECT_EQ(listed.size(), kinds.size());
  std::set<std::string_view> found;
  for (const Act act : AllActs()) {
    if (TraitsOf(act).Undoable()) found.insert(TraitsOf(act).undoes);
  }
  EXPECT_EQ(listed, found);
}

TEST(Acts, AMarkAndAPhasesStepBearTheNameOfWhatTheyLeadTo) {
  for (int number = 1; number <= static_cast<int>(Outcome::kExempt); ++number) {
    const auto outcome = static_cast<Outcome>(number);
    EXPECT_EQ(Name(ActOf(outcome)), "MARK_" + std::string(Name(outcome)));
  }
  for (int number = 1; number <= static_cast<int>(PhaseState::kHeld); ++number) {
    const auto state = static_cast<PhaseState>(number);
    EXPECT_EQ(Name(ActOf(state)), "PHASE_" + std::string(Name(state)));
  }
}

}  // namespace
}  // namespace kirikae::domain

// Rules of a rollout under way: what needs an approver, and how a proposal is decided.
#include "service/app/rollouts/proposals.h"

#include "absl/strings/str_replace.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"
#include "tests/app/rollouts/rollout_fixture.h"

namespace kirikae::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Changed(const std::string& from, const std::string& to) {
  return absl::StrReplaceAll(kRolloutFile, {{from, to}});
}

class ProposalsTest : public RolloutFixture {
 protected:
  static WriteContext By(const std::string& actor, WriteContext context) {
    context.caller.actor = actor;
    return context;
  }
  absl::Status Apply(const std::string& content) {
    return Write([&](store::ReadView& view, int64_t,
                     const WriteContext& act) -> absl::StatusOr<store::Draft> {
      ASSIGN_OR_RETURN(const ReadRollout read, ReadRolloutContent(view, content));
      ASSIGN_OR_RETURN(AppliedFile applied, ApplyFile(view, read, ""));
      store::Draft draft = act.NewDraft(domain::Act::kApplyRollout);
      draft.edits.emplace_back(std::move(applied.rollout));
      return draft;
    });
  }
  absl::Status Propose(const std::string& content, const std::string& actor = "佐藤") {
    return Write(By(actor, Context()),
                 [&](store::ReadView& view, int64_t,
                     const WriteContext& act) -> absl::StatusOr<store::Draft> {
                   ASSIGN_OR_RETURN(const ReadRollout read, ReadRolloutContent(view, content));
                   ASSIGN_OR_RETURN(ProposalAct proposed, app::Propose(view, read, "", act));
                   return std::move(proposed.draft);
                 });
  }
  absl::Status Accept(int64_t number, const std::string& actor = "山田",
                      const std::string& remark = "了承") {
    return Write(
        By(actor, Context()),
        [&](store::ReadView& view, int64_t,
            const WriteContext& act) -> absl::StatusOr<store::Draft> {
          ASSIGN_OR_RETURN(domain::Proposal proposal,
                           RequireProposal(view, domain::ProposalName("face", number)));
          ASSIGN_OR_RETURN(const ReadRollout read, ReadRolloutContent(view, proposal.source));
          ASSIGN_OR_RETURN(ProposalAct accepted,
                           AcceptProposal(view, std::move(proposal), read, remark, ward_, act));
          return std::move(accepted.draft);
        });
  }
  absl::Status Decline(int64_t number, const std::string& remark) {
    return Write([&](store::ReadView& view, int64_t,
                     const WriteContext& act) -> absl::StatusOr<store::Draft> {
      ASSIGN_OR_RETURN(domain::Proposal proposal,
                       RequireProposal(view, domain::ProposalName("face", number)));
      ASSIGN_OR_RETURN(FileDifference difference, DifferenceOf(proposal));
      ASSIGN_OR_RETURN(ProposalAct declined,
                       DeclineProposal(std::move(proposal), std::move(difference), remark, act));
      return std::move(declined.draft);
    });
  }
  domain::Proposal Stored(int64_t number) { return *Read()->FindProposal("face", number).value(); }
};

// Everything that a file may say, and whether it is a rule.
TEST_F(ProposalsTest, MethodsScopePhasesGatesAndSoakNeedAnApprover) {
  const std::vector<std::pair<std::string, std::string>> rules = {
      {"to: FACE_AND_PASSWORD", "to: FACE_AND_IC_CARD"},
      {"scope: 'state = ACTIVE'", "scope: ''"},
      {"success_rate: 60%", "success_rate: 59%"},
      {"success_rate: 60%", "success_rate: 1"},
      {"minimum_sample: 2", "minimum_sample: 3"},
      {", incidents: 0", ""},
      {"incidents: 0", "incidents: 1"},
      {"soak_days: 1", "soak_days: 0"},
      {"department : \"総務部\"", "department : \"税務部\""},
      {"  - id: rest\n", "  - id: rest\n    not_before: 2025-06-02\n"},
      {"  - id: rest\n", "  - id: rest\n    deadline: 2025-06-02\n"},
      {"  - id: rest\n", "  - id: rest\n    gate: { approval: true }\n"},
      {"  - id: rest\n", "  - { id: some, select: 'site = \"支所\"' }\n  - id: rest\n"},
      {"  - id: rest\n", "  - id: others\n"},
      {"teams:", "policy: { minimum_os: Windows 11 }\nteams:"},
  };
  for (const auto& [from, to] : rules) {
    const absl::Status refused = Apply(Changed(from, to));
    EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition) << to;
    EXPECT_EQ(ReasonOf(refused), "RULES_NEED_PROPOSAL") << to;
  }
  EXPECT_EQ(Rollout().source, kRolloutFile);
}

TEST_F(ProposalsTest, TitlesTeamsCalendarAndLimitsStayThePlanners) {
  EXPECT_TRUE(Apply(Changed("title: 試行", "title: 先行")).ok());
  EXPECT_TRUE(Apply(Changed("minutes_per_slot: 100", "minutes_per_slot: 60")).ok());
  EXPECT_TRUE(Apply(Changed("[am, pm]", "[am]")).ok());
  EXPECT_TRUE(Apply(Changed("teams:", "policy: { department_daily_share: 50% }\nteams:")).ok());
  EXPECT_TRUE(Apply(std::string("# 注\n") + kRolloutFile).ok());
  // The same rule in other words.
  EXPECT_TRUE(Apply(Changed("success_rate: 60%", "success_rate: 60.0%")).ok());
}

TEST_F(ProposalsTest, ADraftsRulesAreThePlannersAndAnOverRolloutsAreNobodys) {
  domain::Rollout rollout = Rollout();
  rollout.state = domain::RolloutState::kDraft;
  Store({rollout});
  EXPECT_TRUE(Apply(Changed("success_rate: 60%", "success_rate: 50%")).ok());
  EXPECT_EQ(ReasonOf(Propose(kRolloutFile)), "ROLLOUT_STATE");
  rollout = Rollout();
  rollout.state = domain::RolloutState::kCompleted;
  Store({rollout});
  EXPECT_EQ(ReasonOf(Apply(kRolloutFile)), "ROLLOUT_STATE");
  EXPECT_EQ(ReasonOf(Propose(kRolloutFile)), "ROLLOUT_STATE");
}

TEST_F(ProposalsTest, AnAcceptedProposalIsInForce) {
  const std::string lower = Changed("success_rate: 60%", "success_rate: 50%");
  ASSERT_TRUE(Propose(lower).ok());
  const domain::Proposal open = Stored(1);
  EXPECT_EQ(open.state, domain::ProposalState::kOpen);
  EXPECT_EQ(open.author, "佐藤");
  EXPECT_EQ(open.reason, "試験");
  EXPECT_EQ(Rollout().source, kRolloutFile) << "nothing changes before it is accepted";
  const auto difference = DifferenceOf(open);
  ASSERT_TRUE(difference.ok()) << difference.status();
  ASSERT_EQ(difference->rules.size(), 1U);
  EXPECT_EQ(difference->rules[0].path, "phases.pilot.gate.success_rate");
  EXPECT_EQ(difference->rules[0].before, "60%");
  EXPECT_EQ(difference->rules[0].after, "50%");
  EXPECT_THAT(difference->keys, ElementsAre("phases"));
  ASSERT_TRUE(Accept(1).ok());
  EXPECT_EQ(Rollout().source, lower);
  EXPECT_EQ(Rollout().state, domain::RolloutState::kActive);
  const domain::Proposal accepted = Stored(1);
  EXPECT_EQ(accepted.state, domain::ProposalState::kAccepted);
  EXPECT_EQ(accepted.decider, "山田");
  EXPECT_EQ(accepted.remark, "了承");
  EXPECT_EQ(ReasonOf(Accept(1)), "PROPOSAL_STATE");
  EXPECT_EQ(ReasonOf(Decline(1, "否")), "PROPOSAL_STATE");
  EXPECT_THAT(Acts(), ElementsAre("PROPOSE_ROLLOUT", "ACCEPT_PROPOSAL"));
}

TEST_F(ProposalsTest, ItsAuthorDoesNotAcceptItUnlessTheWardAllowsThat) {
  ASSERT_TRUE(Propose(Changed("soak_days: 1", "soak_days: 2")).ok());
  const absl::Status refused = Accept(1, "佐藤");
  EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(refused), "SELF_APPROVAL");
  ward_.allow_self_approval = true;
  EXPECT_TRUE(Accept(1, "佐藤").ok());
}

TEST_F(ProposalsTest, ADecisionNeedsARemark) {
  ASSERT_TRUE(Propose(Changed("soak_days: 1", "soak_days: 2")).ok());
  EXPECT_EQ(Accept(1, "山田", "").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Decline(1, "").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Accept(1, "山田", std::string(4097, 'x')).code(), absl::StatusCode::kInvalidArgument);
  ASSERT_TRUE(Decline(1, "時期尚早").ok());
  EXPECT_EQ(Stored(1).state, domain::ProposalState::kDeclined);
  EXPECT_EQ(Stored(1).remark, "時期尚早");
  EXPECT_EQ(Rollout().source, kRolloutFile);
}

TEST_F(ProposalsTest, ANewProposalReplacesTheOpenOne) {
  ASSERT_TRUE(Propose(Changed("soak_days: 1", "soak_days: 2")).ok());
  ASSERT_TRUE(Propose(Changed("soak_days: 1", "soak_days: 3")).ok());
  EXPECT_EQ(Stored(1).state, domain::ProposalState::kSuperseded);
  EXPECT_EQ(ReasonOf(Accept(1)), "PROPOSAL_STATE");
  EXPECT_EQ(OpenProposal(*Read(), "face")->number, 2);
  ASSERT_TRUE(Accept(2).ok());
  EXPECT_THAT(Rollout().source, HasSubstr("soak_days: 3"));
  EXPECT_EQ(OpenProposal(*Read(), "face")->number, 0);
}

TEST_F(ProposalsTest, AProposalAgainstAnOlderFileIsNotAccepted) {
  ASSERT_TRUE(Propose(Changed("soak_days: 1", "soak_days: 2")).ok());
  const std::string teams = Changed("minutes_per_slot: 100", "minutes_per_slot: 60");
  ASSERT_TRUE(Apply(teams).ok());
  EXPECT_EQ(ReasonOf(Accept(1)), "PROPOSAL_STALE");
  EXPECT_EQ(Rollout().source, teams);
}

TEST_F(ProposalsTest, AProposalThatChangesNoRuleIsRefused) {
  const absl::Status refused = Propose(Changed("minutes_per_slot: 100", "minutes_per_slot: 60"));
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(refused), "NOTHING_TO_PROPOSE");
  EXPECT_EQ(ReasonOf(Propose(kRolloutFile)), "NOTHING_TO_PROPOSE");
}

// A planner once removed a held phase with its failures, and the next one opened.
TEST_F(ProposalsTest, APhaseThatHasBegunStaysInItsPlaceWhoeverAgrees) {
  domain::PhaseStatus held;
  held.rollout = "face";
  held.id = "pilot";
  held.state = domain::PhaseState::kHeld;
  Store({held});
  const std::string without = R"(rollout: face
from: IC_CARD_AND_PASSWORD
to: FACE_AND_PASSWORD
scope: 'state = ACTIVE'
phases: [ { id: rest } ]
teams: [ { id: red, minutes_per_slot: 100 } ]
calendar: { slots: [am, pm] }
)";
  const absl::Status refused = Propose(without);
  EXPECT_EQ(ReasonOf(refused), "PHASE_HAS_BEGUN");
  EXPECT_EQ(domain::DetailOf(refused)->metadata.at("phase"), "pilot");
  const std::string after =
      absl::StrReplaceAll(without, {{"{ id: rest }", "{ id: rest }, { id: pilot }"}});
  EXPECT_EQ(ReasonOf(Propose(after)), "PHASE_HAS_BEGUN") << "rest would open";
  ASSERT_TRUE(Propose(Changed("success_rate: 60%", "success_rate: 50%")).ok());
  ASSERT_TRUE(Accept(1).ok());
  EXPECT_EQ(PhaseOf("pilot"), domain::PhaseState::kHeld) << "only a release ends the hold";
}

// Ten thousand phases once would have been compared with each other.
TEST_F(ProposalsTest, ManyRulesAreComparedInOneGo) {
  RolloutFile before;
  for (int i = 0; i < 10'000; ++i) {
    before.phases.emplace_back().id = "p" + std::to_string(i);
    before.phases.back().soak_days = 1;
  }
  RolloutFile after = before;
  after.phases[9'999].soak_days = 2;
  after.phases[0].id = "q";
  const auto differences = CompareRules(before, after);
  std::vector<std::string> paths;
  paths.reserve(differences.size());
  for (const RuleDifference& each : differences) paths.push_back(each.path);
  EXPECT_THAT(paths, ElementsAre("phases", "phases.q.soak_days", "phases.p9999.soak_days",
                                 "phases.p0.soak_days"));
}

// Devices planned for a phase that an accepted proposal leaves out wait for the next plan.
TEST_F(ProposalsTest, APhaseThatWaitsMayGoThoughDevicesWerePlannedForIt) {
  const std::string without = Changed("  - id: rest\n", "  - id: others\n");
  ASSERT_TRUE(Propose(without).ok());
  ASSERT_TRUE(Accept(1).ok());
  GoTo("2025-05-13");
  EXPECT_EQ(StateOf("B1"), domain::PlacementState::kPlanned) << "its phase is gone";
  const auto marked = Mark(Migrated({"B1"}));
  EXPECT_TRUE(marked.ok()) << marked.status();
  EXPECT_EQ(StateOf("B1"), domain::PlacementState::kMigrated);
}

TEST_F(ProposalsTest, ThereIsNoSuchProposal) {
  EXPECT_EQ(ReasonOf(Accept(3)), "PROPOSAL_NOT_FOUND");
  EXPECT_THAT(Read()->ListProposals("face").value(), IsEmpty());
}

}  // namespace
}  // namespace kirikae::app

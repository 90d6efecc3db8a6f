// Rollout files: reading, every refusal by its field, and applying.
#include "service/app/rollouts/rollout_file.h"

#include "service/app/rollouts/apply_file.h"
#include "tests/app/rollouts/rollout_fixture.h"

namespace kirikae::app {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kHead[] = "rollout: r\nfrom: IC_CARD_AND_PASSWORD\nto: FACE_AND_PASSWORD\n";
constexpr char kPhases[] = "phases: [ { id: all } ]\n";
constexpr char kTeams[] = "teams: [ { id: t, devices_per_slot: 1 } ]\n";

std::vector<std::string> FaultsOf(const std::string& yaml) {
  const auto file = ParseRolloutFile(yaml);
  std::vector<std::string> fields;
  if (file.ok()) return fields;
  EXPECT_EQ(file.status().code(), absl::StatusCode::kInvalidArgument);
  const auto detail = domain::DetailOf(file.status());
  for (const auto& violation : detail->violations) {
    fields.push_back(violation.field);
  }
  return fields;
}

TEST(RolloutFile, ReadsWhatItSays) {
  const auto file = ParseRolloutFile(kRolloutFile);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->id, "face");
  ASSERT_EQ(file->phases.size(), 2U);
  EXPECT_EQ(file->phases[0].gate.success_share, 0.6);
  EXPECT_EQ(file->phases[0].gate.incidents, 0);
  EXPECT_EQ(file->phases[0].soak_days, 1);
  EXPECT_FALSE(file->phases[1].gate.success_share.has_value());
  EXPECT_THAT(file->calendar.slots, ElementsAre("am", "pm"));
}

struct Refusal {
  const char* name;
  std::string yaml;
  std::string field;
};

class RolloutFileRefuses : public ::testing::TestWithParam<Refusal> {};

TEST_P(RolloutFileRefuses, ByTheField) {
  EXPECT_THAT(FaultsOf(GetParam().yaml), ElementsAre(GetParam().field));
}

std::string Phases(const std::string& phases) { return kHead + phases + kTeams; }
std::string Teams(const std::string& teams) { return std::string(kHead) + kPhases + teams; }
std::string More(const std::string& more) { return std::string(kHead) + kPhases + kTeams + more; }

std::string ManyMinutes(int count) {
  std::string keys;
  for (int i = 0; i < count; ++i) keys += (i == 0 ? "k" : ", k") + std::to_string(i) + ": 1";
  return More("policy: { minutes: { " + keys + " } }\n");
}

INSTANTIATE_TEST_SUITE_P(
    All, RolloutFileRefuses,
    ::testing::Values(
        Refusal{
            "NoId",
            "from: IC_CARD_AND_PASSWORD\nto: FACE_AND_PASSWORD\n" + std::string(kPhases) + kTeams,
            "rollout"},
        Refusal{"CapitalId",
                "rollout: R\nfrom: IC_CARD_AND_PASSWORD\nto: FACE_AND_PASSWORD\n" +
                    std::string(kPhases) + kTeams,
                "rollout"},
        Refusal{
            "OneFactor",
            "rollout: r\nfrom: PASSWORD\nto: FACE_AND_PASSWORD\n" + std::string(kPhases) + kTeams,
            "from"},
        Refusal{"SameMethod",
                "rollout: r\nfrom: FACE_AND_PASSWORD\nto: FACE_AND_PASSWORD\n" +
                    std::string(kPhases) + kTeams,
                "to"},
        Refusal{"Scope", More("scope: 'nothing = 1'\n"), "scope"},
        Refusal{"UnknownKey", More("colour: red\n"), "colour"},
        Refusal{"KeyTwice", More("title: a\ntitle: b\n"), "title"},
        Refusal{"NoPhases", std::string(kHead) + kTeams, "phases"},
        Refusal{"PhaseTwice", Phases("phases: [ { id: a }, { id: a } ]\n"), "phases[1].id"},
        Refusal{"Select", Phases("phases: [ { id: a, select: 'state =' } ]\n"), "phases[0].select"},
        Refusal{"Day", Phases("phases: [ { id: a, not_before: 2025-02-30 } ]\n"),
                "phases[0].not_before"},
        Refusal{"Deadline",
                Phases("phases: [ { id: a, not_before: 2025-05-02, deadline: 2025-05-01 } ]\n"),
                "phases[0].deadline"},
        Refusal{"Soak", Phases("phases: [ { id: a, soak_days: -1 } ]\n"), "phases[0].soak_days"},
        Refusal{"Rate", Phases("phases: [ { id: a, gate: { success_rate: 120% } } ]\n"),
                "phases[0].gate.success_rate"},
        Refusal{"Approval", Phases("phases: [ { id: a, gate: { approval: perhaps } } ]\n"),
                "phases[0].gate.approval"},
        Refusal{"GateKey", Phases("phases: [ { id: a, gate: { rate: 90% } } ]\n"),
                "phases[0].gate.rate"},
        Refusal{"ConfidenceOutOfRange",
                Phases("phases: [ { id: a, gate: { success_rate: 90%, confidence: 100% } } ]\n"),
                "phases[0].gate.confidence"},
        Refusal{"ConfidenceOfACount",
                Phases("phases: [ { id: a, gate: { success_rate: 9, confidence: 95% } } ]\n"),
                "phases[0].gate.confidence"},
        Refusal{
            "SequentialUpsideDown",
            Phases("phases: [ { id: a, gate: { sequential: { good: 90%, bad: 97%, error: 5% } } "
                   "} ]\n"),
            "phases[0].gate.sequential.good"},
        Refusal{"SequentialError",
                Phases("phases: [ { id: a, gate: { sequential: { good: 97%, bad: 90%, error: 50% } "
                       "} } ]\n"),
                "phases[0].gate.sequential.error"},
        Refusal{"SequentialHalf",
                Phases("phases: [ { id: a, gate: { sequential: { good: 97%, error: 5% } } } ]\n"),
                "phases[0].gate.sequential.bad"},
        Refusal{"SequentialKey",
                Phases("phases: [ { id: a, gate: { sequential: { good: 97%, bad: 90%, error: 5%, "
                       "alpha: 1% } } } ]\n"),
                "phases[0].gate.sequential.alpha"},
        Refusal{"NoTeams", std::string(kHead) + kPhases, "teams"},
        Refusal{"TeamWithoutWork", Teams("teams: [ { id: t } ]\n"), "teams[0].minutes_per_slot"},
        Refusal{
            "TeamTwice",
            Teams("teams: [ { id: t, devices_per_slot: 1 }, { id: t, devices_per_slot: 1 } ]\n"),
            "teams[1].id"},
        Refusal{"EmptyChange",
                Teams("teams: [ { id: t, devices_per_slot: 1, changes: [ { weekday: MON } ] } ]\n"),
                "teams[0].changes[0].set_minutes"},
        Refusal{
            "ChangeOfNoSlot",
            Teams("teams: [ { id: t, devices_per_slot: 1, changes: [ { slot: x, set_devices: 0 } "
                  "] } ]\n"),
            "teams[0].changes[0].slot"},
        Refusal{
            "Weekday",
            Teams("teams: [ { id: t, devices_per_slot: 1, changes: [ { weekday: DAY, set_devices: "
                  "0 } ] } ]\n"),
            "teams[0].changes[0].weekday"},
        Refusal{"PoolWithoutLimit", More("pools: [ { id: p } ]\n"), "pools[0].daily_share"},
        Refusal{"PoolShare", More("pools: [ { id: p, daily_share: 2, daily_limit: 1 } ]\n"),
                "pools[0].daily_share"},
        Refusal{"SlotTwice", More("calendar: { slots: [am, am] }\n"), "calendar.slots"},
        Refusal{"LastDay", More("calendar: { first_day: 2025-05-02, last_day: 2025-05-01 }\n"),
                "calendar.last_day"},
        Refusal{
            "BlackoutPhase",
            More("calendar: { blackouts: [ { from: 2025-05-01, to: 2025-05-02, phase: x } ] }\n"),
            "calendar.blackouts[0].phase"},
        Refusal{"BlackoutDays", More("calendar: { blackouts: [ { from: 2025-05-01 } ] }\n"),
                "calendar.blackouts[0].to"},
        Refusal{"GroupBy", More("policy: { group_by: site }\n"), "policy.group_by"},
        Refusal{"MinimumOs", More("policy: { minimum_os: 11 }\n"), "policy.minimum_os"},
        Refusal{"Objective", More("policy: { objectives: [FAST] }\n"), "policy.objectives"},
        Refusal{"Minutes", More("policy: { minutes: { default: 0 } }\n"), "policy.minutes.default"},
        Refusal{"MinutesOfNoKind", More("policy: { minutes: { TOASTER: 5 } }\n"),
                "policy.minutes.TOASTER"},
        Refusal{"ExpectNothing", More("policy: { expect: { enrolment: 0 } }\n"),
                "policy.expect.enrolment"},
        Refusal{"ExpectTheImpossible", More("policy: { expect: { camera: -3 } }\n"),
                "policy.expect.camera"},
        Refusal{"ExpectInYears", More("policy: { expect: { os: 251 } }\n"), "policy.expect.os"},
        Refusal{"ExpectAWord", More("policy: { expect: { os: soon } }\n"), "policy.expect.os"},
        Refusal{"ExpectWhatIsUnknown", More("policy: { expect: { consent: 5 } }\n"),
                "policy.expect.consent"},
        Refusal{"ExpectNoMap", More("policy: { expect: 15 }\n"), "policy.expect"},
        Refusal{"ExpectTooSoon", More("policy: { expect: { camera: 1 } }\n"),
                "policy.expect.camera"},
        Refusal{"ExpectSoonerThanReady",
                More("policy: { ready_before: 5, expect: { camera: 4 } }\n"),
                "policy.expect.camera"},
        Refusal{"ReadyBefore", More("policy: { ready_before: 21 }\n"), "policy.ready_before"},
        Refusal{"ReadyAfter", More("policy: { ready_before: -1 }\n"), "policy.ready_before"},
        Refusal{"Tickets", More("policy: { help_desk: { daily_limit: 5 } }\n"),
                "policy.help_desk.tickets_per_device"},
        Refusal{"NotYaml", "rollout: [", "content"},
        Refusal{"ManyKeys", ManyMinutes(1'001), "policy.minutes"},
        Refusal{"FarDay", More("calendar: { last_day: 9999-12-31 }\n"), "calendar.last_day"},
        Refusal{"TooLong", std::string((1U << 20U) + 1, ' '), "content"}),
    [](const ::testing::TestParamInfo<Refusal>& info) { return info.param.name; });

std::string ManyAliases() {
  std::string changes = "x: &c [";
  for (int i = 0; i < 2'000; ++i) changes += "{add_minutes: 1}, ";
  std::string teams = "]\nteams: [";
  for (int i = 0; i < 2'000; ++i) {
    teams += "{id: t" + std::to_string(i) + ", devices_per_slot: 1, changes: *c}, ";
  }
  return std::string(kHead) + kPhases + changes + teams + "]\n";
}

// A list of aliases is as long as what they name: a small file could fill the memory.
TEST(RolloutFile, AliasesCountAsWhatTheyName) {
  EXPECT_THAT(FaultsOf(ManyAliases()), ElementsAre("content"));
  EXPECT_THAT(FaultsOf("teams: &t [ *t, *t, *t ]\n"), ElementsAre("content"));
  EXPECT_THAT(FaultsOf(Teams("teams: [ { id: a, minutes_per_slot: 60, sites: &s [x] }, "
                             "{ id: b, minutes_per_slot: 60, sites: *s } ]\n")),
              IsEmpty());
}

TEST(RolloutFile, EveryFaultIsNamedAtOnce) {
  EXPECT_THAT(FaultsOf("title: x\n"), ElementsAre("rollout", "from", "to", "phases", "teams"));
}

TEST(RolloutFile, AGateMayAskForAConfidenceAndASequentialTest) {
  const auto file = ParseRolloutFile(
      Phases("phases: [ { id: a, gate: { success_rate: 90%, confidence: 95%, sequential: { good: "
             "97%, bad: 90%, error: 5% } } } ]\n"));
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->phases[0].gate.confidence, 0.95);
  const domain::SequentialTest expected{0.97, 0.9, 0.05};
  EXPECT_EQ(file->phases[0].gate.sequential, expected);
}

TEST(RolloutFile, SaysWhatIsExpectedOfDevicesThatAreNotReady) {
  const auto file = ParseRolloutFile(
      More("policy: { expect: { enrolment: 15, camera: 250 }, ready_before: 3 }\n"));
  ASSERT_TRUE(file.ok()) << file.status();
  const std::map<domain::Awaited, int> expected = {{domain::Awaited::kEnrolment, 15},
                                                   {domain::Awaited::kCamera, 250}};
  EXPECT_EQ(file->policy.expect, expected);
  EXPECT_EQ(file->policy.ReadyBefore(), 3);
  EXPECT_TRUE(file->policy.LeavesUnready());
  const auto plain = ParseRolloutFile(More(""));
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ(plain->policy.ReadyBefore(), 2);
  EXPECT_FALSE(plain->policy.LeavesUnready()) << "without either key all is as it was";
  const auto never =
      ParseRolloutFile(More("policy: { expect: { enrolment: 15 }, ready_before: 0 }\n"));
  ASSERT_TRUE(never.ok());
  EXPECT_FALSE(never->policy.LeavesUnready());
}

TEST(RolloutFile, AnUnknownKeyIsRefusedWithTheNearOneAndTheKeysThereAre) {
  const auto file = ParseRolloutFile(Phases("phases: [ { id: a, gate: { sucess_rate: 90% } } ]\n"));
  const auto detail = domain::DetailOf(file.status());
  ASSERT_TRUE(detail.has_value());
  ASSERT_EQ(detail->violations.size(), 1U);
  const std::vector<std::string>& args = detail->violations[0].sentence.args;
  ASSERT_EQ(args.size(), 2U);
  EXPECT_EQ(args[0], "success_rate");
  EXPECT_NE(args[1].find("minimum_sample"), std::string::npos);
}

TEST(RolloutFile, CommentsAndOrderAreNoDifference) {
  const std::string before = More("title: a\n");
  EXPECT_THAT(DifferingFields(before, "# note\n" + before), IsEmpty());
  EXPECT_THAT(DifferingFields(before, More("title: b\nscope: ''\n")),
              ElementsAre("scope", "title"));
  EXPECT_THAT(DifferingFields("", "title: a\n"), ElementsAre("title"));
}

class ApplyFileTest : public RolloutFixture {
 protected:
  absl::StatusOr<AppliedFile> Apply(const std::string& content, const std::string& etag) {
    const auto read = ReadRolloutContent(*Read(), content);
    if (!read.ok()) return read.status();
    return ApplyFile(*Read(), *read, etag);
  }
};

TEST_F(ApplyFileTest, MakesARollout) {
  const auto applied = Apply(More("title: 新\n"), "");
  ASSERT_TRUE(applied.ok()) << applied.status();
  EXPECT_TRUE(applied->created);
  EXPECT_TRUE(applied->changed);
  EXPECT_EQ(applied->rollout.id, "r");
  EXPECT_EQ(applied->rollout.state, domain::RolloutState::kDraft);
  EXPECT_THAT(applied->difference.keys, Contains("phases"));
}

TEST_F(ApplyFileTest, AppliedAgainItChangesNothing) {
  const auto applied = Apply(kRolloutFile, "");
  ASSERT_TRUE(applied.ok()) << applied.status();
  EXPECT_FALSE(applied->created);
  EXPECT_FALSE(applied->changed);
  EXPECT_THAT(applied->difference.keys, IsEmpty());
  EXPECT_EQ(applied->rollout.state, domain::RolloutState::kActive);
}

TEST_F(ApplyFileTest, AnotherEtagIsAConflict) {
  const std::string etag = std::to_string(Rollout().version);
  EXPECT_TRUE(Apply(kRolloutFile, etag).ok());
  EXPECT_EQ(Apply(kRolloutFile, etag + "9").status().code(), absl::StatusCode::kAborted);
}

TEST_F(ApplyFileTest, NamesThatMatchNothingAreRefusedWithNearOnes) {
  const auto faults = [&](const std::string& tail) {
    std::vector<std::pair<std::string, std::string>> found;  // path, and the near name
    const auto applied = Apply(std::string(kHead) + kPhases + tail, "");
    const auto detail = domain::DetailOf(applied.status());
    if (!detail.has_value()) return found;
    for (const domain::Violation& violation : detail->violations) {
      found.emplace_back(violation.field, violation.sentence.args.at(1));
    }
    return found;
  };
  using Found = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(faults("teams: [ { id: t, devices_per_slot: 1, sites: [本庁, 本廳] } ]\n"),
            (Found{{"teams[0].sites", "本庁"}}));
  EXPECT_EQ(
      faults(
          std::string(kTeams) +
          "calendar: { blackouts: [ { from: 2025-05-01, to: 2025-05-02, department: 総部 } ] }\n"),
      (Found{{"calendar.blackouts[0].department", "総務部"}}));
  EXPECT_EQ(
      faults(std::string(kTeams) +
             "calendar: { blackouts: [ { from: 2025-05-01, to: 2025-05-02, site: 月面 } ] }\n"),
      (Found{{"calendar.blackouts[0].site", "本庁"}}));
}

TEST_F(ApplyFileTest, AGateThatThePhasesSizeCannotReachIsRefused) {
  const auto refused = [&](const std::string& gate) {
    std::string content = kRolloutFile;
    const std::string old = "gate: { success_rate: 60%, minimum_sample: 2, incidents: 0 }";
    content.replace(content.find(old), old.size(), "gate: { " + gate + " }");
    const auto detail = domain::DetailOf(Apply(content, "").status());
    return detail.has_value() && !detail->violations.empty() ? detail->violations[0].field
                                                             : std::string();
  };
  EXPECT_EQ(refused("success_rate: 4"), "phases[0].gate.success_rate") << "it has three devices";
  EXPECT_EQ(refused("success_rate: 90%, confidence: 95%"), "phases[0].gate.confidence");
  EXPECT_NE(refused("success_rate: 3"), "phases[0].gate.success_rate");
  EXPECT_EQ(refused("success_rate: 50%, confidence: 95%"), "") << "three of three prove 52 %";
}

// A planner once removed a held phase with its failures, and the next one opened.
TEST_F(ApplyFileTest, APhaseThatHasBegunIsNotLeftOut) {
  const domain::Rollout rollout = Rollout();
  domain::PhaseStatus begun;
  begun.rollout = rollout.id;
  begun.id = "gone";
  Store({begun});
  EXPECT_TRUE(Apply(kRolloutFile, "").ok()) << "it waits";
  begun = **Read()->FindPhase(rollout.id, "gone");
  begun.state = domain::PhaseState::kHeld;
  Store({begun});
  const auto refused = Apply(kRolloutFile, "");
  EXPECT_EQ(domain::DetailOf(refused.status())->reason, "PHASE_HAS_BEGUN");
  EXPECT_EQ(domain::DetailOf(refused.status())->metadata.at("phase"), "gone");
}

}  // namespace
}  // namespace kirikae::app

// The HTTP port of the real daemon: page, sign-in, health, metrics, and calls as curl makes them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "kirikae/v1/planning_service.pb.h"
#include "tests/support/daemon.h"
#include "tests/support/eventually.h"
#include "tests/support/program.h"

namespace kirikae {
namespace {

using ::testing::AllOf;
using testing::Daemon;
using testing::Eventually;
using ::testing::HasSubstr;
using testing::kTestDay;
using ::testing::Not;
using testing::ProgramResult;
using testing::RunProgram;
using ::testing::StartsWith;
using testing::TemporaryFolder;
using testing::WriteFile;

using Flags = std::vector<std::string>;

const Flags kWithHttp = {"--now", kTestDay, "--allow-self-approval", "--http", "127.0.0.1:0"};

// An answer as curl shows it.
struct Answer {
  int status = 0;
  std::string head;
  std::string body;

  nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
};

class HttpPortTest : public ::testing::Test {
 protected:
  Answer Curl(const std::string& path, Flags flags = {}) const {
    flags.insert(flags.begin(), {"/usr/bin/curl", "-sS", "--max-time", "30", "--raw", "-i",
                                 "http://" + daemon_.http_address() + path});
    const ProgramResult result = RunProgram(flags);
    EXPECT_EQ(result.exit_code, 0) << path << ": " << result.err;
    Answer answer;
    const size_t end = result.out.find("\r\n\r\n");
    answer.head = result.out.substr(0, end);
    answer.body = end == std::string::npos ? "" : result.out.substr(end + 4);
    answer.status = answer.head.size() > 12 ? std::atoi(answer.head.c_str() + 9) : 0;
    return answer;
  }
  Answer Call(const std::string& method, const std::string& request, Flags flags) const {
    flags.insert(flags.begin(), {"-H", "content-type: application/json", "-d", request});
    return Curl("/kirikae.v1." + method, flags);
  }
  Answer CallAs(const std::string& token, const std::string& method,
                const std::string& request) const {
    return Call(method, request, {"-H", "authorization: Bearer " + token});
  }
  // Signs in; the flags with which curl shows the cookie.
  Flags SignIn(const std::string& token) const {
    const Answer answer = Curl("/signin", {"-H", "content-type: application/json", "-d",
                                           nlohmann::json{{"token", token}}.dump(), "-c", jar()});
    EXPECT_EQ(answer.status, 204) << answer.head << answer.body;
    return {"-b", jar()};
  }
  Answer WhoAmI(const Flags& cookie,
                const Flags& more = {"-H", "connect-protocol-version: 1"}) const {
    Flags flags = cookie;
    flags.insert(flags.end(), more.begin(), more.end());
    return Call("AccessService/WhoAmI", "{}", flags);
  }
  std::string jar() const { return folder_ / "cookies"; }

  TemporaryFolder folder_;
  Daemon daemon_{kWithHttp};
};

TEST_F(HttpPortTest, CurlFindsACallerByKana) {
  testing::ImportSampleWard(daemon_);
  const Answer found =
      CallAs(daemon_.admin_token(), "InventoryService/LookupDevices", R"({"query": "ﾜﾀﾅﾍﾞ"})");
  ASSERT_EQ(found.status, 200) << found.body;
  ASSERT_TRUE(found.json().contains("matches")) << found.body;
  EXPECT_THAT(found.json()["matches"][0]["card"].dump(), HasSubstr("渡"));
}

TEST_F(HttpPortTest, ErrorsSayWhatGrpcSays) {
  const Answer missing =
      CallAs(daemon_.admin_token(), "InventoryService/GetDevice", R"({"name": "devices/NO-1"})");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.json()["code"], "not_found");
  EXPECT_THAT(missing.json()["details"].dump(), HasSubstr("google.rpc.ErrorInfo"));
  EXPECT_EQ(CallAs("wrong", "AccessService/WhoAmI", "{}").status, 401);
  EXPECT_EQ(Call("AccessService/WhoAmI", "{}", {}).status, 401);
  EXPECT_EQ(CallAs(daemon_.admin_token(), "AccessService/NoSuch", "{}").status, 404);
}

TEST_F(HttpPortTest, AnAnswerOfMoreThanFourMebibytesArrives) {
  constexpr int kItems = 40'000;
  v1::SolvePlanRequest request;
  v1::PlanProblem& problem = *request.mutable_problem();
  problem.mutable_calendar()->set_first_day("2025-05-07");
  problem.mutable_calendar()->set_last_day("2025-05-07");
  problem.mutable_calendar()->add_weekly_open("WED");
  v1::PlanTeam& team = *problem.add_teams();
  team.set_id("a");
  team.set_devices_per_slot(kItems);
  problem.add_phases()->set_id("p");
  for (int i = 0; i < kItems; ++i) {
    v1::PlanItem& item = *problem.add_items();
    item.set_id(std::to_string(100'000 + i) + std::string(80, 'x'));
    item.set_phase("p");
  }
  ASSERT_LT(request.ByteSizeLong(), size_t{4} << 20U);
  WriteFile(folder_ / "request", request.SerializeAsString());
  const ProgramResult result = RunProgram(
      {"/usr/bin/curl", "-sS", "--max-time", "30", "-H", "content-type: application/proto", "-H",
       "authorization: Bearer " + daemon_.admin_token(), "--data-binary",
       "@" + (folder_ / "request"), "-o", folder_ / "answer",
       "http://" + daemon_.http_address() + "/kirikae.v1.PlanningService/SolvePlan"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const std::string answer = testing::ReadFile(folder_ / "answer");
  EXPECT_GT(answer.size(), size_t{4} << 20U) << answer.substr(0, 300);
  v1::PlanSolution solution;
  ASSERT_TRUE(solution.ParseFromString(answer));
  EXPECT_EQ(solution.placements_size(), kItems);
}

// What nobody may call costs nothing: a large body of a stranger is not even read.
TEST_F(HttpPortTest, AStrangersLargeMessageIsRefusedUnread) {
  WriteFile(folder_ / "large", R"({"query": ")" + std::string(1'000'000, 'x') + "\"}");
  const std::string body = "@" + (folder_ / "large");
  EXPECT_EQ(Call("InventoryService/LookupDevices", body, {}).status, 401);
  EXPECT_EQ(CallAs("wrong", "InventoryService/LookupDevices", body).status, 401);
  EXPECT_EQ(CallAs("wrong", "InventoryService/LookupDevices", "[[[[").status, 401);
  // Who is known is told what is wrong with it.
  EXPECT_EQ(CallAs(daemon_.admin_token(), "InventoryService/LookupDevices", body).status, 400);
}

// Otherwise tokens could be tried at any speed, and unseen, with messages that can't be read.
TEST_F(HttpPortTest, AWrongTokenWithAFaultyMessageIsCountedAndSlowedDown) {
  WriteFile(folder_ / "large", R"({"query": ")" + std::string(1'000'000, 'x') + "\"}");
  const std::string large = "@" + (folder_ / "large");
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(CallAs("wrong", "InventoryService/LookupDevices", "[[[[").status, 401);
    EXPECT_EQ(CallAs("wrong", "InventoryService/LookupDevices", large).status, 401);
    EXPECT_EQ(CallAs("wrong", "InventoryService/LookupDevices", R"({"no": 1})").status, 401);
  }
  // Five are free; then 100, 200, 400 and 800 ms.
  EXPECT_GT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(1'500));
  // Health has no callers of its own, so a fault is told to everybody.
  EXPECT_EQ(
      Curl("/grpc.health.v1.Health/Check", {"-H", "content-type: application/json", "-d", "[[[["})
          .status,
      400);
  EXPECT_THAT(daemon_.Stop().err, AllOf(HasSubstr("wrong tokens address="), HasSubstr("count=8")));
}

TEST_F(HttpPortTest, HealthAndReadiness) {
  EXPECT_EQ(Curl("/healthz").body, "ok\n");
  EXPECT_EQ(Curl("/readyz").body, "ready\n");
}

TEST_F(HttpPortTest, MetricsAreForThisMachineOnly) {
  daemon_.Run({"whoami"});
  const Answer metrics = Curl("/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_THAT(
      metrics.body,
      AllOf(HasSubstr(R"(method="AccessService/WhoAmI")"),
            HasSubstr("kirikae_writer_queue_length 0"), HasSubstr("kirikae_database_size_bytes"),
            HasSubstr("kirikae_store_readable 1"), HasSubstr("process_resident_memory_bytes")));
  EXPECT_EQ(Curl("/metrics", {"-H", "x-forwarded-for: 192.0.2.7"}).status, 404);
}

TEST_F(HttpPortTest, MetricsShowPhasesAndDevicesByState) {
  testing::ImportSampleWard(daemon_);
  testing::ApproveSamplePlan(daemon_);
  const Answer metrics = Curl("/metrics");
  EXPECT_THAT(
      metrics.body,
      AllOf(HasSubstr(R"(kirikae_phase_state{rollout="face2025",phase="pilot",state="waiting"} 1)"),
            HasSubstr(R"(kirikae_rollout_devices{rollout="face2025",state="planned"})")));
}

TEST_F(HttpPortTest, ThePageHasItsHeadersAndItsFilesAreKeptForEver) {
  const Answer page = Curl("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(
      page.head,
      AllOf(HasSubstr("content-security-policy: default-src 'none'"),
            HasSubstr("x-content-type-options: nosniff"), HasSubstr("x-frame-options: DENY"),
            HasSubstr("referrer-policy: no-referrer"), HasSubstr("cache-control: no-cache")));
  EXPECT_THAT(page.head,
              AllOf(Not(HasSubstr("unsafe-inline")),
                    HasSubstr("require-trusted-types-for 'script'; trusted-types 'none'")));
#ifdef KIRIKAE_WEB
  const size_t at = page.body.find("src=\"/main-");
  ASSERT_NE(at, std::string::npos);
  const std::string path = page.body.substr(at + 5, page.body.find('"', at + 5) - at - 5);
  const Answer file = Curl(path);
  EXPECT_EQ(file.status, 200) << path;
  EXPECT_THAT(file.head, HasSubstr("immutable"));
  const size_t etag = file.head.find("etag: ");
  const std::string tag = file.head.substr(etag + 6, file.head.find("\r\n", etag) - etag - 6);
  EXPECT_EQ(Curl(path, {"-H", "if-none-match: " + tag}).status, 304);
  EXPECT_THAT(Curl(path, {"-H", "accept-encoding: gzip"}).head,
              HasSubstr("content-encoding: gzip"));
#else
  EXPECT_THAT(page.body, AllOf(HasSubstr("画面なし"), HasSubstr("without its page"),
                               HasSubstr("-DKIRIKAE_WEB=ON")));
#endif
  EXPECT_EQ(Curl("/none.js").status, 404);
  EXPECT_EQ(Curl("/", {"-X", "POST"}).status, 405);
}

TEST_F(HttpPortTest, ThePageAnswersAtThePathsOfItsViews) {
  const std::string page = Curl("/").body;
  for (const char* path : {"/today", "/devices", "/devices/TSM.1", "/rollouts/face2025/plans/4",
                           "/reports/face2025", "/records", "/sign-in", "/today?team=a"}) {
    const Answer answer = Curl(path);
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_EQ(answer.body, page) << path;
  }
  for (const char* path : {"/todays", "/nothing", "/nothing/today", "/index"}) {
    EXPECT_EQ(Curl(path).status, 404) << path;
  }
}

TEST_F(HttpPortTest, ABrowserGetsThePageWhereNothingStands) {
  const Answer page = Curl("/nope", {"-H", "accept: text/html,*/*;q=0.8"});
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(page.body, Curl("/").body);
  // A part of an older page is no page.
  const Answer part = Curl("/office-OLD.js", {"-H", "accept: */*"});
  EXPECT_EQ(part.status, 404);
  EXPECT_NE(part.body, page.body);
}

TEST_F(HttpPortTest, ASessionIsItsTokensHolderUntilSignedOut) {
  const std::string viewer = daemon_.NewToken("viewer");
  const Flags cookie = SignIn(viewer);
  const Answer me = WhoAmI(cookie);
  EXPECT_EQ(me.status, 200) << me.body;
  EXPECT_EQ(me.json()["role"], "ROLE_VIEWER");
  EXPECT_EQ(Curl("/signout", {"-X", "POST", "-b", jar()}).status, 204);
  EXPECT_EQ(WhoAmI(cookie).status, 401);
}

TEST_F(HttpPortTest, SigningOutEndsTheStreamsOfTheSession) {
  testing::ImportSampleWard(daemon_);
  testing::ApproveSamplePlan(daemon_);
  const Flags cookie = SignIn(daemon_.admin_token());
  const std::string message = R"({"name": "rollouts/face2025"})";
  WriteFile(folder_ / "watch",
            std::string("\0\0\0\0", 4) + static_cast<char>(message.size()) + message);
  auto watch = std::async(std::launch::async, [&] {
    return Curl(
        "/kirikae.v1.RolloutService/WatchRollout",
        {cookie[0], cookie[1], "-H", "connect-protocol-version: 1", "-H",
         "content-type: application/connect+json", "--data-binary", "@" + (folder_ / "watch")});
  });
  const auto watches = [this](const std::string& count) {
    return absl::StrContains(Curl("/metrics").body, R"(kirikae_streams{kind="watch"} )" + count);
  };
  ASSERT_TRUE(Eventually([&] { return watches("1"); }));
  EXPECT_EQ(Curl("/signout", {"-X", "POST", "-b", jar()}).status, 204);
  EXPECT_THAT(watch.get().body, HasSubstr("canceled"));
  EXPECT_TRUE(watches("0"));
}

TEST_F(HttpPortTest, ACookieWithoutTheProtocolsHeaderOrFromAnotherPageIsRefused) {
  const Flags cookie = SignIn(daemon_.admin_token());
  EXPECT_EQ(WhoAmI(cookie, {}).status, 403);
  EXPECT_EQ(WhoAmI(cookie,
                   {"-H", "connect-protocol-version: 1", "-H", "origin: https://elsewhere.example"})
                .status,
            403);
  EXPECT_EQ(
      WhoAmI(cookie, {"-H", "connect-protocol-version: 1", "-H", "sec-fetch-site: cross-site"})
          .status,
      403);
  EXPECT_EQ(WhoAmI(cookie, {"-H", "connect-protocol-version: 1", "-H",
                            "origin: http://" + daemon_.http_address()})
                .status,
            200);
  EXPECT_EQ(Curl("/signin", {"-d", "token=x", "-H", "origin: https://elsewhere.example"}).status,
            403);
}

TEST_F(HttpPortTest, ASessionOutlivesTheDaemonAndEndsWithItsToken) {
  const std::string viewer = daemon_.NewToken("viewer");
  const Flags cookie = SignIn(viewer);
  daemon_.Kill();
  daemon_.Start();
  EXPECT_EQ(WhoAmI(cookie).status, 200);
  ASSERT_EQ(daemon_.Run({"token", "revoke", "2", "--yes"}).exit_code, 0);
  EXPECT_EQ(WhoAmI(cookie).status, 401);
  daemon_.Kill();
  daemon_.Start();
  EXPECT_EQ(WhoAmI(cookie).status, 401);
}

TEST_F(HttpPortTest, ASessionEndsAfterTwelveHours) {
  const Flags cookie = SignIn(daemon_.admin_token());
  daemon_.Stop();
  daemon_.Start({"--now", "2025-04-01T20:59:00+09:00", "--http", "127.0.0.1:0"});
  EXPECT_EQ(WhoAmI(cookie).status, 200);
  daemon_.Stop();
  daemon_.Start({"--now", "2025-04-01T21:01:00+09:00", "--http", "127.0.0.1:0"});
  EXPECT_EQ(WhoAmI(cookie).status, 401);
}

TEST_F(HttpPortTest, AWrongTokenSignsNobodyIn) {
  const Answer json =
      Curl("/signin", {"-H", "content-type: application/json", "-d", R"({"token": "krk_wrong"})"});
  EXPECT_EQ(json.status, 401);
  EXPECT_EQ(json.json()["code"], "unauthenticated");
  EXPECT_THAT(json.json()["messageJa"].dump(), HasSubstr("トークン"));
  for (const char* body : {"", "{}", R"({"token": 1})", "[[[[", "token=krk_%zz"}) {
    EXPECT_EQ(Curl("/signin", {"-H", "content-type: application/json", "-d", body}).status, 401)
        << body;
  }
  EXPECT_EQ(Curl("/signin", {"-d", "token=" + std::string(5'000, 'x')}).status, 413);
  EXPECT_EQ(Curl("/signin").status, 405);
}

// Otherwise anybody could keep the writer busy.
TEST_F(HttpPortTest, WhoIsNotSignedInMakesNoWriteBySigningOut) {
  const auto writes = [this] {
    const std::string body = Curl("/metrics").body;
    const std::string name = "\nkirikae_writer_writes_total ";
    const size_t at = body.find(name);
    return at == std::string::npos ? "?" : body.substr(at, body.find('\n', at + 1) - at);
  };
  const std::string before = writes();
  EXPECT_EQ(Curl("/signout", {"-X", "POST"}).status, 204);
  EXPECT_EQ(Curl("/signout", {"-X", "POST", "-H", "cookie: kirikae-session=none"}).status, 204);
  EXPECT_EQ(writes(), before);
  SignIn(daemon_.admin_token());
  EXPECT_NE(writes(), before);
}

// Its answer must not hold up the thread that lets others in.
TEST_F(HttpPortTest, WhoSendsHttpWithoutEndToTheGrpcPortKeepsNobodyOut) {
  std::string large;
  large.resize(50'000'000, 'x');
  WriteFile(folder_ / "large", large);
  RunProgram({"/usr/bin/curl", "-sS", "--max-time", "20", "-H", "expect:", "--data-binary",
              "@" + (folder_ / "large"), "http://" + daemon_.address()});
  EXPECT_EQ(daemon_.Run({"whoami"}).exit_code, 0);
}

TEST_F(HttpPortTest, AFormSignsInAndLeadsToThePage) {
  const Answer answer = Curl("/signin", {"--data-urlencode", "token=" + daemon_.admin_token()});
  EXPECT_EQ(answer.status, 303);
  EXPECT_THAT(answer.head,
              AllOf(HasSubstr("location: /"), HasSubstr("HttpOnly"), HasSubstr("SameSite=Strict")));
}

TEST_F(HttpPortTest, ABrowserAtTheGrpcPortIsToldWhereThePageIs) {
  const ProgramResult result =
      RunProgram({"/usr/bin/curl", "-sS", "-i", "--max-time", "20", "http://" + daemon_.address()});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(StartsWith("HTTP/1.1 400"), HasSubstr(daemon_.http_address())));
  const ProgramResult tls =
      RunProgram({"/usr/bin/curl", "-sSk", "--max-time", "20", "https://" + daemon_.address()});
  EXPECT_NE(tls.exit_code, 0);
  // A gRPC client at the HTTP port gets an answer too.
  EXPECT_EQ(RunProgram({KIRIKAE, "--server", daemon_.http_address(), "--token-file",
                        daemon_.token_file(), "whoami", "--timeout", "10"})
                .exit_code,
            6);
  EXPECT_THAT(daemon_.Stop().err, AllOf(HasSubstr("HTTP/1 spoken to the gRPC port"),
                                        HasSubstr("TLS spoken to a port of plain text")));
}

TEST_F(HttpPortTest, BothPortsAreInTheEndpoints) {
  EXPECT_THAT(testing::ReadFile(daemon_.folder() / "endpoints.json"),
              StartsWith("{\"grpc\": \"" + daemon_.address() + "\", \"http\": \"127.0.0.1:"));
}

TEST_F(HttpPortTest, ABusyPortIsNamedAndNothingIsServed) {
  const TemporaryFolder folder;
  const ProgramResult result = RunProgram({KIRIKAED, "--state-dir", folder / "state", "--listen",
                                           "127.0.0.1:0", "--http", daemon_.http_address()});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr(daemon_.http_address()));
}

}  // namespace
}  // namespace kirikae

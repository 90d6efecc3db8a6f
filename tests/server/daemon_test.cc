// The daemon for its operator: start, refusal, drain.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/any_call.h"
#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(DaemonTest, TheFirstTokenIsForItsOwnerOnlyAndNeverPrinted) {
  Daemon daemon;
  struct stat info {};
  ASSERT_EQ(stat(daemon.token_file().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  const std::string token = daemon.admin_token();
  EXPECT_GE(token.size(), 32U);
  const ProgramResult end = daemon.Stop();
  EXPECT_THAT(end.err + end.out, Not(HasSubstr(token)));
  EXPECT_THAT(end.err, HasSubstr("admin.token"));
}

// A copied file once was an empty ward, because all of it lay in the log.
TEST(DaemonTest, AfterACleanStopTheDatabaseFileAloneIsWhole) {
  Daemon daemon;
  ImportSampleWard(daemon);
  EXPECT_EQ(daemon.Stop().exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(daemon.folder() / "kirikae.db-wal"));
  const TemporaryFolder copy;
  std::filesystem::copy_file(daemon.folder() / "kirikae.db", copy / "kirikae.db");
  const ProgramResult checked = RunProgram({KIRIKAED, "check", "--state-dir", copy.path()});
  EXPECT_EQ(checked.exit_code, 0) << checked.err;
  EXPECT_THAT(checked.out + checked.err, HasSubstr("Checked 700 devices"));
}

TEST(DaemonTest, WhoLookedAtWhichRecordIsLogged) {
  Daemon daemon;
  const std::string viewer = daemon.NewToken("viewer");
  daemon.RunAs(viewer, {"lookup", "豊島\"太郎"});
  daemon.RunAs(viewer, {"device", "show", "TSM-1"});
  daemon.Run({"whoami"});
  daemon.Run({"device", "retire", "TSM-1"});
  EXPECT_EQ(daemon.Stop().exit_code, 0);
  std::string lines;
  for (const auto& entry : std::filesystem::directory_iterator(daemon.folder().path())) {
    EXPECT_EQ(entry.status().permissions() & std::filesystem::perms(077),
              std::filesystem::perms::none)
        << entry.path();
    if (entry.path().filename().string().starts_with("reads_")) lines += ReadFile(entry.path());
  }
  EXPECT_THAT(lines, HasSubstr(R"("rpc":"InventoryService/LookupDevices","asked":"豊島\"太郎")"));
  EXPECT_THAT(
      lines,
      HasSubstr(
          R"("rpc":"InventoryService/GetDevice","asked":"devices/TSM-1","code":"NOT_FOUND")"));
  EXPECT_THAT(lines, HasSubstr(R"("token":2,"name":"viewer)"));
  EXPECT_THAT(lines, Not(HasSubstr("WhoAmI")));
  EXPECT_THAT(lines, Not(HasSubstr("RetireDevice")));
}

TEST(DaemonTest, TheFirstTokenStaysOverARestart) {
  Daemon daemon;
  const std::string token = daemon.admin_token();
  EXPECT_EQ(daemon.Stop().exit_code, 0);
  daemon.Start();
  EXPECT_EQ(daemon.admin_token(), token);
  EXPECT_EQ(daemon.Run({"whoami"}).exit_code, 0);
}

TEST(DaemonTest, ASecondOneOnTheSameFolderIsRefusedWithTheFirstsProcessId) {
  Daemon daemon;
  const ProgramResult second =
      RunProgram({KIRIKAED, "--state-dir", daemon.folder().path(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_THAT(second.err, HasSubstr(daemon.folder().path()));
  EXPECT_THAT(second.err, HasSubstr(std::to_string(daemon.pid())));
  EXPECT_EQ(daemon.Run({"whoami"}).exit_code, 0);
}

TEST(DaemonTest, ANewerDatabaseIsRefusedAndNotTouched) {
  Daemon daemon;
  daemon.Stop();
  const std::string file = daemon.folder() / "kirikae.db";
  {
    SQLite::Database database(file, SQLite::OPEN_READWRITE);
    database.exec("PRAGMA journal_mode = DELETE");
    database.exec("PRAGMA user_version = 9999");
  }
  const std::string before = ReadFile(file);
  const ProgramResult refused =
      RunProgram({KIRIKAED, "--state-dir", daemon.folder().path(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("9999"));
  EXPECT_EQ(ReadFile(file), before);
}

TEST(DaemonTest, ARecordIsNeverOlderThanTheOneBeforeItThoughTheClockIsSetBack) {
  Daemon daemon({"--now", "2025-04-02T09:00:40+09:00"});
  daemon.NewToken("viewer");
  daemon.Stop();
  daemon.Start({"--now", "2025-04-02T09:00:00+09:00"});
  daemon.NewToken("operator");
  daemon.Stop();
  const SQLite::Database database(daemon.folder() / "kirikae.db");
  SQLite::Statement older(database,
                          "SELECT count(*) FROM change_sets AS one JOIN change_sets AS next "
                          "ON next.id = one.id + 1 WHERE next.recorded_time < one.recorded_time");
  ASSERT_TRUE(older.executeStep());
  EXPECT_EQ(older.getColumn(0).getInt(), 0);
}

// Once, port 99999 was served as 34463.
TEST(DaemonTest, WhatIsNoPortIsRefused) {
  const TemporaryFolder folder;
  for (const char* port : {"99999", "65536", "-1", "http", ""}) {
    const ProgramResult refused = RunProgram(
        {KIRIKAED, "--state-dir", folder / "state", "--listen", "127.0.0.1:" + std::string(port)});
    EXPECT_EQ(refused.exit_code, 1) << port;
    EXPECT_THAT(refused.err, HasSubstr("65535"));
  }
}

TEST(DaemonTest, WhoHasTheMachineGetsBackInAndTheRecordSaysSo) {
  Daemon daemon;
  const std::string lost = daemon.admin_token();
  const std::vector<std::string> reset = {
      KIRIKAED, "token", "reset", "--state-dir", daemon.folder().path(), "--now", kTestDay};
  EXPECT_NE(RunProgram(reset).exit_code, 0) << "while the daemon runs";
  EXPECT_EQ(daemon.admin_token(), lost);
  daemon.Stop();
  ASSERT_EQ(RunProgram(reset).exit_code, 0);
  EXPECT_NE(daemon.admin_token(), lost);
  EXPECT_EQ(std::filesystem::status(daemon.token_file()).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  daemon.Start();
  EXPECT_EQ(daemon.Run({"whoami"}).exit_code, 0);
  EXPECT_THAT(daemon.Run({"change", "list", "-o", "json"}).out, HasSubstr("kirikaed token reset"));
}

TEST(DaemonTest, PlainTextOnAnAddressOthersReachIsRefused) {
  const TemporaryFolder folder;
  for (const char* address : {"0.0.0.0:0", "[::]:0"}) {
    const ProgramResult refused =
        RunProgram({KIRIKAED, "--state-dir", folder / "state", "--listen", address});
    EXPECT_EQ(refused.exit_code, 1) << address;
    EXPECT_THAT(refused.err, HasSubstr(address));
    EXPECT_FALSE(std::filesystem::exists(folder / "state/endpoints.json"));
  }
}

TEST(DaemonTest, AClockThatCannotBeReadIsAUsageError) {
  const TemporaryFolder folder;
  const ProgramResult refused = RunProgram(
      {KIRIKAED, "--state-dir", folder / "state", "--listen", "127.0.0.1:0", "--now", "tomorrow"});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_THAT(refused.err, HasSubstr("tomorrow"));
}

TEST(DaemonTest, TellsItsHealthForEachService) {
  Daemon daemon;
  for (const char* service : {"", "kirikae.v1.InventoryService", "kirikae.v1.RolloutService"}) {
    const std::string name(service);
    // HealthCheckRequest.service is field 1; HealthCheckResponse.status, field 1, is SERVING = 1.
    const AnyAnswer answer =
        CallAny(daemon.channel(), "/grpc.health.v1.Health/Check", "",
                name.empty() ? "" : std::string{'\n', static_cast<char>(name.size())} + name);
    EXPECT_TRUE(answer.status.ok()) << name << answer.status.error_message();
    EXPECT_EQ(answer.messages, std::vector<std::string>{"\x08\x01"}) << name;
  }
}

TEST(DaemonTest, ListsItsServicesByReflection) {
  Daemon daemon;
  // ServerReflectionRequest.list_services is field 7.
  const AnyAnswer answer =
      CallAny(daemon.channel(), "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
              "", std::string{'\x3A', '\x01', '*'});
  ASSERT_EQ(answer.messages.size(), 1U) << answer.status.error_message();
  for (const char* service :
       {"Access", "Audit", "Calendar", "Import", "Inventory", "Migration", "Planning", "Rollout"}) {
    EXPECT_THAT(answer.messages[0], HasSubstr("kirikae.v1." + std::string(service) + "Service"));
  }
}

// gRPC does not wait for the handlers of calls that it cancels.
TEST(DaemonTest, AStopUnderLoadEndsInOrder) {
  Daemon daemon;
  ImportSampleWard(daemon);
  constexpr int kRounds = 8;
  constexpr int kCallers = 6;
  for (int round = 0; round < kRounds; ++round) {
    std::atomic<bool> stop = false;
    std::atomic<int> answered = 0;
    std::vector<std::thread> callers;
    callers.reserve(kCallers);
    for (int i = 0; i < kCallers; ++i) {
      callers.emplace_back([&, i, channel = daemon.channel()] {
        const bool exports = i % 3 == 0;
        const std::string method = exports      ? "/kirikae.v1.ImportService/ExportDevices"
                                   : i % 3 == 1 ? "/kirikae.v1.InventoryService/ListDevices"
                                                : "/kirikae.v1.AuditService/VerifyAuditLog";
        // format is field 1 of the export's request; 1 is a form of CSV.
        const std::string request = exports ? std::string("\x08\x01") : std::string();
        while (!stop) {
          CallAny(channel, method, "Bearer " + daemon.admin_token(), request);
          ++answered;
        }
      });
    }
    while (answered < kCallers * 4) std::this_thread::yield();
    const ProgramResult ended = daemon.Stop();
    EXPECT_EQ(ended.exit_code, 0) << ended.err.substr(ended.err.size() - 500);
    stop = true;
    for (std::thread& caller : callers) caller.join();
    daemon.Start();
  }
}

// Tools that walk over all services stop at one that is not described.
TEST(DaemonTest, DescribesByReflectionEveryServiceThatItLists) {
  Daemon daemon;
  for (const std::string service :
       {"grpc.health.v1.Health", "grpc.reflection.v1alpha.ServerReflection",
        "kirikae.v1.AccessService", "kirikae.v1.InventoryService"}) {
    // ServerReflectionRequest.file_containing_symbol is field 4; an answer with files has field 4,
    // one with an error has field 7.
    const AnyAnswer answer =
        CallAny(daemon.channel(), "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                "", "\x22" + std::string(1, static_cast<char>(service.size())) + service);
    ASSERT_EQ(answer.messages.size(), 1U) << answer.status.error_message();
    EXPECT_THAT(answer.messages[0], HasSubstr(".proto")) << service << answer.messages[0];
  }
}

// The pipe is full after some hundred lines, and everything that writes to it stands still.
TEST(DaemonTest, ServesAndStopsThoughNobodyReadsItsLog) {
  const TemporaryFolder folder;
  const std::string socket = "unix:" + (folder / "socket");
  const std::string serve =
      R"(mkfifo "$1/log" && exec 3<> "$1/log" && exec "$2" --state-dir "$1/state" --listen "$3" 2>&3)";
  Program program({"/bin/sh", "-c", serve, "sh", folder.path(), KIRIKAED, socket}, folder.path());
  const auto channel = grpc::CreateChannel(socket, grpc::InsecureChannelCredentials());
  const auto begin = std::chrono::system_clock::now();
  ASSERT_TRUE(channel->WaitForConnected(begin + std::chrono::seconds(20)));
  // Over more than a second, as something in the log happens once a second.
  const auto until = std::chrono::system_clock::now() + std::chrono::milliseconds(2'500);
  int calls = 0;
  for (; calls < 2'000 || std::chrono::system_clock::now() < until; ++calls) {
    const AnyAnswer answer = CallAny(channel, "/kirikae.v1.AccessService/WhoAmI", "", "");
    ASSERT_EQ(answer.status.error_code(), grpc::StatusCode::UNAUTHENTICATED) << calls;
  }
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait().exit_code, 0);
}

TEST(DaemonTest, ServesOnAUnixSocket) {
  const TemporaryFolder folder;
  const std::string socket = "unix:" + (folder / "socket");
  Program program({KIRIKAED, "--state-dir", folder / "state", "--listen", socket}, folder.path());
  const auto channel = grpc::CreateChannel(socket, grpc::InsecureChannelCredentials());
  const auto deadline = std::chrono::system_clock::now() + std::chrono::seconds(20);
  ASSERT_TRUE(channel->WaitForConnected(deadline));
  EXPECT_THAT(ReadFile(folder / "state/endpoints.json"), HasSubstr(socket));
}

}  // namespace
}  // namespace kirikae::testing

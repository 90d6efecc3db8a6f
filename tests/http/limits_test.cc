// Clients that would keep the server from others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "service/http/tls.h"
#include "tests/http/certificates.h"
#include "tests/http/http2_client.h"
#include "tests/http/site.h"
#include "tests/http/socket_client.h"
#include "tests/http/tls_client.h"
#include "tests/support/program.h"

namespace kirikae::testing {
namespace {

using std::chrono::milliseconds;

constexpr char kPlain[] = "GET /plain HTTP/1.1\r\nHost: a\r\n\r\n";

// 127.0.0.2 and above count as other machines.
http::Options WithStrangers() {
  http::Options options;
  options.is_local = [](std::string_view host) { return host == "127.0.0.1"; };
  return options;
}

bool Answers(SocketClient& client) {
  return client.connected() && client.Send(kPlain) && StatusOf(client.ReadAnswer()) == 200;
}

TEST(Limits, ASlowHeadIsAnswered408) {
  http::Options options;
  options.limits.head_time = milliseconds(300);
  Site site(options);
  SocketClient dripping(site.address());
  const auto begin = std::chrono::steady_clock::now();
  // Each byte comes in time; all together do not.
  for (int i = 0; i < 200 && dripping.Send("G"); ++i) {
    std::this_thread::sleep_for(milliseconds(5));
    if (dripping.HasBytes()) break;
  }
  EXPECT_EQ(StatusOf(dripping.ReadAll()), 408);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, milliseconds(300));
  EXPECT_TRUE(site.Saw("http slow_head"));
  SocketClient preface(site.address());
  preface.Send("PRI * HTTP");
  EXPECT_EQ(preface.ReadAll(), "");
  EXPECT_TRUE(site.Saw("http slow_head", 2));
}

TEST(Limits, ASlowHeadOfHttp2EndsTheConnection) {
  http::Options options;
  options.limits.head_time = milliseconds(300);
  Site site(options);
  SocketClient no_settings(site.address());
  no_settings.Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  no_settings.ReadAll();
  EXPECT_TRUE(site.Saw("http slow_head"));
  SocketClient half(site.address());
  half.Send(std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", 33));
  half.Send(std::string("\0\x01\0\x01\x04\0\0\0\x01zz", 11));  // HEADERS of 256 bytes
  half.ReadAll();
  EXPECT_TRUE(site.Saw("http slow_head", 2));
}

TEST(Limits, AConnectionWithoutARequestIsClosed) {
  http::Options options;
  options.limits.idle_time = milliseconds(200);
  options.limits.linger_time = milliseconds(1);
  Site site(options);
  SocketClient fresh(site.address());
  SocketClient used(site.address());
  EXPECT_TRUE(Answers(used));
  Http2Client http2(site.address());
  EXPECT_EQ(http2.Get("/plain").body, "plain");
  SocketClient busy(site.address());
  busy.Send("GET /hang HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(fresh.ReadAll(), "");
  EXPECT_EQ(used.ReadAll(), "");
  EXPECT_TRUE(http2.ReadUntil([&] { return http2.gone(); }));
  EXPECT_EQ(http2.gone_code(), 0U);
  EXPECT_FALSE(busy.HasBytes()) << "a request that runs is not idle";
  EXPECT_TRUE(site.HasConnections(1));
}

TEST(Limits, ASlowBodyIsAnswered408) {
  http::Options options;
  options.limits.body_grace = milliseconds(200);
  options.limits.body_rate = 1'000;
  Site site(options);
  SocketClient client(site.address());
  client.Send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\npart");
  EXPECT_EQ(StatusOf(client.ReadAll()), 408);
  EXPECT_TRUE(site.Saw("closed /echo"));
  Http2Client http2(site.address());
  EXPECT_EQ(http2.Await(http2.Send("POST", "/echo", "part", {}, false)).status, "408");
  EXPECT_TRUE(site.Saw("closed /echo", 2));
  EXPECT_TRUE(site.Saw("http slow_body", 2));
  EXPECT_EQ(http2.Get("/plain").body, "plain") << "other streams go on";
}

// What counts is the time that the server waits for the client.
TEST(Limits, ABodyIsNotSlowWhileItsHandlerDoesNotWantIt) {
  http::Options options;
  options.limits.body_grace = milliseconds(100);
  Site site(options);
  SocketClient client(site.address());
  client.Send("POST /pieces HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n");
  ASSERT_TRUE(site.Saw("begin /pieces"));
  std::this_thread::sleep_for(milliseconds(300));
  client.Send("body");
  site.ReadPiece();
  site.WaitForPiece(0);
  site.ReadPiece();
  EXPECT_EQ(StatusOf(client.ReadAnswer()), 200);
}

TEST(Limits, AClientThatTakesNothingIsCutOff) {
  http::Options options;
  options.limits.write_time = milliseconds(300);
  Site site(options);
  SocketClient client(site.address());
  client.Send("GET /many HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(site.Saw("closed /many"));
  Http2Client http2(site.address(), {.takes_bodies = false});
  const int32_t id = http2.Send("GET", "/many");
  EXPECT_EQ(http2.Await(id).code, static_cast<uint32_t>(NGHTTP2_CANCEL));
  EXPECT_TRUE(site.Saw("closed /many", 2));
  EXPECT_TRUE(site.Saw("http stalled_reader", 2));
  EXPECT_EQ(http2.Get("/empty").status, "204") << "other streams go on";
}

// Its answers would fill the memory.
TEST(Limits, AClientThatAsksAndReadsNothingIsNotListenedTo) {
  http::Options options;
  options.limits.write_time = milliseconds(300);
  Site site(options);
  SocketClient client(site.address());
  std::string requests;
  for (int i = 0; i < 100; ++i) requests += kPlain;
  int sent = 0;
  while (sent < 10'000 && client.Send(requests)) ++sent;
  EXPECT_LT(sent, 10'000);
  EXPECT_TRUE(site.Saw("http stalled_reader"));
}

TEST(Limits, APeersLongestIdleConnectionMakesRoomForItsNext) {
  http::Options options = WithStrangers();
  options.limits.connections_a_peer = 3;
  Site site(options);
  std::vector<std::unique_ptr<SocketClient>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<SocketClient>(site.address(), "127.0.0.2"));
    EXPECT_TRUE(Answers(*clients.back()));
  }
  EXPECT_TRUE(Answers(*clients[0]));  // the second has been idle for longest now
  SocketClient other(site.address(), "127.0.0.3");
  EXPECT_TRUE(Answers(other)) << "another peer has a count of its own";
  SocketClient next(site.address(), "127.0.0.2");
  EXPECT_TRUE(Answers(next));
  EXPECT_EQ(clients[1]->ReadAll(), "");
  EXPECT_TRUE(site.Saw("http closed_to_make_room"));
  EXPECT_TRUE(Answers(*clients[0]));
  EXPECT_TRUE(Answers(*clients[2]));
  EXPECT_EQ(site.server().connections(), 4U);
}

TEST(Limits, APeerWhoseConnectionsAllWorkGetsNoMore) {
  http::Options options = WithStrangers();
  options.limits.connections_a_peer = 3;
  Site site(options);
  std::vector<std::unique_ptr<SocketClient>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<SocketClient>(site.address(), "127.0.0.2"));
    clients.back()->Send("GET /hang HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  ASSERT_TRUE(site.Saw("begin /hang", 3));
  SocketClient refused(site.address(), "127.0.0.2");
  EXPECT_EQ(refused.ReadAll(), "");
  EXPECT_TRUE(site.Saw("http no_room"));
  SocketClient other(site.address(), "127.0.0.3");
  EXPECT_TRUE(Answers(other));
  EXPECT_EQ(site.Count("closed /hang"), 0);
  clients[0]->Reset();
  ASSERT_TRUE(site.Saw("closed /hang"));
  SocketClient again(site.address(), "127.0.0.2");
  EXPECT_TRUE(Answers(again));
}

// A proxy on this machine speaks for many.
TEST(Limits, ThisMachineHasNoLimitOfAPeer) {
  http::Options options;
  options.limits.connections_a_peer = 3;
  Site site(options);
  std::vector<std::unique_ptr<SocketClient>> clients;
  for (int i = 0; i < 10; ++i) {
    clients.push_back(std::make_unique<SocketClient>(site.address()));
    clients.back()->Send("GET /hang HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  EXPECT_TRUE(site.Saw("begin /hang", 10));
}

TEST(Limits, ThereIsRoomForThisMachineThoughOthersTakeAllTheyCan) {
  http::Options options = WithStrangers();
  options.limits.connections = 10;
  options.limits.connections_for_local = 2;
  Site site(options);
  std::vector<std::unique_ptr<SocketClient>> clients;
  for (int i = 0; i < 8; ++i) {
    clients.push_back(
        std::make_unique<SocketClient>(site.address(), "127.0.0." + std::to_string(i + 2)));
    clients.back()->Send("GET /hang HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  ASSERT_TRUE(site.Saw("begin /hang", 8));
  SocketClient refused(site.address(), "127.0.0.20");
  EXPECT_EQ(refused.ReadAll(), "");
  SocketClient first(site.address());
  EXPECT_TRUE(Answers(first));
  SocketClient second(site.address());
  EXPECT_TRUE(Answers(second));
  SocketClient third(site.address());
  EXPECT_TRUE(Answers(third)) << "the first makes room";
  EXPECT_EQ(first.ReadAll(), "");
}

TEST(Limits, WhoSaysNothingKeepsNobodyOut) {
  http::Options options = WithStrangers();
  options.limits.connections = 50;
  options.limits.connections_for_local = 5;
  options.limits.connections_a_peer = 20;
  Site site(options);
  constexpr int kSilent = 500;
  std::vector<std::unique_ptr<SocketClient>> silent;
  silent.reserve(kSilent);
  for (int i = 0; i < kSilent; ++i) {
    silent.push_back(
        std::make_unique<SocketClient>(site.address(), "127.0.0." + std::to_string(2 + i % 100)));
  }
  for (int i = 0; i < 5; ++i) {
    SocketClient client(site.address(), "127.0.0.200");
    EXPECT_TRUE(Answers(client));
    Http2Client http2(site.address(), {.from = "127.0.0.201"});
    EXPECT_EQ(http2.Get("/plain").body, "plain");
  }
  EXPECT_LE(site.server().connections(), 50U);
}

// With no descriptor left, connections wait for one, and the longest idle one gives it.
TEST(Limits, AProcessWithoutDescriptorsServesOn) {
  Site site;
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  std::vector<std::unique_ptr<SocketClient>> idle;
  for (int i = 0; i < 5; ++i) {
    idle.push_back(std::make_unique<SocketClient>(site.address()));
    EXPECT_TRUE(Answers(*idle.back()));
  }
  SocketClient client(site.address());
  EXPECT_TRUE(Answers(client));
  // The next socket of this process is the last that it may open.
  const int next = dup(0);
  close(next);
  rlimit few = before;
  few.rlim_cur = static_cast<rlim_t>(next) + 1;
  setrlimit(RLIMIT_NOFILE, &few);
  SocketClient last(site.address());
  EXPECT_TRUE(Answers(last));
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(idle[0]->ReadAll(), "") << "it made room";
}

// The resident memory of this process in bytes.
size_t ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  size_t all = 0;
  size_t resident = 0;
  file >> all >> resident;
  return resident * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}

// Both ends are in this process; the client's keep nothing but a socket after the handshake.
TEST(Limits, AConnectionOfTlsThatRestsHoldsLittleMemory) {
  const TemporaryFolder folder;
  const Certificate own("ward.example");
  const http::TlsFiles files{folder / "tls.crt", folder / "tls.key", ""};
  WriteFile(files.certificate, own.CertificatePem());
  WriteSecret(files.key, own.KeyPem());
  auto context = http::TlsContext::Load(files);
  ASSERT_TRUE(context.ok());
  http::Options options;
  options.tls = std::make_shared<http::TlsHolder>(*context);
  Site site(options);
  rlimit descriptors{};
  getrlimit(RLIMIT_NOFILE, &descriptors);
  descriptors.rlim_cur = descriptors.rlim_max;
  setrlimit(RLIMIT_NOFILE, &descriptors);
  constexpr size_t kConnections = 1'000;
  std::vector<std::unique_ptr<SocketClient>> resting;
  const auto connect = [&] {
    TlsClient client(site.address());
    EXPECT_EQ(BodyOf(client.Get("/plain")), "plain");
    resting.push_back(client.Leave());
  };
  for (int i = 0; i < 100; ++i) connect();
  const size_t before = ResidentBytes();
  for (size_t i = 0; i < kConnections; ++i) connect();
  const size_t each = (ResidentBytes() - before) / kConnections;
  RecordProperty("bytes_a_connection", static_cast<int>(each));
  EXPECT_EQ(site.server().connections(), kConnections + 100);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(each, 30U * 1'024);
#endif
}

}  // namespace
}  // namespace kirikae::testing

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "tests/http/http2_client.h"
#include "tests/http/site.h"
#include "tests/http/socket_client.h"

namespace kirikae::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

TEST(Http2, AnswersWithTheFactsOfTheRequest) {
  Site site;
  Http2Client client(site.address());
  const Http2Answer& answer =
      client.Await(client.Send("POST", "/echo?a=b", "hello", {{"x-a", "1"}, {"x-a", "2"}}));
  EXPECT_EQ(answer.status, "200");
  EXPECT_EQ(answer.code, 0U);
  EXPECT_THAT(answer.headers, AllOf(Contains(Pair("content-type", "text/plain")),
                                    Contains(Key("date")), Contains(Key("content-length"))));
  EXPECT_EQ(answer.body,
            "POST /echo a=b\nward.example\nipv4:127.0.0.1 local 20 \nx-a=1\nx-a=2\n\nhello");
}

TEST(Http2, AnswersManyRequestsAtATime) {
  Site site;
  Http2Client client(site.address());
  std::vector<int32_t> streams;
  for (int i = 0; i < 50; ++i) {
    streams.push_back(client.Send("POST", "/echo", "body " + std::to_string(i)));
    streams.push_back(client.Send("GET", "/stream?" + std::to_string(i)));
  }
  for (int i = 0; i < 50; ++i) {
    EXPECT_THAT(client.Await(streams[2 * i]).body, EndsWith("\n\nbody " + std::to_string(i)));
    EXPECT_EQ(client.Await(streams[2 * i + 1]).body, std::string(i * 1'000, 's'));
  }
  EXPECT_EQ(site.server().connections(), 1U);
  EXPECT_EQ(site.server().streams(), 0U);
}

TEST(Http2, ThePrefaceMayComeByteByByte) {
  Site site;
  SocketClient client(site.address());
  for (const char c : std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) client.Send({&c, 1});
  EXPECT_EQ(client.ReadBytes(4).substr(3, 1), "\x04") << "SETTINGS";
}

TEST(Http2, CarriesMegabytesBothWays) {
  Site site;
  Http2Client client(site.address());
  const std::string body(3'000'000, 'b');
  const int32_t first = client.Send("POST", "/echo", body);
  const int32_t second = client.Send("POST", "/drip", body);
  EXPECT_THAT(client.Await(first).body, EndsWith("\n\n" + body));
  EXPECT_EQ(client.Await(second).body, body);
}

TEST(Http2, AnAnswerWithoutABodyHasNone) {
  Site site;
  Http2Client client(site.address());
  const Http2Answer& plain = client.Await(client.Send("HEAD", "/plain"));
  EXPECT_EQ(plain.status, "200");
  EXPECT_EQ(plain.body, "");
  EXPECT_THAT(plain.headers, Contains(Pair("content-length", "5")));
  EXPECT_EQ(client.Await(client.Send("HEAD", "/stream?2")).body, "");
  const Http2Answer& empty = client.Get("/empty");
  EXPECT_EQ(empty.status, "204");
  EXPECT_THAT(empty.headers, Not(Contains(Key("content-length"))));
  EXPECT_TRUE(site.Saw("destroyed /stream"));
  EXPECT_EQ(site.Count("closed /stream"), 0);
}

TEST(Http2, CookiesThatComeApartArePutTogether) {
  Site site;
  Http2Client client(site.address());
  const Http2Answer& answer = client.Await(
      client.Send("GET", "/echo", "", {{"cookie", "a=1"}, {"x", "y"}, {"cookie", "b=2"}}));
  EXPECT_THAT(answer.body, HasSubstr("\ncookie=a=1; b=2\nx=y\n"));
}

TEST(Http2, AHandlerCannotWriteTheEnginesFieldsOrSplitItsAnswer) {
  Site site;
  Http2Client client(site.address());
  const Http2Answer& answer = client.Get("/fields");
  EXPECT_THAT(answer.headers,
              AllOf(Contains(Pair("x-split", "a  x-own: b")), Contains(Pair("set-cookie", "one")),
                    Contains(Pair("set-cookie", "two")), Not(Contains(Key("connection"))),
                    Not(Contains(Key("transfer-encoding")))));
}

struct Row {
  std::string what;
  Http2Client::Fields fields;
  std::string status;  // "" = the stream is reset
};

TEST(Http2, RefusesWhatIsNoRequest) {
  Site site;
  const auto request = [](const std::string& path, Http2Client::Fields more) {
    more.insert(more.begin(), {{":method", "GET"}, {":scheme", "http"}, {":path", path}});
    return more;
  };
  const std::pair<std::string, std::string> host = {":authority", "ward.example"};
  const std::vector<Row> rows = {
      {"a good one", request("/plain", {host}), "200"},
      {"Host instead of :authority", request("/plain", {{"host", "ward.example"}}), "200"},
      {"the same Host too", request("/plain", {host, {"host", "ward.example"}}), "200"},
      {"another Host too", request("/plain", {host, {"host", "other.example"}}), "400"},
      {"no host", request("/plain", {}), ""},
      {"a host with a user", request("/plain", {{":authority", "a@b"}}), "400"},
      {"a path without a slash", request("plain", {host}), ""},
      {"a whole URI as path", request("http://ward.example/plain", {host}), ""},
      {"a fragment", request("/plain#a", {host}), "400"},
      {"no method", {{":scheme", "http"}, {":path", "/plain"}, host}, ""},
      {"no path", {{":method", "GET"}, {":scheme", "http"}, host}, ""},
      {"a Connection field", request("/plain", {host, {"connection", "close"}}), ""},
      {"Transfer-Encoding", request("/plain", {host, {"transfer-encoding", "chunked"}}), ""},
      {"a line break in a value", request("/plain", {host, {"x", "a\r\nb: c"}}), ""},
      {"an unknown pseudo-field", request("/plain", {host, {":x", "1"}}), ""},
      {"a length without a body", request("/plain", {host, {"content-length", "5"}}), ""},
      {"CONNECT", {{":method", "CONNECT"}, host}, "501"},
      {"a head that is too large", request("/plain", {host, {"x", std::string(17'000, 'x')}}),
       "431"},
  };
  for (const Row& row : rows) {
    Http2Client client(site.address());
    const Http2Answer& answer = client.Await(client.SendFields(row.fields));
    EXPECT_TRUE(answer.closed) << row.what;
    EXPECT_EQ(answer.status, row.status) << row.what;
    EXPECT_EQ(client.Get("/plain").body, "plain") << "the connection goes on: " << row.what;
  }
}

TEST(Http2, ABodyBeyondItsLimitIsRefused) {
  http::Options options;
  options.body_limit = [](const http::Request& request) {
    return request.path == "/echo" ? size_t{10} : size_t{1'000};
  };
  Site site(options);
  Http2Client client(site.address());
  EXPECT_EQ(client.Await(client.Send("POST", "/echo", "12345678901")).status, "413");
  EXPECT_TRUE(site.Saw("closed /echo"));
  EXPECT_EQ(
      client.Await(client.Send("POST", "/echo", "12345678901", {{"content-length", "11"}})).status,
      "413");
  EXPECT_EQ(site.Count("begin /echo"), 1) << "a length that is told is judged at once";
  EXPECT_THAT(client.Await(client.Send("POST", "/echo", "1234567890")).body,
              EndsWith("\n\n1234567890"));
}

TEST(Http2, SaysContinueWhenTheBodyIsWanted) {
  Site site;
  Http2Client client(site.address());
  const int32_t id = client.Send("POST", "/echo", "", {{"expect", "100-continue"}}, false);
  EXPECT_TRUE(client.ReadUntil([&] { return client.answer(id).status == "100"; }));
}

// What the handler does not want, the client need not send.
TEST(Http2, AnAnswerBeforeTheBodysEndStopsTheBody) {
  Site site;
  Http2Client client(site.address());
  const int32_t id = client.Send("POST", "/plain", std::string(1'000'000, 'b'));
  const Http2Answer& answer = client.Await(id);
  EXPECT_EQ(answer.body, "plain");
  EXPECT_EQ(answer.code, static_cast<uint32_t>(NGHTTP2_NO_ERROR));
  EXPECT_THAT(client.Await(client.Send("POST", "/echo", std::string(1'000'000, 'c'))).body,
              EndsWith("\n\n" + std::string(1'000'000, 'c')))
      << "the window of the connection is whole again";
}

TEST(Http2, AnAbortedAnswerIsSeenNotToBeWhole) {
  Site site;
  Http2Client client(site.address());
  EXPECT_EQ(client.Get("/part").code, static_cast<uint32_t>(NGHTTP2_INTERNAL_ERROR));
  EXPECT_EQ(client.Get("/length?short").code, static_cast<uint32_t>(NGHTTP2_INTERNAL_ERROR));
  EXPECT_EQ(client.Get("/length?0123456789more").code,
            static_cast<uint32_t>(NGHTTP2_INTERNAL_ERROR));
  EXPECT_EQ(client.Get("/length?0123456789").body, "0123456789");
}

TEST(Http2, AHandlerIsToldWhenTheClientLeaves) {
  Site site;
  {
    Http2Client client(site.address());
    const int32_t id = client.Send("GET", "/hang");
    ASSERT_TRUE(site.Saw("begin /hang"));
    client.Reset(id);
    EXPECT_TRUE(site.Saw("closed /hang"));
    EXPECT_TRUE(site.Saw("destroyed /hang"));
    EXPECT_EQ(client.Get("/plain").body, "plain");
    client.Send("GET", "/hang");
    client.Send("POST", "/pieces", "part", {}, false);
    ASSERT_TRUE(site.Saw("begin /pieces"));
    EXPECT_EQ(site.server().streams(), 2U);
  }
  EXPECT_TRUE(site.Saw("closed /hang", 2));
  EXPECT_TRUE(site.Saw("closed /pieces"));
  EXPECT_EQ(site.server().streams(), 0U);
}

// One window of a stream is what the server holds of it, whatever the client would send.
TEST(Http2, ABodyWaitsUntilItsHandlerWantsIt) {
  Site site;
  Http2Client client(site.address());
  const int32_t waiting = client.Send("POST", "/pieces", std::string(1'000'000, 'b'));
  EXPECT_EQ(client.Get("/plain").body, "plain");
  EXPECT_EQ(client.Window(waiting), 0);
  EXPECT_GT(client.Window(0), 0) << "others may still send";
  EXPECT_EQ(site.PiecesBytes(), 0U);
  std::thread reader([&] {
    size_t before = 0;
    while (site.Count("end /pieces") == 0) {
      site.ReadPiece();
      site.WaitForPiece(before);
      before = site.PiecesBytes();
    }
  });
  EXPECT_EQ(client.Await(waiting).body, "read");
  reader.join();
  EXPECT_EQ(site.PiecesBytes(), 1'000'000U);
}

TEST(Http2, AnAnswerWaitsUntilTheClientTakesIt) {
  Site site;
  Http2Client client(site.address(), {.takes_bodies = false});
  const int32_t id = client.Send("GET", "/many");
  EXPECT_TRUE(client.ReadUntil([&] { return client.answer(id).body.size() == 65'535; }));
  EXPECT_EQ(client.Get("/empty").status, "204");
  EXPECT_LE(site.TakenBytes(), 65'536U);
}

TEST(Http2, ServesAsManyStreamsAtATimeAsItSays) {
  Site site;
  Http2Client client(site.address());
  client.Get("/plain");
  EXPECT_EQ(client.Setting(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), 100U);
  EXPECT_EQ(client.Setting(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE), 16'384U);
  for (int i = 0; i < 100; ++i) client.Send("GET", "/hang");
  EXPECT_TRUE(site.Saw("begin /hang", 100));
  EXPECT_EQ(site.server().streams(), 100U);
}

TEST(Http2, AStopLetsRunningRequestsEndAndClosesTheRest) {
  http::Options options;
  options.threads = 1;
  Site site(options);
  Http2Client idle(site.address());
  idle.Get("/plain");
  Http2Client running(site.address());
  const int32_t pieces = running.Send("POST", "/pieces", "body");
  ASSERT_TRUE(site.Saw("begin /pieces"));
  Http2Client hanging(site.address());
  hanging.Send("GET", "/hang");
  ASSERT_TRUE(site.Saw("begin /hang"));
  std::thread stopping([&] { site.server().Stop(std::chrono::milliseconds(500)); });
  EXPECT_TRUE(idle.ReadUntil([&] { return idle.gone(); }));
  EXPECT_EQ(idle.gone_code(), 0U);
  EXPECT_TRUE(running.ReadUntil([&] { return running.gone(); }));
  site.ReadPiece();
  site.WaitForPiece(0);
  site.ReadPiece();
  EXPECT_EQ(running.Await(pieces).body, "read");
  EXPECT_FALSE(running.ReadUntil([] { return false; })) << "it is closed";
  stopping.join();
  EXPECT_EQ(site.Count("closed /hang"), 1);
  EXPECT_EQ(site.Count("closed /pieces"), 0);
}

}  // namespace
}  // namespace kirikae::testing

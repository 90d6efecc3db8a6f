// Calls with streams, over HTTP/1.1.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "kirikae/v1/rollout_service.pb.h"
#include "service/connect/base64.h"
#include "service/connect/compression.h"
#include "tests/connect/gateway_fixture.h"

namespace kirikae::testing {
namespace {

using connect::Envelope;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;
using namespace std::string_literals;

std::string InEnvelope(const json& message) { return connect::Write({0, message.dump()}); }

std::string InEnvelope(const echo::EchoRequest& message) {
  return connect::Write({0, message.SerializeAsString()});
}

using Streams = GatewayTest;

TEST_F(Streams, AnswerEachMessageInAnEnvelopeAndEndWithOne) {
  const HttpAnswer answer = Post(kRepeat, {kStreamJson}, InEnvelope(json({{"answers", 3}})));
  EXPECT_EQ(answer.Header("content-type"), "application/connect+json");
  EXPECT_EQ(EndOf(answer, 3), json::object());
  const std::vector<Envelope> envelopes = EnvelopesOf(answer.body);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(json::parse(envelopes[i].bytes)["text"], std::to_string(i + 1));
  }
}

TEST_F(Streams, SpeakBinary) {
  echo::EchoRequest request;
  request.set_answers(2);
  const HttpAnswer answer = Post(kRepeat, {kStreamProto}, InEnvelope(request));
  EXPECT_EQ(answer.Header("content-type"), "application/connect+proto");
  EXPECT_EQ(EndOf(answer, 2), json::object());
  echo::EchoResponse response;
  ASSERT_TRUE(response.ParseFromString(EnvelopesOf(answer.body)[1].bytes));
  EXPECT_EQ(response.text(), "2");
}

TEST_F(Streams, AnEmptyMessageIsAMessage) {
  EXPECT_EQ(EndOf(Post(kRepeat, {kStreamProto}, connect::Write({0, ""})), 0), json::object());
  EXPECT_EQ(EndOf(Post(kJoin, {kStreamProto}, connect::Write({0, ""})), 1), json::object());
  EXPECT_EQ(site_.counts().received, 1);
}

TEST_F(Streams, ErrorsStandInTheEndAndTheStatusIs200) {
  const json request = {{"answers", 2}, {"code", 9}, {"text", "端末"}};
  const json end = EndOf(Post(kRepeat, {kStreamJson}, InEnvelope(request)), 2);
  EXPECT_EQ(end["error"]["code"], "failed_precondition");
  EXPECT_EQ(end["error"]["message"], "as asked: 端末");
  // Also where nothing came before it.
  const json at_once = EndOf(Post(kRepeat, {kStreamJson}, InEnvelope(json({{"code", 5}}))), 0);
  EXPECT_EQ(at_once["error"]["code"], "not_found");
}

TEST_F(Streams, MetadataKeepsEveryValue) {
  for (const int code : {0, 9}) {
    const json request = {{"code", code},
                          {"answers", 1},
                          {"headers", {{"x-first", "1"}, {"bytes-bin", "\x01"}}},
                          {"trailers", {{"x-last", "a"}, {"end-bin", "\x02"}}}};
    const HttpAnswer answer = Post(kRepeat, {kStreamJson}, InEnvelope(request));
    EXPECT_THAT(answer.Values("x-first"), UnorderedElementsAre("1", "12"));
    EXPECT_THAT(answer.Values("bytes-bin"), UnorderedElementsAre("AQ", "ATI"));
    const json metadata = EndOf(answer, 1)["metadata"];
    EXPECT_EQ(metadata.size(), 2);
    EXPECT_THAT(metadata["x-last"].get<std::vector<std::string>>(),
                UnorderedElementsAre("a", "a2"));
    EXPECT_THAT(metadata["end-bin"].get<std::vector<std::string>>(),
                UnorderedElementsAre("Ag", "AjI"));
  }
}

TEST_F(Streams, ARequestOfOneMessageIsRefusedUnlessThatIsWhatCame) {
  struct Case {
    std::string body;
    std::string code;
    std::string reason;
  };
  const std::string one = InEnvelope(json::object());
  const std::vector<Case> cases = {
      {"", "invalid_argument", "BAD_STREAM"},
      {one + one, "invalid_argument", "BAD_STREAM"},
      {one + "\0"s, "invalid_argument", "BAD_STREAM"},
      {one.substr(0, 3), "invalid_argument", "BAD_STREAM"},
      {one.substr(0, 6), "invalid_argument", "BAD_STREAM"},
      {"\2" + one.substr(1), "invalid_argument", "BAD_STREAM"},
      {"\x80" + one.substr(1), "invalid_argument", "BAD_STREAM"},
      {one + connect::Write({2, "{}"}), "invalid_argument", "BAD_STREAM"},
      {connect::Write({1, connect::Gzip("{}")}), "invalid_argument", "BAD_STREAM"},
      {connect::Write({0, "{"}), "invalid_argument", "NOT_JSON"},
      {connect::Write({0, ""}), "invalid_argument", "NOT_JSON"},
      {"\0\0\x40\0\1"s, "resource_exhausted", "MESSAGE_TOO_LARGE"},
      {"\0\xff\xff\xff\xff"s, "resource_exhausted", "MESSAGE_TOO_LARGE"},
  };
  for (const Case& row : cases) {
    const json end = EndOf(Post(kRepeat, {kStreamJson}, row.body), 0);
    EXPECT_EQ(end["error"]["code"], row.code) << row.body;
    EXPECT_EQ(ReasonOf(end["error"]), row.reason) << row.body;
  }
  EXPECT_EQ(site_.counts().calls, 0);
}

TEST_F(Streams, OfRequestsEndWithOneAnswer) {
  const std::string body = InEnvelope(json({{"text", "a"}})) + InEnvelope(json({{"text", "b"}})) +
                           InEnvelope(json({{"text", "c"}}));
  const HttpAnswer answer = Post(kJoin, {kStreamJson}, body);
  EXPECT_EQ(EndOf(answer, 1), json::object());
  EXPECT_EQ(json::parse(EnvelopesOf(answer.body)[0].bytes)["text"], "a;b;c;");
  // A stream may be empty.
  const HttpAnswer empty = Post(kJoin, {kStreamJson}, "");
  EXPECT_EQ(EndOf(empty, 1), json::object());
}

TEST_F(Streams, OfRequestsAreRefusedWhereTheyBreak) {
  struct Case {
    std::string rest;
    std::string code;
    std::string reason;
  };
  const std::string one = InEnvelope(json({{"text", "a"}}));
  const std::vector<Case> cases = {
      {one.substr(0, 3), "invalid_argument", "BAD_STREAM"},
      {one.substr(0, 8), "invalid_argument", "BAD_STREAM"},
      {connect::Write({2, "{}"}), "invalid_argument", "BAD_STREAM"},
      {connect::Write({2, "{}"}) + one, "invalid_argument", "BAD_STREAM"},
      {connect::Write({4, "{}"}), "invalid_argument", "BAD_STREAM"},
      {connect::Write({1, "{}"}), "invalid_argument", "BAD_STREAM"},
      {connect::Write({0, "{'"}), "invalid_argument", "NOT_JSON"},
      {"\0\x7f\0\0\0"s, "resource_exhausted", "MESSAGE_TOO_LARGE"},
  };
  for (const Case& row : cases) {
    const json end = EndOf(Post(kJoin, {kStreamJson}, one + row.rest), 0);
    EXPECT_EQ(end["error"]["code"], row.code) << row.rest;
    EXPECT_EQ(ReasonOf(end["error"]), row.reason) << row.rest;
  }
  // Each call was told that the rest does not come.
  EXPECT_TRUE(Eventually([&] {
    return site_.counts().ended == site_.counts().calls && site_.counts().cancelled > 0;
  }));
}

TEST_F(Streams, ACallThatEndsEarlyIsAnsweredBeforeTheBodyEnds) {
  HttpClient client(site_.address());
  client.SendHead(kJoin, {kStreamJson});
  client.SendChunk(InEnvelope(json({{"text", "a"}, {"code", 8}})));
  const HttpAnswer answer = client.ReadAnswer();
  EXPECT_EQ(EndOf(answer, 0)["error"]["code"], "resource_exhausted");
  EXPECT_TRUE(Eventually([this] { return site_.counts().ended == 1; }));
}

TEST_F(Streams, ANotAllowedCallerIsToldBeforeTheBodyEnds) {
  HttpClient client(site_.address());
  client.SendHead("/kirikae.v1.RolloutService/WatchRollout", {kStreamJson});
  client.SendChunk(InEnvelope(json({{"name", "rollouts/face2025"}})));
  client.SendEnd();
  const json end = EndOf(client.ReadAnswer(), 0);
  EXPECT_EQ(end["error"]["code"], "unauthenticated");
  EXPECT_EQ(ReasonOf(end["error"]), "UNAUTHENTICATED");
}

TEST_F(Streams, MessagesAreWrittenToTheCallAsTheyComeInWhateverPieces) {
  HttpClient client(site_.address());
  client.SendHead(kJoin, {kStreamJson});
  const std::string one = InEnvelope(json({{"text", "a"}}));
  client.SendChunk(one + one.substr(0, 2));
  ASSERT_TRUE(Eventually([this] { return site_.counts().received == 1; }));
  client.SendChunk(one.substr(2, 4));
  client.SendChunk(one.substr(6) + one);
  ASSERT_TRUE(Eventually([this] { return site_.counts().received == 3; }));
  client.SendEnd();
  const HttpAnswer answer = client.ReadAnswer();
  EXPECT_EQ(EndOf(answer, 1), json::object());
  EXPECT_EQ(json::parse(EnvelopesOf(answer.body)[0].bytes)["text"], "a;a;a;");
}

TEST_F(Streams, AMessageOfTheLimitIsTakenInAStreamOfAnyLength) {
  const std::string large = InEnvelope(json({{"unknown", std::string((4 << 20) - 14, 'x')}}));
  HttpClient client(site_.address());
  client.SendHead(kJoin, {kStreamJson});
  for (int i = 0; i < 5; ++i) client.SendChunk(large);
  client.SendEnd();
  EXPECT_EQ(EndOf(client.ReadAnswer(), 1), json::object());
  EXPECT_EQ(site_.counts().received, 5);
}

TEST_F(Streams, InBothDirectionsNeedHttp2) {
  const HttpAnswer answer = Post(kTalk, {kStreamJson}, "");
  EXPECT_EQ(answer.status, 505);
  EXPECT_EQ(answer.body, "");
}

TEST_F(Streams, HaveContentTypesOfTheirOwn) {
  for (const auto& type : {kJson, kProto}) {
    const HttpAnswer answer = Post(kRepeat, {type}, "{}");
    EXPECT_EQ(answer.status, 415);
    EXPECT_EQ(answer.Header("accept-post"), "application/connect+json, application/connect+proto");
  }
}

TEST_F(Streams, TakeAndGiveGzipMessageByMessage) {
  const std::string request = connect::Write({1, connect::Gzip(R"({"answers":2,"padding":5000})")});
  const HttpAnswer answer =
      Post(kRepeat,
           {kStreamJson, {"connect-content-encoding", "gzip"}, {"connect-accept-encoding", "gzip"}},
           request);
  EXPECT_EQ(answer.Header("connect-content-encoding"), "gzip");
  EXPECT_EQ(answer.Header("content-encoding"), "");
  EXPECT_EQ(EndOf(answer, 2), json::object());
  const std::vector<Envelope> envelopes = EnvelopesOf(answer.body);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(envelopes[i].flags, connect::kCompressedFlag);
    EXPECT_EQ(json::parse(*connect::Gunzip(envelopes[i].bytes, 10'000))["padding"],
              std::string(5000, 'x'));
  }
  // A message that is not marked is not compressed, in either direction.
  const HttpAnswer small =
      Post(kRepeat,
           {kStreamJson, {"connect-content-encoding", "gzip"}, {"connect-accept-encoding", "gzip"}},
           InEnvelope(json({{"answers", 1}})));
  EXPECT_EQ(EndOf(small, 1), json::object());
  EXPECT_EQ(EnvelopesOf(small.body)[0].flags, 0);
}

TEST_F(Streams, RefuseOtherCompressionsAndBombs) {
  const std::string one = InEnvelope(json::object());
  const HttpAnswer answer = Post(kRepeat, {kStreamJson, {"connect-content-encoding", "br"}}, one);
  EXPECT_EQ(EndOf(answer, 0)["error"]["code"], "unimplemented");
  EXPECT_EQ(answer.Header("connect-accept-encoding"), "gzip, identity");
  const std::string bomb = connect::Gzip(std::string(size_t{64} << 20U, ' '));
  const http::Headers gzip = {kStreamJson, {"connect-content-encoding", "gzip"}};
  for (const char* path : {kRepeat, kJoin}) {
    EXPECT_EQ(ReasonOf(EndOf(Post(path, gzip, connect::Write({1, bomb})), 0)["error"]),
              "MESSAGE_TOO_LARGE");
    EXPECT_EQ(ReasonOf(EndOf(Post(path, gzip, connect::Write({1, "{}"})), 0)["error"]),
              "BAD_COMPRESSION");
  }
}

TEST_F(Streams, TheirHeadsAreCheckedToo) {
  const std::string one = InEnvelope(json::object());
  EXPECT_EQ(ReasonOf(EndOf(Post(kRepeat, {kStreamJson, {"connect-protocol-version", "2"}}, one),
                           0)["error"]),
            "UNSUPPORTED_PROTOCOL_VERSION");
  EXPECT_EQ(
      ReasonOf(EndOf(Post(kRepeat, {kStreamJson, {"connect-timeout-ms", "x"}}, one), 0)["error"]),
      "BAD_TIMEOUT");
  EXPECT_EQ(
      ReasonOf(EndOf(Post(kRepeat, {kStreamJson, {"cookie", kSessionCookie}}, one), 0)["error"]),
      "CROSS_SITE_REQUEST");
}

TEST_F(Streams, TheTimeoutEndsThem) {
  const json end = EndOf(Post(kRepeat, {kStreamJson, {"connect-timeout-ms", "100"}},
                              InEnvelope(json({{"wait", true}}))),
                         0);
  EXPECT_EQ(end["error"]["code"], "deadline_exceeded");
  // Also one whose body does not end.
  HttpClient client(site_.address());
  client.SendHead(kJoin, {kStreamJson, {"connect-timeout-ms", "100"}});
  client.SendChunk(InEnvelope(json::object()));
  EXPECT_EQ(EndOf(client.ReadAnswer(), 0)["error"]["code"], "deadline_exceeded");
}

TEST_F(Streams, EachMessageIsSentWhenItIsThere) {
  HttpClient client(site_.address());
  const std::string body = InEnvelope(json({{"answers", 1}, {"wait", true}}));
  client.SendHead(kRepeat, {kStreamJson, {"content-length", std::to_string(body.size())}});
  client.SendRaw(body);
  EXPECT_EQ(client.ReadHead().status, 200);
  const std::vector<Envelope> envelopes = EnvelopesOf(client.ReadBody(20));
  ASSERT_FALSE(envelopes.empty());
  EXPECT_EQ(envelopes[0].flags, 0);
  EXPECT_EQ(site_.counts().ended, 0);
  client.Close();
  EXPECT_TRUE(Eventually([this] { return site_.counts().ended == 1; }));
  EXPECT_EQ(site_.counts().cancelled, 1);
}

TEST_F(Streams, AClosedConnectionCancelsAnUpload) {
  {
    HttpClient client(site_.address());
    client.SendHead(kJoin, {kStreamJson});
    client.SendChunk(InEnvelope(json::object()));
    ASSERT_TRUE(Eventually([this] { return site_.counts().received == 1; }));
  }
  EXPECT_TRUE(Eventually([this] { return site_.counts().ended == 1; }));
  EXPECT_EQ(site_.counts().cancelled, 1);
}

TEST_F(Streams, ASlowReaderHoldsUpTheCallAndNotTheMemory) {
  HttpClient client(site_.address());
  constexpr int kAnswers = 10'000;
  constexpr int kPadding = 64 << 10;
  const std::string body = InEnvelope(json({{"answers", kAnswers}, {"padding", kPadding}}));
  client.SendHead(kRepeat, {kStreamJson, {"content-length", std::to_string(body.size())}});
  client.SendRaw(body);
  ASSERT_EQ(client.ReadHead().status, 200);
  // Until the call stands still: nothing was sent for a while.
  int sent = 0;
  ASSERT_TRUE(Eventually([&] {
    const int before = std::exchange(sent, site_.counts().sent);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    return sent > 0 && before == sent && sent == site_.counts().sent;
  }));
  // What sockets hold is some MiB of the 640.
  EXPECT_LT(sent, kAnswers / 10);
  // It goes on once the client reads.
  client.ReadBody(size_t{2} * static_cast<size_t>(sent) * kPadding);
  EXPECT_GT(site_.counts().sent, sent);
}

TEST_F(Streams, StopWithTheServer) {
  HttpClient client(site_.address());
  const std::string body = InEnvelope(json({{"answers", 1}, {"wait", true}}));
  client.SendHead(kRepeat, {kStreamJson, {"content-length", std::to_string(body.size())}});
  client.SendRaw(body);
  EXPECT_EQ(client.ReadHead().status, 200);
  site_.server().Stop(std::chrono::milliseconds(0));
  EXPECT_TRUE(Eventually([this] { return site_.open_calls() == 0; }));
  // The handler learns it on a thread of its own.
  EXPECT_TRUE(Eventually([this] { return site_.counts().cancelled == 1; }));
}

}  // namespace
}  // namespace kirikae::testing

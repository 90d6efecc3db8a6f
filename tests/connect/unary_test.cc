// Calls of one request and one answer, over HTTP/1.1.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "kirikae/v1/access_service.grpc.pb.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "service/connect/base64.h"
#include "service/connect/compression.h"
#include "tests/connect/gateway_fixture.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;
using namespace std::string_literals;

class Unary : public GatewayTest {
 protected:
  // Sends JSON and gives the answer to it.
  nlohmann::json Echo(const nlohmann::json& request, http::Headers headers = {}) {
    headers.push_back(kJson);
    const HttpAnswer answer = Post(kEcho, headers, request.dump());
    EXPECT_EQ(answer.status, 200) << answer.body;
    return nlohmann::json::parse(answer.body, nullptr, false);
  }
  // Expects a refusal as JSON.
  void ExpectError(const HttpAnswer& answer, int status, const std::string& code,
                   const std::string& reason) {
    EXPECT_EQ(answer.status, status) << answer.body;
    EXPECT_EQ(answer.Header("content-type"), "application/json");
    const nlohmann::json error = nlohmann::json::parse(answer.body, nullptr, false);
    ASSERT_TRUE(error.is_object()) << answer.body;
    EXPECT_EQ(error["code"], code);
    EXPECT_EQ(ReasonOf(error), reason);
  }
};

TEST_F(Unary, SpeaksJson) {
  const HttpAnswer answer =
      Post(kEcho, {kJson}, R"({"text": "端末", "updateMask": "a,firstName"})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Header("content-type"), "application/json");
  const nlohmann::json json = nlohmann::json::parse(answer.body);
  EXPECT_EQ(json["request"],
            nlohmann::json::parse(R"({"text":"端末","updateMask":"a,firstName"})"));
}

TEST_F(Unary, SpeaksBinary) {
  echo::EchoRequest request;
  request.set_text("端末");
  const HttpAnswer answer = Post(kEcho, {kProto}, request.SerializeAsString());
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Header("content-type"), "application/proto");
  echo::EchoResponse response;
  ASSERT_TRUE(response.ParseFromString(answer.body));
  EXPECT_EQ(response.request().text(), "端末");
}

TEST_F(Unary, AnEmptyMessageIsAMessage) {
  EXPECT_EQ(Post(kEcho, {kProto}, "").status, 200);
  EXPECT_EQ(Post(kEcho, {kJson}, "{}").status, 200);
  // No JSON is no message.
  ExpectError(Post(kEcho, {kJson}, ""), 400, "invalid_argument", "NOT_JSON");
}

TEST_F(Unary, TakesACharsetAndNoOtherContentType) {
  EXPECT_EQ(Post(kEcho, {{"content-type", "application/json; charset=UTF-8"}}, "{}").status, 200);
  for (const std::string type : {"text/plain", "application/json; charset=shift_jis",
                                 "application/connect+json", "application/grpc+proto", ""}) {
    const HttpAnswer answer = Post(kEcho, {{"content-type", type}}, "{}");
    EXPECT_EQ(answer.status, 415) << type;
    EXPECT_EQ(answer.Header("accept-post"), "application/json, application/proto");
    EXPECT_EQ(answer.body, "");
  }
  EXPECT_EQ(Post(kEcho, {}, "{}").status, 415);
  EXPECT_EQ(site_.counts().calls, 1);
}

TEST_F(Unary, KnowsThePathsOfItsServicesAlone) {
  for (const std::string path :
       {"/", "/kirikae.echo.EchoService/Nope", "/kirikae.echo.EchoService/echo",
        "/kirikae.echo.EchoService/Echo/", "/kirikae.echo.EchoService", "//",
        "/kirikae.v1.CalendarService/ListDays", "/grpc.health.v1.Health/Check",
        "/kirikae.echo.EchoService.Echo"}) {
    const HttpAnswer answer = Post(path, {kJson}, "{}");
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.body, "");
  }
}

TEST_F(Unary, TakesPostAlone) {
  for (const std::string verb : {"GET", "PUT", "OPTIONS", "DELETE"}) {
    const HttpAnswer answer = testing::Post(site_.address(), kEcho, {kJson}, "{}", verb);
    EXPECT_EQ(answer.status, 405) << verb;
    EXPECT_EQ(answer.Header("allow"), "POST");
  }
  const HttpAnswer get =
      testing::Post(site_.address(),
                    std::string(kEcho) + "?connect=v1&encoding=json&message=%7B%7D", {}, "", "GET");
  EXPECT_EQ(get.status, 405);
  EXPECT_EQ(site_.counts().calls, 0);
}

TEST_F(Unary, EveryErrorHasItsStatusItsCodeAndItsDetails) {
  struct Case {
    int code;
    int http;
    std::string name;
  };
  const std::vector<Case> cases = {
      {1, 499, "canceled"},
      {2, 500, "unknown"},
      {3, 400, "invalid_argument"},
      {4, 504, "deadline_exceeded"},
      {5, 404, "not_found"},
      {6, 409, "already_exists"},
      {7, 403, "permission_denied"},
      {8, 429, "resource_exhausted"},
      {9, 400, "failed_precondition"},
      {10, 409, "aborted"},
      {11, 400, "out_of_range"},
      {12, 501, "unimplemented"},
      {13, 500, "internal"},
      {14, 503, "unavailable"},
      {15, 500, "data_loss"},
      {16, 401, "unauthenticated"},
  };
  google::rpc::Status status;
  google::rpc::BadRequest bad;
  bad.add_field_violations()->set_field("items[3]");
  status.add_details()->PackFrom(bad);
  for (const Case& row : cases) {
    echo::EchoRequest request;
    request.set_text("端末");
    request.set_code(row.code);
    request.set_details(status.SerializeAsString());
    // The error of a binary call is JSON too.
    const HttpAnswer answer = Post(kEcho, {kProto}, request.SerializeAsString());
    EXPECT_EQ(answer.status, row.http) << row.name;
    EXPECT_EQ(answer.Header("content-type"), "application/json");
    const nlohmann::json error = nlohmann::json::parse(answer.body);
    EXPECT_EQ(error["code"], row.name);
    EXPECT_EQ(error["message"], "as asked: 端末");
    ASSERT_EQ(error["details"].size(), 1);
    EXPECT_EQ(error["details"][0]["type"], "google.rpc.BadRequest");
    EXPECT_EQ(error["details"][0]["value"], connect::ToBase64(bad.SerializeAsString()));
    for (const auto& [name, value] : answer.headers) {
      EXPECT_THAT(name, ::testing::Not(HasSubstr("grpc"))) << value;
    }
  }
}

TEST_F(Unary, MetadataOfTheAnswerKeepsEveryValue) {
  for (const int code : {0, 9}) {
    const nlohmann::json request = {{"code", code},
                                    {"headers", {{"x-first", "1"}, {"bytes-bin", "\x01"}}},
                                    {"trailers", {{"x-last", "a, b"}, {"end-bin", "\x02"}}}};
    const HttpAnswer answer = Post(kEcho, {kJson}, request.dump());
    EXPECT_EQ(answer.status, code == 0 ? 200 : 400);
    EXPECT_THAT(answer.Values("x-first"), UnorderedElementsAre("1", "12"));
    EXPECT_THAT(answer.Values("bytes-bin"), UnorderedElementsAre("AQ", "ATI"));
    EXPECT_THAT(answer.Values("trailer-x-last"), UnorderedElementsAre("a, b", "a, b2"));
    EXPECT_THAT(answer.Values("trailer-end-bin"), UnorderedElementsAre("Ag", "AjI"));
  }
}

TEST_F(Unary, MetadataOfTheRequestArrivesWithEveryValue) {
  const nlohmann::json answer = Echo({{"text", "a"}}, {{"x-request-id", "1"},
                                                       {"x-request-id", "2, 3"},
                                                       {"trace-bin", "AP8="},
                                                       {"trace-bin", "AP8"},
                                                       {"authorization", "Bearer x"},
                                                       {"cookie", "a=b"},
                                                       {"te", "trailers"},
                                                       {"grpc-timeout", "1S"},
                                                       {"connection", "x-hop"},
                                                       {"x-hop", "1"},
                                                       {"kirikae-secret-bin", "AA"},
                                                       {"kirikae-peer-bin", "AA"}});
  std::vector<std::pair<std::string, std::string>> own;
  for (const nlohmann::json& field : answer["metadata"]) {
    std::string bytes = *connect::FromBase64(field.value("value", ""));
    if (field["name"] == "kirikae-peer-bin") bytes = bytes.substr(0, bytes.rfind(':'));
    own.emplace_back(field["name"], bytes);
  }
  EXPECT_THAT(own, UnorderedElementsAre(Pair("x-request-id", "1"), Pair("x-request-id", "2, 3"),
                                        Pair("trace-bin", "\0\xff"s), Pair("trace-bin", "\0\xff"s),
                                        Pair("authorization", "Bearer x"),
                                        Pair("kirikae-peer-bin", "ipv4:127.0.0.1"),
                                        Pair("kirikae-subject-bin", ""),
                                        Pair("kirikae-secret-bin", ::testing::_)));
  ExpectError(Post(kEcho, {kJson, {"trace-bin", "*"}}, "{}"), 400, "invalid_argument",
              "BAD_HEADER");
}

TEST_F(Unary, TakesAndGivesGzip) {
  const std::string request = R"({"padding": 2000})";
  HttpAnswer answer = Post(kEcho, {kJson, {"content-encoding", "gzip"}}, connect::Gzip(request));
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.Header("content-encoding"), "");
  const std::string plain = answer.body;
  EXPECT_GT(plain.size(), 2000);

  answer = Post(kEcho, {kJson, {"accept-encoding", "br, gzip"}}, request);
  EXPECT_EQ(answer.Header("content-encoding"), "gzip");
  EXPECT_LT(answer.body.size(), 1000);
  EXPECT_EQ(nlohmann::json::parse(*connect::Gunzip(answer.body, 10'000))["padding"],
            nlohmann::json::parse(plain)["padding"]);

  // A small one is not worth it.
  answer = Post(kEcho, {kJson, {"accept-encoding", "gzip"}}, R"({"padding": 10})");
  EXPECT_EQ(answer.Header("content-encoding"), "");
  EXPECT_EQ(nlohmann::json::parse(answer.body)["padding"], "xxxxxxxxxx");

  answer = Post(kEcho, {kJson, {"content-encoding", "identity"}}, "{}");
  EXPECT_EQ(answer.status, 200);
}

TEST_F(Unary, NamesTheCompressionsThatItTakes) {
  for (const std::string name : {"br", "zstd", "deflate"}) {
    const HttpAnswer answer = Post(kEcho, {kJson, {"content-encoding", name}}, "{}");
    ExpectError(answer, 501, "unimplemented", "UNSUPPORTED_COMPRESSION");
    EXPECT_EQ(answer.Header("accept-encoding"), "gzip, identity");
    EXPECT_THAT(answer.body, HasSubstr("gzip and identity are"));
  }
}

TEST_F(Unary, RefusesWhatItCannotDecompress) {
  const http::Headers gzip = {kJson, {"content-encoding", "gzip"}};
  ExpectError(Post(kEcho, gzip, "{}"), 400, "invalid_argument", "BAD_COMPRESSION");
  const std::string bomb = connect::Gzip(std::string(size_t{64} << 20U, ' '));
  ExpectError(Post(kEcho, gzip, bomb), 429, "resource_exhausted", "MESSAGE_TOO_LARGE");
  EXPECT_EQ(site_.counts().calls, 0);
}

TEST_F(Unary, TheTimeoutIsTheCallsDeadline) {
  const nlohmann::json answer = Echo(nlohmann::json::object(), {{"connect-timeout-ms", "60000"}});
  const int left = std::stoi(answer["timeoutMs"].get<std::string>());
  EXPECT_GT(left, 40'000);
  EXPECT_LE(left, 60'000);
  EXPECT_EQ(Echo(nlohmann::json::object())["timeoutMs"], "-1");
  ExpectError(Post(kEcho, {kJson, {"connect-timeout-ms", "50"}}, R"({"wait": true})"), 504,
              "deadline_exceeded", "");
  ExpectError(Post(kEcho, {kJson, {"connect-timeout-ms", "0"}}, R"({"wait": true})"), 504,
              "deadline_exceeded", "");
  EXPECT_EQ(Post(kEcho, {kJson, {"connect-timeout-ms", "9999999999"}}, "{}").status, 200);
  for (const std::string timeout : {"10000000000", "-1", "1.5", "1s", "x"}) {
    ExpectError(Post(kEcho, {kJson, {"connect-timeout-ms", timeout}}, "{}"), 400,
                "invalid_argument", "BAD_TIMEOUT");
  }
}

TEST_F(Unary, SpeaksVersionOne) {
  EXPECT_EQ(Post(kEcho, {kJson, {"connect-protocol-version", "1"}}, "{}").status, 200);
  ExpectError(Post(kEcho, {kJson, {"connect-protocol-version", "2"}}, "{}"), 400,
              "invalid_argument", "UNSUPPORTED_PROTOCOL_VERSION");
}

TEST_F(Unary, RefusesBadJsonBeforeTheCall) {
  const std::string deep = std::string(200'000, '[');
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"{'text': 'a'}", "NOT_JSON"},
      {R"({"text": "a",})", "NOT_JSON"},
      {deep, "JSON_TOO_DEEP"},
      {R"({"text": "a", "text": "b"})", "GIVEN_TWICE"},
      {R"({"answers": "many"})", "JSON_DOES_NOT_FIT"},
      {"{\"text\": \"\x83\x5c\"}", "NOT_JSON"},
  };
  for (const auto& [json, reason] : cases) {
    ExpectError(Post(kEcho, {kJson}, json), 400, "invalid_argument", reason);
  }
  EXPECT_EQ(site_.counts().calls, 0);
  EXPECT_EQ(Echo({{"text", "a"}, {"not_known", {{"a", 1}}}})["request"],
            nlohmann::json({{"text", "a"}}));
}

TEST_F(Unary, AClosedConnectionCancelsTheCall) {
  {
    HttpClient client(site_.address());
    const std::string body = R"({"wait": true})";
    client.SendHead(kEcho, {kJson, {"content-length", std::to_string(body.size())}});
    client.SendRaw(body);
    ASSERT_TRUE(Eventually([this] { return site_.counts().calls == 1; }));
    EXPECT_EQ(site_.counts().cancelled, 0);
  }
  EXPECT_TRUE(Eventually([this] { return site_.counts().cancelled == 1; }));
}

TEST_F(Unary, AConnectionThatClosesInABodyLeavesNothing) {
  {
    HttpClient client(site_.address());
    client.SendHead(kEcho, {kJson, {"content-length", "100"}});
    client.SendRaw("{");
    ASSERT_TRUE(Eventually([this] { return site_.open_calls() == 1; }));
  }
  EXPECT_TRUE(Eventually([this] { return site_.open_calls() == 0; }));
  EXPECT_EQ(site_.counts().calls, 0);
}

TEST_F(Unary, OneConnectionCarriesCallAfterCall) {
  HttpClient client(site_.address());
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(client.Post(kEcho, {kJson}, R"({"code": 5})").status, 404);
    EXPECT_EQ(client.Post(kEcho, {kJson}, "{}").status, 200);
    EXPECT_EQ(client.Post(kEcho, {kJson}, "{").status, 400);
  }
  EXPECT_EQ(site_.counts().calls, 10);
}

TEST_F(Unary, TakesAMessageOfTheLimitAndNoLargerOne) {
  const size_t limit = size_t{4} << 20U;
  const std::string fits = R"({"unknown": ")" + std::string(limit - 15, 'x') + "\"}";
  ASSERT_EQ(fits.size(), limit);
  EXPECT_EQ(Post(kEcho, {kJson}, fits).status, 200);
  const HttpAnswer answer = Post(kEcho, {kJson}, fits + " ");
  ExpectError(answer, 429, "resource_exhausted", "MESSAGE_TOO_LARGE");
}

TEST_F(Unary, StopsReadingABodyThatIsTooLarge) {
  HttpClient client(site_.address());
  client.SendHead(kEcho, {kJson});
  const std::string piece(size_t{64} << 10U, ' ');
  // Far more than the limit and what sockets hold; the server closes long before.
  size_t sent = 0;
  while (sent < size_t{64} << 20U && client.SendRaw("10000\r\n" + piece + "\r\n")) {
    sent += piece.size();
  }
  EXPECT_LT(sent, size_t{40} << 20U);
  EXPECT_EQ(site_.counts().calls, 0);
}

TEST_F(Unary, TheRealServicesAnswerAsOverGrpc) {
  const HttpAnswer answer = Post(kWhoAmI, {kJson, kAdmin}, "{}");
  ASSERT_EQ(answer.status, 200) << answer.body;
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer admin");
  v1::WhoAmIResponse response;
  ASSERT_TRUE(v1::AccessService::NewStub(site_.channel())->WhoAmI(&context, {}, &response).ok());
  std::string json;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(response, &json).ok());
  EXPECT_EQ(answer.body, json);
}

TEST_F(Unary, TheErrorsOfTheRealServicesAreThoseOfGrpc) {
  for (const std::string token : {"Bearer admin", "Bearer wrong", ""}) {
    http::Headers headers = {kJson};
    grpc::ClientContext context;
    if (!token.empty()) {
      headers.emplace_back("authorization", token);
      context.AddMetadata("authorization", token);
    }
    const nlohmann::json error =
        nlohmann::json::parse(Post(kGetDevice, headers, R"({"name": "devices/TSM-00001"})").body);
    v1::GetDeviceRequest request;
    request.set_name("devices/TSM-00001");
    v1::Device device;
    const grpc::Status status =
        v1::InventoryService::NewStub(site_.channel())->GetDevice(&context, request, &device);
    EXPECT_EQ(error["code"], token == "Bearer admin" ? "not_found" : "unauthenticated");
    EXPECT_EQ(error["message"], status.error_message());
    google::rpc::Status rpc;
    ASSERT_TRUE(rpc.ParseFromString(status.error_details()));
    ASSERT_GT(rpc.details_size(), 1);
    ASSERT_EQ(error["details"].size(), rpc.details_size());
    for (int i = 0; i < rpc.details_size(); ++i) {
      EXPECT_EQ("type.googleapis.com/" + error["details"][i]["type"].get<std::string>(),
                rpc.details(i).type_url());
      EXPECT_EQ(error["details"][i]["value"], connect::ToBase64(rpc.details(i).value()));
    }
  }
}

TEST_F(Unary, WrongTokensAreCountedByTheAddressTheyComeFrom) {
  EXPECT_EQ(Post(kWhoAmI, {kJson, {"authorization", "Bearer wrong"}}, "{}").status, 401);
  EXPECT_EQ(site_.WrongTokens("ipv4:127.0.0.1"), 1);
  const std::string forged = connect::ToBase64("ipv4:192.0.2.7:1");
  EXPECT_EQ(
      Post(kWhoAmI, {kJson, {"authorization", "Bearer wrong"}, {"kirikae-peer-bin", forged}}, "{}")
          .status,
      401);
  EXPECT_EQ(site_.WrongTokens("ipv4:127.0.0.1"), 2);
  EXPECT_EQ(site_.WrongTokens("ipv4:192.0.2.7"), 0);
}

TEST_F(Unary, ASessionIsUsedFromOurOwnPageAlone) {
  struct Case {
    http::Headers headers;
    int status;
  };
  const std::pair<std::string, std::string> cookie = {"cookie", kSessionCookie};
  const std::pair<std::string, std::string> version = {"connect-protocol-version", "1"};
  const std::vector<Case> cases = {
      {{cookie, version}, 200},
      {{cookie, version, {"sec-fetch-site", "same-origin"}, {"origin", "https://ward.example"}},
       200},
      {{cookie}, 403},
      {{cookie, version, {"sec-fetch-site", "cross-site"}}, 403},
      {{cookie, version, {"origin", "https://evil.example"}}, 403},
      {{cookie, version, {"origin", "null"}}, 403},
      {{{"cookie", "__Host-session=other"}, version}, 401},
      {{{"cookie", "__Host-session=other"}}, 401},
      // Whoever gives a token needs no session.
      {{cookie, kAdmin}, 200},
      {{cookie, version, {"authorization", "Bearer wrong"}}, 401},
  };
  for (const Case& row : cases) {
    http::Headers headers = row.headers;
    headers.push_back(kJson);
    const HttpAnswer answer = Post(kWhoAmI, headers, "{}");
    EXPECT_EQ(answer.status, row.status) << ::testing::PrintToString(row.headers);
    if (row.status == 403) {
      EXPECT_EQ(ReasonOf(nlohmann::json::parse(answer.body)), "CROSS_SITE_REQUEST");
    }
  }
}

class FullRoom : public GatewayTest {
 protected:
  FullRoom() : GatewayTest({.room = 100'000, .tls = nullptr}) {}
};

TEST_F(FullRoom, RequestsOnTheirWayHoldABoundedMemoryTogether) {
  HttpClient slow(site_.address());
  slow.SendHead(kEcho, {kJson, {"content-length", "90000"}});
  slow.SendRaw("{" + std::string(79'999, ' '));
  const std::string large = "{" + std::string(30'000, ' ') + "}";
  ASSERT_TRUE(Eventually([this] { return site_.held_bytes() == 80'000; }));
  const HttpAnswer answer = Post(kEcho, {kJson}, large);
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(ReasonOf(nlohmann::json::parse(answer.body)), "GATEWAY_BUSY");
  EXPECT_EQ(Post(kEcho, {kJson}, "{}").status, 200);
  slow.SendRaw(std::string(9'999, ' ') + "}");
  EXPECT_EQ(slow.ReadAnswer().status, 200);
  EXPECT_EQ(Post(kEcho, {kJson}, large).status, 200);
}

}  // namespace
}  // namespace kirikae::testing

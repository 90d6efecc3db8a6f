// Errors and metadata in the protocol's form.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "echo.pb.h"
#include "google/rpc/error_details.pb.h"
#include "service/catalogue/catalogue.h"
#include "service/connect/base64.h"
#include "service/connect/error_json.h"
#include "service/connect/errors.h"
#include "service/connect/metadata.h"
#include "service/domain/error_detail.h"

namespace kirikae::connect {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(Errors, HaveTheCodesAndStatusesOfTheProtocol) {
  struct Case {
    grpc::StatusCode code;
    std::string name;
    int http;
  };
  const std::vector<Case> cases = {
      {grpc::StatusCode::CANCELLED, "canceled", 499},
      {grpc::StatusCode::UNKNOWN, "unknown", 500},
      {grpc::StatusCode::INVALID_ARGUMENT, "invalid_argument", 400},
      {grpc::StatusCode::DEADLINE_EXCEEDED, "deadline_exceeded", 504},
      {grpc::StatusCode::NOT_FOUND, "not_found", 404},
      {grpc::StatusCode::ALREADY_EXISTS, "already_exists", 409},
      {grpc::StatusCode::PERMISSION_DENIED, "permission_denied", 403},
      {grpc::StatusCode::RESOURCE_EXHAUSTED, "resource_exhausted", 429},
      {grpc::StatusCode::FAILED_PRECONDITION, "failed_precondition", 400},
      {grpc::StatusCode::ABORTED, "aborted", 409},
      {grpc::StatusCode::OUT_OF_RANGE, "out_of_range", 400},
      {grpc::StatusCode::UNIMPLEMENTED, "unimplemented", 501},
      {grpc::StatusCode::INTERNAL, "internal", 500},
      {grpc::StatusCode::UNAVAILABLE, "unavailable", 503},
      {grpc::StatusCode::DATA_LOSS, "data_loss", 500},
      {grpc::StatusCode::UNAUTHENTICATED, "unauthenticated", 401},
      {static_cast<grpc::StatusCode>(17), "unknown", 500},
      {static_cast<grpc::StatusCode>(-1), "unknown", 500},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(HttpStatus(row.code), row.http) << row.name;
    EXPECT_EQ(ErrorJson(RpcStatusOf(grpc::Status(row.code, "m"))).dump(),
              R"({"code":")" + row.name + R"(","message":"m"})");
  }
}

TEST(Errors, CarryTheirDetails) {
  google::rpc::Status rpc;
  google::rpc::ErrorInfo info;
  info.set_reason("DEVICE_NOT_FOUND");
  info.set_domain("kirikae");
  rpc.add_details()->PackFrom(info);
  google::protobuf::Any unknown;
  unknown.set_type_url("type.googleapis.com/no.Such");
  unknown.set_value("\xff");
  *rpc.add_details() = unknown;
  const auto json = ErrorJson(RpcStatusOf(
      grpc::Status(grpc::StatusCode::NOT_FOUND, "端末がありません", rpc.SerializeAsString())));
  EXPECT_EQ(json["code"], "not_found");
  EXPECT_EQ(json["message"], "端末がありません");
  ASSERT_EQ(json["details"].size(), 2);
  EXPECT_EQ(json["details"][0]["type"], "google.rpc.ErrorInfo");
  EXPECT_EQ(json["details"][0]["value"], ToBase64(info.SerializeAsString()));
  EXPECT_EQ(json["details"][0]["debug"].dump(),
            R"({"reason":"DEVICE_NOT_FOUND","domain":"kirikae"})");
  EXPECT_EQ(json["details"][1].dump(), R"({"type":"no.Such","value":"/w"})");
}

TEST(Errors, WhoseDetailsAreBrokenKeepTheirCodeAndMessage) {
  const auto json =
      ErrorJson(RpcStatusOf(grpc::Status(grpc::StatusCode::ABORTED, "m", "\xff not a status")));
  EXPECT_EQ(json.dump(), R"({"code":"aborted","message":"m"})");
}

TEST(Errors, OfTheGatewayAreInBothLanguages) {
  for (const absl::Status& status :
       {UnsupportedProtocolVersion("2"), BadTimeout("x"), BadHeader("a-bin"), CrossSiteRequest(),
        UnsupportedCompression("br"), BadCompression(), MessageTooLarge(4), GatewayBusy(),
        NotJson(3), JsonTooDeep(64), GivenTwice("a"), JsonDoesNotFit("b"), UnknownFlags(4),
        NotCompressible(), CutShort(), NotOneMessage(), AnswerNotWritable()}) {
    const google::rpc::Status rpc = RpcStatusOf(status);
    EXPECT_EQ(rpc.code(), static_cast<int>(status.code()));
    ASSERT_EQ(rpc.details_size(), 2) << status;
    google::rpc::ErrorInfo info;
    ASSERT_TRUE(rpc.details(0).UnpackTo(&info));
    EXPECT_EQ(info.domain(), "kirikae");
    EXPECT_EQ(info.reason(), domain::DetailOf(status)->reason);
    google::rpc::LocalizedMessage localized;
    ASSERT_TRUE(rpc.details(1).UnpackTo(&localized));
    EXPECT_EQ(localized.locale(), "ja");
    EXPECT_NE(localized.message(), rpc.message()) << "no Japanese";
  }
}

TEST(RequestMetadata, HasWhatIsTheCallsAlone) {
  const auto metadata = RequestMetadata({
      {"host", "a"},
      {"connection", "keep-alive, X-Hop"},
      {"x-hop", "1"},
      {"keep-alive", "1"},
      {"te", "trailers"},
      {"transfer-encoding", "chunked"},
      {"upgrade", "h2c"},
      {"content-type", "application/json"},
      {"content-length", "2"},
      {"accept", "*/*"},
      {"accept-encoding", "gzip"},
      {"connect-timeout-ms", "1"},
      {"connect-protocol-version", "1"},
      {"grpc-timeout", "1S"},
      {"grpc-status-details-bin", "AA"},
      {"user-agent", "curl"},
      {"cookie", "__Host-session=x"},
      {"origin", "https://a"},
      {"sec-fetch-site", "none"},
      {"proxy-authorization", "x"},
      {"x-forwarded-for", "192.0.2.1"},
      {"kirikae-secret-bin", "AA"},
      {"kirikae-peer-bin", "AA"},
      {"kirikae-anything", "1"},
      {":path", "/"},
      {"authorization", "Bearer a"},
      {"x-request-id", "1"},
      {"x-request-id", "2, 3"},
      {"x-odd", "a\x01"},
      {"x-japanese", "端末"},
      {"x name", "1"},
      {"trace-bin", "AP8"},
      {"trace-bin", "AP8=, AA"},
  });
  ASSERT_TRUE(metadata.ok()) << metadata.status();
  using namespace std::string_literals;
  EXPECT_THAT(*metadata, ElementsAre(Pair("authorization", "Bearer a"), Pair("x-request-id", "1"),
                                     Pair("x-request-id", "2, 3"), Pair("trace-bin", "\0\xff"s),
                                     Pair("trace-bin", "\0\xff"s), Pair("trace-bin", "\0"s)));
}

TEST(RequestMetadata, OfBytesIsBase64) {
  const absl::Status status = RequestMetadata({{"trace-bin", "*"}}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(domain::DetailOf(status)->reason, "BAD_HEADER");
}

TEST(AnswerMetadata, KeepsEveryValueAndLeavesOutWhatIsOthers) {
  const Metadata metadata = {{"x-a", "1"},          {"x-a", "2"},       {"b-bin", "\xff"},
                             {"content-type", "x"}, {":status", "200"}, {"grpc-status", "0"},
                             {"user-agent", "x"},   {"date", "x"}};
  http::Headers headers;
  AddAnswerHeaders(metadata, "trailer-", headers);
  EXPECT_THAT(headers, ElementsAre(Pair("trailer-b-bin", "/w"), Pair("trailer-x-a", "1"),
                                   Pair("trailer-x-a", "2")));
  EXPECT_EQ(MetadataJson(metadata).dump(), R"({"b-bin":["/w"],"x-a":["1","2"]})");
  EXPECT_EQ(MetadataJson({}).dump(), "{}");
}

}  // namespace
}  // namespace kirikae::connect

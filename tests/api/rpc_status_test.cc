// What goes over the wire of an error fits into what clients take.
#include "service/api/call/rpc_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "google/rpc/error_details.pb.h"
#include "kirikae/v1/types.pb.h"
#include "service/domain/errors.h"
#include "tests/api/every_error.h"

namespace kirikae::testing {
namespace {

// gRPC clients take 8 KiB of trailers: `grpc-message` percent-encoded, `grpc-status-details-bin` in
// base64, and a few short ones.
size_t TrailerBytes(const grpc::Status& status) {
  size_t bytes = 200 + (status.error_details().size() + 2) / 3 * 4;
  for (const char letter : status.error_message()) bytes += letter >= ' ' && letter < 127 ? 1 : 3;
  return bytes;
}

template <typename Detail>
Detail DetailOf(const google::rpc::Status& status) {
  Detail detail;
  int found = 0;
  for (const auto& any : status.details()) found += any.UnpackTo(&detail) ? 1 : 0;
  EXPECT_EQ(found, 1);
  return detail;
}

std::string Japanese(int letters) {
  std::string text;
  for (int i = 0; i < letters; ++i) text += "端";
  return text;
}

TEST(RpcStatus, EachErrorFitsHoweverLongWhatItQuotes) {
  for (const int letters : {10, 90, 110, 100'000}) {
    for (const ErrorExample& example : EveryError(Japanese(letters))) {
      EXPECT_LE(TrailerBytes(api::ToGrpcStatus(example.status)), 8192u) << example.call;
    }
  }
}

// grpc-js and others drop a header that begins or ends with a space, and so the whole message.
TEST(RpcStatus, NoMessageBeginsOrEndsWithASpaceWhateverItQuotes) {
  for (const char* quoted : {"", " ", "\t", "\n", " a "}) {
    for (const ErrorExample& example : EveryError(quoted)) {
      const std::string message = api::ToGrpcStatus(example.status).error_message();
      EXPECT_EQ(message, absl::StripAsciiWhitespace(message)) << example.call;
    }
  }
}

TEST(RpcStatus, AFaultThatNoNamedFunctionMadeFitsToo) {
  const absl::Status status = absl::InternalError(std::string(100'000, '%'));
  const google::rpc::Status rpc = api::ToRpcStatus(status);
  EXPECT_LE(TrailerBytes(api::ToGrpcStatus(status)), 8192u);
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(rpc).reason(), "INTERNAL");
}

TEST(RpcStatus, MetadataTravelsInErrorInfo) {
  const google::rpc::Status rpc =
      api::ToRpcStatus(domain::WaveRefuses("rollouts/face2025/waves/12", domain::WaveState::kDone));
  const auto info = DetailOf<google::rpc::ErrorInfo>(rpc);
  EXPECT_EQ(info.domain(), "kirikae");
  EXPECT_EQ(info.reason(), "WAVE_REFUSES");
  EXPECT_EQ(info.metadata().at("wave"), "rollouts/face2025/waves/12");
  EXPECT_EQ(info.metadata().at("state"), "DONE");
}

TEST(RpcStatus, ViolationsThatDoNotFitAreCounted) {
  constexpr int kMany = 500;
  std::vector<domain::Violation> violations;
  violations.reserve(kMany);
  for (int i = 0; i < kMany; ++i) {
    violations.push_back({"items[" + std::to_string(i) + "].phase",
                          domain::Sentence("No phase is called $0", {Japanese(20)})});
  }
  const google::rpc::Status rpc = api::ToRpcStatus(domain::InvalidRequest(violations));
  const auto bad = DetailOf<google::rpc::BadRequest>(rpc);
  const int shown = bad.field_violations_size() - 1;
  EXPECT_GT(shown, 5);
  EXPECT_EQ(bad.field_violations(3).field(), "items[3].phase");
  EXPECT_EQ(bad.field_violations(shown).field(), "");
  EXPECT_TRUE(bad.field_violations(shown).description().starts_with(std::to_string(500 - shown)));
}

TEST(RpcStatus, BothLanguagesHaveTheSameViolationsInTheSameOrder) {
  for (const int many : {1, 3, 500}) {
    const std::vector<domain::Violation> violations(
        many, {"items[3].phase", domain::Sentence("No phase is called $0", {"two"})});
    const google::rpc::Status rpc = api::ToRpcStatus(domain::InvalidRequest(violations));
    const auto english = DetailOf<google::rpc::BadRequest>(rpc);
    const auto japanese = DetailOf<v1::LocalizedBadRequest>(rpc);
    EXPECT_EQ(japanese.locale(), "ja");
    ASSERT_EQ(english.field_violations_size(), japanese.field_violations_size());
    for (int i = 0; i < english.field_violations_size(); ++i) {
      const std::string& text = english.field_violations(i).description();
      EXPECT_EQ(english.field_violations(i).field(), japanese.field_violations(i).field());
      EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) { return c >= ' '; })) << text;
      EXPECT_NE(japanese.field_violations(i).description(), text);
    }
  }
}

}  // namespace
}  // namespace kirikae::testing

#include "service/api/call/origin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "kirikae/v1/access_service.grpc.pb.h"
#include "service/api/access_service.h"
#include "tests/api/served_environment.h"
#include "tests/app/ward_fixture.h"

namespace kirikae::api {
namespace {

using ::testing::ElementsAre;

constexpr char kSecret[] = "secret of the process";

// Serves WhoAmI, and keeps the addresses that wrong tokens are counted for.
class OriginTest : public app::WardFixture {
 protected:
  OriginTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(service_.get());
    server_ = builder.BuildAndStart();
    stub_ = v1::AccessService::NewStub(server_->InProcessChannel({}));
  }
  ~OriginTest() override {
    server_->Shutdown();
    store_->Drain();
  }

  // Calls with a wrong token.
  void Call(grpc::ClientContext& context) {
    context.AddMetadata("authorization", "Bearer wrong");
    v1::WhoAmIResponse response;
    EXPECT_EQ(stub_->WhoAmI(&context, {}, &response).error_code(),
              grpc::StatusCode::UNAUTHENTICATED);
  }

  std::vector<std::string> addresses_;
  Doorkeeper door_{[this](std::string_view address, int64_t) { addresses_.emplace_back(address); }};
  ServedParts parts_{folder_.path()};
  Environment env_ = {.store = *store_,
                      .authority = parts_.authority,
                      .work = parts_.work,
                      .streams = parts_.streams,
                      .spools = parts_.spools,
                      .door = door_,
                      .answers = parts_.answers,
                      .censuses = parts_.censuses,
                      .ward = ward_,
                      .version = "test",
                      .gateway_secret = kSecret};
  std::unique_ptr<grpc::Service> service_ = NewAccessService(env_);
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::AccessService::Stub> stub_;
};

TEST_F(OriginTest, WrongTokensAreCountedForWhomTheGatewayCalls) {
  grpc::ClientContext context;
  Introduce(context, kSecret, {"ipv4:192.0.2.7:51234", ""});
  Call(context);
  EXPECT_THAT(addresses_, ElementsAre("ipv4:192.0.2.7"));
}

TEST_F(OriginTest, WhoLacksTheSecretSaysNothing) {
  for (const std::string secret : {"", "secret of the procesS", "secret of the process "}) {
    addresses_.clear();
    grpc::ClientContext context;
    Introduce(context, secret, {"ipv4:192.0.2.7:51234", ""});
    Call(context);
    for (const std::string& address : addresses_) EXPECT_NE(address, "ipv4:192.0.2.7") << secret;
  }
}

TEST_F(OriginTest, WithoutAGatewayNobodyHasTheSecret) {
  env_.gateway_secret = "";
  grpc::ClientContext context;
  Introduce(context, "", {"ipv4:192.0.2.7:51234", ""});
  Call(context);
  for (const std::string& address : addresses_) EXPECT_NE(address, "ipv4:192.0.2.7");
}

}  // namespace
}  // namespace kirikae::api

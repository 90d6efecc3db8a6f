#include "service/api/access_service.h"

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "kirikae/v1/access_service.grpc.pb.h"
#include "service/api/call/authority.h"
#include "service/api/call/environment.h"
#include "service/app/hash.h"
#include "tests/api/served_environment.h"
#include "tests/app/ward_fixture.h"

namespace kirikae::api {
namespace {

// A store whose reads can be made to fail, as on a broken disk.
class FailingReads : public store::Store {
 public:
  explicit FailingReads(store::Store& inner) : inner_(inner) {}

  absl::StatusOr<std::unique_ptr<store::ReadView>> Read(store::StopWhen stop) override {
    if (fail) return absl::UnavailableError("the disk can't be read");
    return inner_.Read(std::move(stop));
  }
  void Write(store::WriteRequest request, store::WriteDone done) override {
    inner_.Write(std::move(request), std::move(done));
  }
  void OnCommit(std::function<void()> listener) override { inner_.OnCommit(std::move(listener)); }
  void Drain() override { inner_.Drain(); }
  store::StoreFigures Figures() override { return inner_.Figures(); }

  std::atomic<bool> fail = false;

 private:
  store::Store& inner_;
};

class AccessServiceTest : public app::WardFixture {
 protected:
  AccessServiceTest() {
    domain::Token admin;
    admin.id = 1;
    admin.display_name = "山田";
    admin.role = domain::Role::kAdmin;
    admin.hash = app::HashHex("admin");
    admin.expire_time = now_ + absl::Hours(24);
    Store({admin});
    authority_.SetTokens({admin});
    grpc::ServerBuilder builder;
    builder.RegisterService(service_.get());
    server_ = builder.BuildAndStart();
    stub_ = v1::AccessService::NewStub(server_->InProcessChannel({}));
  }
  ~AccessServiceTest() override {
    server_->Shutdown();
    store_->Drain();
  }

  grpc::Status WhoAmI(const std::string& secret) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + secret);
    v1::WhoAmIResponse response;
    return stub_->WhoAmI(&context, {}, &response);
  }
  grpc::Status Create(const std::string& name, v1::CreateTokenResponse* response) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer admin");
    v1::CreateTokenRequest request;
    request.set_display_name(name);
    request.set_role(v1::ROLE_ADMIN);
    return stub_->CreateToken(&context, request, response);
  }
  grpc::Status Revoke(const std::string& name, bool validate_only) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer admin");
    v1::RevokeTokenRequest request;
    request.set_name(name);
    request.mutable_options()->set_validate_only(validate_only);
    v1::RevokeTokenResponse response;
    return stub_->RevokeToken(&context, request, &response);
  }

  FailingReads failing_{*store_};
  ServedParts parts_{folder_.path()};
  Authority& authority_ = parts_.authority;
  Environment env_ = parts_.Around(failing_, ward_);
  std::unique_ptr<grpc::Service> service_ = NewAccessService(env_);
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::AccessService::Stub> stub_;
};

TEST_F(AccessServiceTest, ARevokedTokenStopsWorkingThoughTheStoreCannotBeRead) {
  v1::CreateTokenResponse created;
  ASSERT_TRUE(Create("佐藤", &created).ok());
  ASSERT_FALSE(created.secret().empty());
  ASSERT_TRUE(WhoAmI(created.secret()).ok());

  failing_.fail = true;
  ASSERT_TRUE(Revoke(created.token().name(), false).ok());
  EXPECT_EQ(WhoAmI(created.secret()).error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(AccessServiceTest, ARevocationThatOnlyValidatesLeavesTheTokenInForce) {
  v1::CreateTokenResponse created;
  ASSERT_TRUE(Create("佐藤", &created).ok());
  ASSERT_TRUE(Revoke(created.token().name(), true).ok());
  EXPECT_TRUE(WhoAmI(created.secret()).ok());
}

TEST_F(AccessServiceTest, ATokenThatCouldNotBePutInForceIsAnErrorAndNotSilence) {
  failing_.fail = true;
  v1::CreateTokenResponse created;
  EXPECT_EQ(Create("佐藤", &created).error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(created.secret(), "");
}

}  // namespace
}  // namespace kirikae::api

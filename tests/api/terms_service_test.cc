#include "service/api/terms_service.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "kirikae/v1/access_service.pb.h"
#include "kirikae/v1/audit_service.pb.h"
#include "kirikae/v1/calendar_service.pb.h"
#include "kirikae/v1/import_service.pb.h"
#include "kirikae/v1/inventory_service.pb.h"
#include "kirikae/v1/migration_service.pb.h"
#include "kirikae/v1/planning_service.pb.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "kirikae/v1/terms_service.grpc.pb.h"
#include "service/api/call/authority.h"
#include "service/api/call/environment.h"
#include "service/app/hash.h"
#include "tests/api/served_environment.h"
#include "tests/app/ward_fixture.h"

namespace kirikae::api {
namespace {

using google::protobuf::EnumDescriptor;
using ::testing::UnorderedElementsAreArray;

// Enumerations by which callers ask for a form, and one that stands beside a sentence for people;
// nobody reads them.
const std::set<std::string> kNotRead = {"AuditFault", "ExportForm", "PlanDocumentForm",
                                        "ReportFormat"};

std::vector<const EnumDescriptor*> EnumsOfTheApi() {
  std::vector<const EnumDescriptor*> enums;
  for (const auto* const message :
       {v1::WriteOptions::descriptor(), v1::WhoAmIRequest::descriptor(),
        v1::VerifyAuditLogRequest::descriptor(), v1::ListDaysRequest::descriptor(),
        v1::GetImportRequest::descriptor(), v1::GetDeviceRequest::descriptor(),
        v1::ListDueRequest::descriptor(), v1::GetPlanRequest::descriptor(),
        v1::GetRolloutRequest::descriptor()}) {
    const auto& file = *message->file();
    for (int i = 0; i < file.enum_type_count(); ++i) enums.push_back(file.enum_type(i));
  }
  return enums;
}

class TermsServiceTest : public app::WardFixture {
 protected:
  TermsServiceTest() {
    domain::Token viewer;
    viewer.id = 1;
    viewer.display_name = "窓口";
    viewer.role = domain::Role::kViewer;
    viewer.hash = app::HashHex("viewer");
    viewer.expire_time = now_ + absl::Hours(24);
    Store({viewer});
    parts_.authority.SetTokens({viewer});
    grpc::ServerBuilder builder;
    builder.RegisterService(service_.get());
    server_ = builder.BuildAndStart();
  }
  ~TermsServiceTest() override {
    server_->Shutdown();
    store_->Drain();
  }

  v1::ListTermsResponse Ask() {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer viewer");
    v1::ListTermsResponse terms;
    const auto stub = v1::TermsService::NewStub(server_->InProcessChannel({}));
    const grpc::Status status = stub->ListTerms(&context, {}, &terms);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return terms;
  }

  ServedParts parts_{folder_.path()};
  Environment env_ = parts_.Around(*store_, ward_);
  std::unique_ptr<grpc::Service> service_ = NewTermsService(env_);
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(TermsServiceTest, EveryValueThatPeopleReadHasItsWordInBothLanguages) {
  std::map<std::string, std::vector<std::string>> served;
  const v1::ListTermsResponse all = Ask();
  for (const v1::TermSet& set : all.enums()) {
    for (const v1::Term& term : set.terms()) {
      served[set.name()].push_back(term.name());
      EXPECT_NE(term.text().en(), "") << term.name();
      EXPECT_NE(term.text().ja(), term.text().en()) << term.name();
    }
  }
  std::map<std::string, std::vector<std::string>> there_are;
  for (const EnumDescriptor* const set : EnumsOfTheApi()) {
    if (kNotRead.contains(set->name())) continue;
    // The first is the unspecified one.
    for (int i = 1; i < set->value_count(); ++i) {
      EXPECT_EQ(set->value(i)->number(), i) << set->value(i)->name();
      there_are[set->name()].push_back(set->value(i)->name());
    }
  }
  EXPECT_EQ(served, there_are);
}

TEST_F(TermsServiceTest, EveryFieldOfADeviceThatPeopleReadHasItsLabel) {
  std::vector<std::string> labelled;
  const v1::ListTermsResponse all = Ask();
  for (const v1::TermSet& set : all.fields()) {
    if (set.name() != "Device") continue;
    for (const v1::Term& term : set.terms()) labelled.push_back(term.name());
  }
  std::vector<std::string> fields;
  for (int i = 0; i < v1::Device::descriptor()->field_count(); ++i) {
    const std::string& name = v1::Device::descriptor()->field(i)->name();
    if (name != "name" && name != "etag") fields.push_back(name);
  }
  EXPECT_THAT(labelled, UnorderedElementsAreArray(fields));
}

}  // namespace
}  // namespace kirikae::api

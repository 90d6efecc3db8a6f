#include "service/api/terms_service.h"

#include "kirikae/v1/terms_service.grpc.pb.h"
#include "service/api/call/run.h"
#include "service/api/convert/terms.h"
#include "service/domain/terms.h"

namespace kirikae::api {
namespace {

absl::Status ListTerms(const Call&, const v1::ListTermsRequest&, v1::ListTermsResponse* response) {
  for (const domain::TermSet& set : domain::TermSets()) EnumToProto(set, response->add_enums());
  for (const domain::TermSet& set : domain::FieldLabels()) {
    FieldsToProto(set, response->add_fields());
  }
  return absl::OkStatus();
}

class TermsServiceImpl final : public v1::TermsService::CallbackService {
 public:
  explicit TermsServiceImpl(Environment& env) : env_(env) {}

  KIRIKAE_UNARY(TermsService, ListTerms, Read)

 private:
  Environment& env_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewTermsService(Environment& env) {
  return std::make_unique<TermsServiceImpl>(env);
}

}  // namespace kirikae::api
